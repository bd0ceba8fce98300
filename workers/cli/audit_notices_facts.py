"""An audit of the notices that is done, and what is shown of each difference on the screen and in a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workers.cli.csv_file import CsvFile
from workers.cli.screen import moment_text
from workers.cli.status_view import STATES
from workers.use_cases.unlike import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta
    from pathlib import Path

    from workers.cli.period import Period
    from workers.store.notices import Notice
    from workers.use_cases.audit_notices import Proven
    from workers.use_cases.office import Office
    from workers.use_cases.outages import Outage
    from workers.use_cases.unlike import Unlike

HEADS: Final = (
    "Mã hồ sơ",
    "Lệch thế nào",
    "Bước",
    "Bậc",
    "Người nhận",
    "Chức danh",
    "Mốc",
    "Chậm nhất",
    "Ghi lúc",
    "Trạng thái",
    "Gửi lúc",
    "Phiên bản cấu hình",
    "Lý do",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedNotices:
    """Hold an audit that is done; `rows` are the first differences, `csv` the file with all of them."""

    office: Office
    totals: Proven
    outages: Sequence[Outage]
    rows: Sequence[Unlike]
    period: Period
    slack: timedelta
    csv: Path | None


class UnlikeFile(CsvFile):
    """Write differences, a line each."""

    def __init__(self, path: Path, office: Office) -> None:
        super().__init__(path, HEADS)
        self.office = office

    def write(self, row: Unlike) -> None:
        """Add one difference."""
        self.line((row.code, KINDS[row.kind][0], *self._cells(row), row.reason))

    def _cells(self, row: Unlike) -> Sequence[str]:
        notice, found, titles = row.notice, row.found, self.office.sla.role_titles
        if notice is None:
            return [""] * (len(HEADS) - 3)
        return (
            notice.step,
            notice.rung,
            notice.recipient,
            titles.get(notice.role, notice.role),
            self._at((row.expected or notice).planned_at),
            self._at(row.by),
            self._at(found.created_at if found else None),
            STATES.get(found.state, found.state) if found else "",
            self._at(found.sent_at if found else None),
            str(notice.sla_version),
        )

    def _at(self, moment: datetime | None) -> str:
        return "" if moment is None else moment_text(moment, self.office.calendar)


def found_words(row: Unlike, office: Office) -> str:
    """Say what was expected and what was found instead, in one line."""
    calendar, found, by = office.calendar, row.found, row.by
    until = f"chậm nhất {moment_text(by, calendar)}" if by else ""
    if found is None:
        return row.reason or f"{until}, không có trong sổ"
    match row.kind:
        case "late":
            return f"{until}, ghi {moment_text(found.created_at, calendar)}"
        case "delivered_late" if found.sent_at:
            return f"{until}, gửi {moment_text(found.sent_at, calendar)}"
        case "undelivered":
            return ", ".join(part for part in (until, STATES.get(found.state), row.reason) if part)
        case "moment" if row.expected:
            return f"phải là {moment_text(row.expected.planned_at, calendar)}, {_recorded(found, office)}"
    return f"không bậc nào cần, {_recorded(found, office)}"


def _recorded(found: Notice, office: Office) -> str:
    planned, created = (moment_text(at, office.calendar) for at in (found.planned_at, found.created_at))
    return f"ghi {created} cho mốc {planned}"
