"""A workbook for paper, written whole or not at all; the same figures give the same bytes."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from workers.reports.xlsx_styles import FONT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

A4: Final = 9


@contextmanager
def paper_book(path: Path, *, title: str, company: str, as_of: datetime) -> Iterator[Any]:
    """Give a workbook that appears at `path` when the block ends, and not at all if it raises.

    Texts stay texts: nothing is taken for a formula or an address. Raises OSError when the file cannot be
    written.
    """
    with whole_file(path) as part:
        options = {"strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(part, options) as book:
            created = as_of.astimezone(UTC).replace(tzinfo=None)
            book.set_properties({"title": title, "company": company, "author": "", "created": created})
            yield book


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a place beside `path` to write to; it becomes `path` when the block ends, or is taken away."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.chmod(0o644)  # mkstemp keeps it to itself; a report is for the office
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def set_up_page(sheet: Any, *, foot: str, portrait: bool = False) -> None:
    """Set a sheet for A4, as wide as one page, numbered, with `foot` at the lower left."""
    sheet.set_portrait() if portrait else sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    shown = foot.replace("&", "&&")
    sheet.set_footer(f'&L&"{FONT}"&9{shown}&R&"{FONT}"&9Trang &P/&N')


class PaperStyles:
    """Hold the formats of official papers: black on white, thin lines, Times New Roman."""

    def __init__(self, book: Any) -> None:
        self._book, self._made = book, dict[tuple[tuple[str, Any], ...], Any]()

    def of(self, **properties: Any) -> Any:
        """Return the format of some properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            plain = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
            self._made[key] = self._book.add_format(plain | properties)
        return self._made[key]

    def boxed(self, **properties: Any) -> Any:
        """Return the format of a cell of a table."""
        return self.of(border=1, text_wrap=True, **properties)
