"""The follow-up register (sổ theo dõi hồ sơ, Mẫu 06): a row for each dossier received in a period."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final

from domain.catalogue import say
from domain.tally import stand_of
from workers.reports.register import Entry, Register
from workers.use_cases.as_of import population
from workers.use_cases.dimensions import Breakdown
from workers.use_cases.form_06a_view import due_day

if TYPE_CHECKING:
    from datetime import date

    from domain.period import Period
    from domain.tally import Counted
    from workers.store.unit_of_work import Store
    from workers.use_cases.as_of import Frame
    from workers.use_cases.office import Office

_ORDER: Final = attrgetter("accepted_at", "code")


def register_of(store: Store, office: Office, frame: Frame, period: Period) -> Register:
    """Return the register of the dossiers received in a period, in the order of their receipt.

    Who submitted is not stored (personal data lives apart): those columns are left for a pen.
    """
    unit, procedure = Breakdown(("unit",), office), Breakdown(("procedure",), office)
    with store.read(office.sla.code) as work:
        received = sorted(population(work, office, frame), key=_ORDER)
    entries = [
        Entry(
            code=each.code,
            procedure=procedure.label(procedure.key(each)),
            unit=unit.label(unit.key(each)),
            accepted=_day(each, "accepted_at", office),
            appointed=due_day(each, office),
            finished=_day(each, "finished_at", office),
            returned=_day(each, "returned_at", office),
            remark=_remark(each, frame),
        )
        for each in received
    ]
    return Register(
        office_name=office.sla.name,
        place=office.sla.place,
        period_name=period.name,
        first=period.first,
        last=period.last,
        as_of=office.calendar.local(frame.as_of),
        entries=tuple(entries),
    )


def _day(counted: Counted, name: str, office: Office) -> date | None:
    moment = getattr(counted, name)
    return office.calendar.local(moment).date() if moment else None


def _remark(counted: Counted, frame: Frame) -> str:
    if counted.outcome in ("refused", "withdrawn"):
        return say(counted.outcome)
    stand = stand_of(counted, at=frame.at)
    return say(stand) if stand else ""
