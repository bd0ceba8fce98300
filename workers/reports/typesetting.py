"""Set a paper as pdf by typst: whole or not at all, the same data giving the same pages."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from workers.reports.paper import whole_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def set_pdf(program: Path, path: Path, **data: Mapping[str, Any]) -> None:
    """Have a typst program set its data, each by its name, and write the pdf to `path`.

    Raises LookupError where the library for it (the extra `reports`) is not installed, OSError when the file
    cannot be written.
    """
    if find_spec("typst") is None:
        raise LookupError("chưa cài typst để ghi tệp .pdf; hãy cài phần reports: pip install -e '.[reports]'")
    import typst

    told = {name: json.dumps(value) for name, value in data.items()}
    made = typst.compile(program, format="pdf", sys_inputs=told)
    if not isinstance(made, bytes):
        raise TypeError(f"typst made {type(made).__name__}")
    with whole_file(path) as part:
        part.write_bytes(made)
