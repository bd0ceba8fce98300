"""Which template a form is made from: the office's own copy, else the packaged one."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import config

if TYPE_CHECKING:
    from workers.letters.view import FormKind

PACKAGED: Final = Path(config.__file__).parent / "templates"
FOLDER: Final = "letters/vi"
FONTS: Final = "letters/fonts"
LIBRARIES: Final = {".docx": ("docxtpl",), ".pdf": ("docxtpl", "typst")}
"""What each kind of file needs; all of it comes with the extra `reports`."""


def template_of(kind: FormKind, folder: Path | None) -> Path:
    """Return the template of a form: that of an office folder's `templates/`, else the packaged one."""
    return own_template(kind, folder) or PACKAGED / FOLDER / f"{kind}.docx"


def own_template(kind: FormKind, folder: Path | None) -> Path | None:
    """Return the office's own template of a form, None without one."""
    own = folder / FOLDER / f"{kind}.docx" if folder else None
    return own if own and own.is_file() else None


def fonts_of(folder: Path | None) -> Path | None:
    """Return the folder where an office keeps the fonts of its forms, None without one."""
    own = folder / FONTS if folder else None
    return own if own and own.is_dir() else None


def missing_for(suffix: str) -> list[str]:
    """Return the libraries that are not installed for a kind of file (".docx", ".pdf")."""
    return [name for name in LIBRARIES[suffix] if find_spec(name) is None]
