"""What form II.06a says on paper: its lines, the dossiers behind them, what stands under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.alphabet import alphabetical
from domain.catalogue import say
from domain.form_06a import COLUMNS, Annex
from domain.on_time_rate import rates
from workers.reports.form_06a import Form06a, Line, Listed
from workers.reports.on_time_table import explained, grouped
from workers.use_cases.causes import causes_of
from workers.use_cases.dimensions import Breakdown
from workers.use_cases.form_06a import fill_06a, first_of
from workers.use_cases.form_06a_behind import list_behind, overdue_with_cause

if TYPE_CHECKING:
    from datetime import date

    from domain.form_06a import Column
    from domain.period import Period
    from domain.tally import Counted, Stand
    from workers.store.unit_of_work import Store
    from workers.use_cases.as_of import Frame
    from workers.use_cases.dimensions import Key
    from workers.use_cases.form_06a import Filled
    from workers.use_cases.office import Office


def form_06a(
    store: Store, office: Office, frame: Frame, period: Period, *, command: str, listed: bool = True
) -> Form06a:
    """Return the form of a period whose both days are known, as it is printed.

    `listed`: with the first dossiers behind each figure: a workbook has them, a sheet of paper has not.
    Raises FiguresError where an identity does not hold.
    """
    if period.first is None or period.last is None:
        raise ValueError("form II.06a is of a period with a first and a last day")
    stands = office.sla.stands
    with store.read(office.sla.code) as work:
        filled = fill_06a(work, office, frame, stands)
        causes = causes_of(work, frame, *overdue_with_cause(work, office, frame, stands, filled))
        if listed:
            list_behind(work, office, frame, stands, filled)
    local = office.calendar.local(frame.as_of)
    return Form06a(
        office_name=office.sla.name,
        place=office.sla.place,
        period_name=period.name,
        first=period.first,
        last=period.last,
        as_of=local,
        lines=tuple(_lines(filled, office)),
        annex=_annex(filled),
        rates=tuple(explained(rate) for rate in rates(filled.counts)),
        stands=stands.words(),
        causes=causes,
        command=command,
    )


def _lines(filled: Filled, office: Office) -> list[Line]:
    fields, names = Breakdown(("field",), office), _Names(office)
    return [
        Line(
            label=fields.label(key),
            cells=dict(filled.cells[key]),
            listed={column: names.listed(filled, key, column) for column in COLUMNS},
        )
        for key in sorted(filled.cells, key=lambda key: alphabetical(fields.label(key)))
    ]


def _annex(filled: Filled) -> tuple[str, ...]:
    words: tuple[tuple[Annex, str], ...] = (
        ("withdrawn", "Rút hồ sơ, dừng giải quyết"),
        ("no_limit", "Không quy định thời hạn, đã giải quyết, không tính vào biểu"),
        ("refused", "Từ chối, không tính vào biểu"),
    )
    lines = [f"{said}: {grouped(filled.annex[name])}." for name, said in words if name in filled.annex]
    left = f"Trong số đó từ kỳ trước chuyển qua: {grouped(filled.left)}; cột 11 kỳ trước = cột 6 cộng số này."
    carried = sum(cells[6] for cells in filled.cells.values())
    same = f"Cột 6 khớp cột 11 của kỳ trước: {grouped(carried)}."
    return (*lines, left if filled.left else same)


class _Names:
    """Call dossiers behind a figure by what the office calls their field, unit and procedure."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._of = {name: Breakdown((name,), office) for name in ("field", "unit", "procedure")}

    def listed(self, filled: Filled, key: Key, column: Column) -> tuple[Listed, ...]:
        return tuple(self._listed(each, stand) for each, stand in first_of(filled, key, column))

    def _listed(self, counted: Counted, stand: Stand | None) -> Listed:
        local = self._office.calendar.local
        return Listed(
            code=counted.code,
            field=self._name("field", counted),
            unit=self._name("unit", counted),
            procedure=self._name("procedure", counted),
            accepted=local(counted.accepted_at).date(),
            due=due_day(counted, self._office),
            finished=local(counted.finished_at).date() if counted.finished_at else None,
            stand=say(stand) if stand else "",
        )

    def _name(self, dimension: str, counted: Counted) -> str:
        breakdown = self._of[dimension]
        return breakdown.label(breakdown.key(counted))


def due_day(counted: Counted, office: Office) -> date | None:
    """Return the local day a due date falls on: of one at midnight, the day it ends; None without one."""
    if counted.due_at is None:
        return None
    local = office.calendar.local(counted.due_at)
    at_midnight = (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
    return office.calendar.day_before(counted.due_at) if at_midnight else local.date()
