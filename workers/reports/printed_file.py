"""An official paper as a file, a workbook or a pdf as its name says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers.reports.printed_pdf import write_pdf
from workers.reports.printed_xlsx import write_printed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from workers.reports.printed import Printed


def write_paper(paper: Printed, path: Path, *, sheets: Sequence[str], as_of: datetime) -> None:
    """Write a paper to a file .xlsx or .pdf, whole or not at all; `sheets` name its tables in a workbook.

    Raises OSError where it cannot be written, LookupError for a pdf without the extra `reports`.
    """
    if path.suffix.lower() == ".pdf":
        write_pdf(paper, path)
    else:
        write_printed(paper, path, sheets=sheets, as_of=as_of)
