"""The slips that differ as a csv file for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workers.cli.audit_facts import lawful_text, procedure_name, slip_text, unit_name
from workers.cli.csv_file import CsvFile
from workers.cli.screen import moment_text
from workers.use_cases.calc_due import limit_in_words

if TYPE_CHECKING:
    from pathlib import Path

    from workers.use_cases.audit_slips import Differing
    from workers.use_cases.office import Office

HEADS: Final = (
    "Mã hồ sơ",
    "Mã thủ tục",
    "Tên thủ tục",
    "Đơn vị",
    "Ngày tiếp nhận",
    "Thời hạn",
    "Ngày hẹn trên phiếu",
    "Hạn theo luật",
    "Sớm hay muộn",
    "Số ngày lệch",
    "Số ngày làm việc lệch",
    "Lý do khả dĩ nhất",
    "Lý do khác",
    "Văn bản",
)


class SlipFile(CsvFile):
    """Write slips that differ; numbers of days have no sign: such a cell could be run as a formula."""

    def __init__(self, path: Path, office: Office) -> None:
        super().__init__(path, HEADS)
        self.office = office

    def write(self, row: Differing) -> None:
        """Add one slip that differs."""
        self.line(self._cells(row))

    def _cells(self, row: Differing) -> tuple[str, ...]:
        dossier, found, calendar = row.stored.dossier, row.difference, self.office.calendar
        first, *others = found.reasons
        return (
            dossier.code,
            dossier.procedure,
            procedure_name(dossier.procedure, self.office),
            unit_name(dossier.unit, self.office),
            moment_text(dossier.accepted_at, calendar),
            limit_in_words(row.limit, "vi"),
            slip_text(found, calendar),
            lawful_text(found, calendar),
            "sớm" if found.is_early else "muộn",
            str(abs(found.days)),
            "" if found.working_days is None else str(abs(found.working_days)),
            first.said(),
            "; ".join(reason.said() for reason in others),
            first.source,
        )
