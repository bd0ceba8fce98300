"""The formats of a workbook, and the neutralising of texts that a spreadsheet could run."""

from __future__ import annotations

from typing import Any, Final

FONT: Final = "Times New Roman"  # the typeface of official documents (Decree 30/2020, annex I)
# 42A is Vietnamese: 12.083 and 99,98 % in programs that follow it; Excel follows the reader's own system.
COUNT: Final = "[$-42A]#,##0"
PERCENT: Final = "[$-42A]0.00\\ %"
# A spreadsheet begins a formula with these; tab and line ends are skipped before it looks.
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST_TEXT: Final = 32_767  # what one cell can hold


def safe_text(text: str) -> str:
    """Return a text that stays text in a spreadsheet, also after it was saved as csv and opened again."""
    return (f"'{text}" if text.startswith(DANGEROUS) else text)[:LONGEST_TEXT]


class Styles:
    """Hold the formats of one workbook; borders and bold carry the meaning, colour carries none."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.office = self._made(font_size=12, align="center", bold=True)
        self.title = self._made(font_size=15, align="center", valign="vcenter", bold=True)
        self.period = self._made(font_size=11, align="center", italic=True)
        self.head = self._made(
            font_size=11,
            align="center",
            valign="vcenter",
            bold=True,
            text_wrap=True,
            border=1,
            bg_color="#E7E6E6",
        )
        self.note_head = self._made(font_size=11, bold=True)
        self.note = self._made(font_size=10, text_wrap=True, valign="top", indent=1)
        self._rows = {total: self._row(total=total) for total in (False, True)}

    def name(self, *, total: bool) -> Any:
        """Return the format of a unit's name."""
        return self._rows[total]["name"]

    def count(self, *, total: bool, strong: bool) -> Any:
        """Return the format of a count; `strong` for the sums of a group."""
        return self._rows[total]["sum" if strong else "count"]

    def rate(self, *, total: bool) -> Any:
        """Return the format of a rate."""
        return self._rows[total]["rate"]

    def no_rate(self, *, total: bool) -> Any:
        """Return the format of the dash where nothing was counted."""
        return self._rows[total]["no_rate"]

    def _row(self, *, total: bool) -> dict[str, Any]:
        frame = {"font_size": 11, "border": 1, "valign": "vcenter"}
        if total:
            frame |= {"bold": True, "top": 2, "bg_color": "#F2F2F2"}
        number = frame | {"align": "right", "indent": 1}
        middle = frame | {
            "align": "center"
        }  # every rate has two places: centred, they stand below each other
        return {
            "name": self._made(**frame, text_wrap=True, indent=1),
            "count": self._made(**number, num_format=COUNT),
            "sum": self._made(**{**number, "bold": True}, num_format=COUNT),
            "rate": self._made(**middle, num_format=PERCENT),
            "no_rate": self._made(**middle),
        }

    def _made(self, **properties: Any) -> Any:
        return self._book.add_format({"font_name": FONT, **properties})
