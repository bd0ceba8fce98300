"""The slips that differ as a csv file for a spreadsheet, whole or not at all."""

from __future__ import annotations

import csv
import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final, Self

from workers.cli.audit_facts import lawful_text, procedure_name, slip_text, unit_name
from workers.cli.screen import moment_text
from workers.inbox.rejects import safe
from workers.use_cases.calc_due import limit_in_words

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

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


class SlipFile:
    """Write rows (UTF-8 with BOM, semicolons: opens in Excel); the file gets its name when the block ends.

    Numbers of days have no sign, because a cell that begins with one could be run as a formula; every cell
    that begins with = + - @ gets an apostrophe in front.
    """

    def __init__(self, path: Path, office: Office) -> None:
        self.path, self.office = path, office
        self._part = path.with_name(f".{path.name}.part")
        self._files = ExitStack()

    def __enter__(self) -> Self:
        self._stream = self._files.enter_context(self._part.open("w", encoding="utf-8-sig", newline=""))
        self._writer: Any = csv.writer(self._stream, delimiter=";")
        self._writer.writerow(HEADS)
        return self

    def write(self, row: Differing) -> None:
        """Add one slip that differs."""
        self._writer.writerow([safe(cell) for cell in self._cells(row)])

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

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            with self._files:
                if kind is None:
                    self._stream.flush()
                    os.fsync(self._stream.fileno())
            if kind is None:
                self._part.replace(self.path)
        finally:
            self._part.unlink(missing_ok=True)
