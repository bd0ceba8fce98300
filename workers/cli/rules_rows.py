"""The rows of a plan for spreadsheets and programs: dossiers that move, notices that come and go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from domain.catalogue import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from domain.deadline import Deadline
    from workers.use_cases.forecast import Letter
    from workers.use_cases.office import Office
    from workers.use_cases.plan import Move

T = TypeVar("T")
BECOMES: Final = {"overdue": "thành quá hạn", "in_time": "hết quá hạn", "same": ""}
MOVE_HEADS: Final = {
    "code": "Mã hồ sơ",
    "procedure": "Mã thủ tục",
    "unit": "Đơn vị",
    "officer": "Cán bộ thụ lý",
    "was_due": "Hạn cũ",
    "is_due": "Hạn mới",
    "why": "Vì sao",
    "becomes": "Thành ra",
    "change": "Loại thay đổi",
}
LETTER_HEADS: Final = {
    "code": "Mã hồ sơ",
    "kind": "Loại",
    "rung": "Mốc",
    "recipient": "Người nhận",
    "change": "Thêm hay bớt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Generic[T]):
    """Pair the heads of a file of rows with what makes the cells of one."""

    heads: Mapping[str, str]
    cells: Callable[[T], dict[str, str]]


def move_rows(office: Office) -> Rows[Move]:
    """Return how a dossier that moves is written."""
    units = office.sla.lines.units

    def cells(move: Move) -> dict[str, str]:
        dossier = move.stored.dossier
        return {
            "code": dossier.code,
            "procedure": dossier.procedure,
            "unit": units[dossier.unit].name if dossier.unit in units else dossier.unit,
            "officer": dossier.officer or "",
            "was_due": due_text(move.was_due, office),
            "is_due": due_text(move.is_due, office),
            "why": move.why,
            "becomes": BECOMES[move.becomes],
            "change": say(move.kind),
        }

    return Rows(heads=MOVE_HEADS, cells=cells)


def letter_rows() -> Rows[tuple[Letter, bool]]:
    """Return how a notice that comes or goes is written."""

    def cells(row: tuple[Letter, bool]) -> dict[str, str]:
        letter, comes = row
        return {
            "code": letter.code,
            "kind": say(letter.kind),
            "rung": letter.rung,
            "recipient": letter.recipient,
            "change": "thêm" if comes else "bớt",
        }

    return Rows(heads=LETTER_HEADS, cells=cells)


def due_text(deadline: Deadline | None, office: Office) -> str:
    """Show a due date as people say it: the day, of a limit in hours its minute."""
    if deadline is None:
        return ""
    if deadline.in_days:
        return f"{deadline.due_on:%d/%m/%Y}"
    return f"{office.calendar.local(deadline.due_at):%H:%M %d/%m/%Y}"
