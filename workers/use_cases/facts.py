"""Facts: counts of results, which no longer change by themselves, kept up instead of counted each time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, cast

from domain.errors import FiguresError
from domain.half_months import bounds, is_bound
from domain.on_time_rate import Counts
from domain.tally import Counted, counts_of, stand_of
from workers.use_cases.office import active_office

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from domain.dossier import Outcome
    from domain.on_time_rate import Timing
    from workers.store.facts import Fact
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.as_of import Frame
    from workers.use_cases.dimensions import Key
    from workers.use_cases.office import Office

FACTS: Final = "facts"
"""The sign of life that says up to which event results are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """Say how many results were new, in how many cells, and up to which event all are counted now."""

    results: int
    cells: int
    last_event: int


def refresh(store: Store, office: Office, *, now: datetime, anew: bool = False) -> Refreshed | None:
    """Add to the facts the results recorded since they were last refreshed; `anew`: count all of them.

    A result is final: nothing that is recorded later changes it, so each is added once, however late it is
    told, in the same transaction that says up to where they were added. None, and nothing is changed, while
    events are being recorded or somebody else refreshes: try again later.
    """
    code = office.sla.code
    with store.begin(code) as work:
        until = work.facts.last_event()
    if until is None:
        return None
    with store.begin(code) as work:
        if not work.facts.take():
            return None
        after = 0 if anew else counted_until(work)
        if anew:
            work.facts.clear()
        new = _counted(work, office, after=after, until=until)
        work.facts.add(new)
        work.journal.beat(FACTS, now=now, last_event=max(after, until))
        work.commit()
    return Refreshed(results=sum(fact.number for fact in new), cells=len(new), last_event=max(after, until))


def refresh_by_night(store: Store, office_code: str, *, now: datetime) -> Refreshed | None:
    """Refresh the facts once after each local midnight; None where that is done, or has to wait."""
    with store.read(office_code) as work:
        office, beat = active_office(work), work.journal.heartbeat(FACTS)
    local = office.calendar.local
    if beat is not None and local(beat.at).date() >= local(now).date():
        return None
    return refresh(store, office, now=now)


def counted_until(work: UnitOfWork) -> int:
    """Return up to which event results are counted in the facts; 0: none yet."""
    beat = work.journal.heartbeat(FACTS)
    return int(beat.data["last_event"]) if beat else 0


def _counted(work: UnitOfWork, office: Office, *, after: int, until: int | None) -> list[Fact]:
    span = work.facts.span()
    if span is None:
        return []
    return work.facts.counted(bounds(min(span), max(span), office.sla.zone), after=after, until=until)


def answers(office: Office, frame: Frame) -> bool:
    """Say whether facts tell the results of a report: of now, by law, over half months that are over."""
    zone, edges = office.sla.zone, (frame.begin, frame.end)
    is_over = frame.end is None or frame.end <= frame.as_of
    aligned = all(edge is None or is_bound(edge, zone) for edge in edges)
    return is_over and aligned and frame.known is None and frame.against == "law" and not frame.cohort


def results(store: Store, office: Office, frame: Frame) -> dict[Key, Counts]:
    """Return the results of a report by unit and channel: from the facts, and what was recorded since.

    The frame is one that facts can answer (`answers`). Pending ones are not in it: they change by themselves.
    Raises FiguresError where a result stands nowhere.
    """
    with store.read(office.sla.code) as work:
        later = _counted(work, office, after=counted_until(work), until=None)
        own = (fact for fact in later if _is_in(fact, frame))
        return by_unit_and_channel(chain(work.facts.summed(frame.begin, frame.end), own), frame)


def _is_in(fact: Fact, frame: Frame) -> bool:
    after_begin = frame.begin is None or fact.closed_in >= frame.begin
    return after_begin and (frame.end is None or fact.closed_in < frame.end)


def by_unit_and_channel(facts: Iterable[Fact], frame: Frame) -> dict[Key, Counts]:
    """Add up facts by unit and channel, each standing where the law puts a dossier of its kind."""
    found: Counter[tuple[Key, Counts]] = Counter()
    for fact in facts:
        one = _as_counted(fact)
        stand = stand_of(one, at=frame.at)
        if stand is None:
            raise FiguresError("figures_nowhere", number=fact.number, codes=f"{fact.unit}, {fact.timing!r}")
        found[(fact.unit, fact.channel), counts_of(one, stand, begin=frame.begin)] += fact.number
    sums: dict[Key, Counts] = {}
    for (key, one_of), number in sorted(found.items(), key=lambda item: item[0][0]):
        sums[key] = sums.get(key, Counts()) + one_of.times(number)
    return sums


def _as_counted(fact: Fact) -> Counted:
    """Return a dossier of this kind: a period that begins with a half month sees no other difference."""
    return Counted(
        code="",
        procedure="",
        procedure_version="",
        sla_version=0,
        unit=fact.unit,
        accepted_at=fact.received_in,
        channel=fact.channel or None,
        finished_at=fact.closed_in,
        outcome=cast("Outcome", fact.outcome),
        timing=cast("Timing", fact.timing) if fact.timing else None,
    )


def unlike(store: Store, office: Office) -> list[tuple[Fact, int]]:
    """Count all results anew, and return each cell in which the facts say otherwise, with what they say."""
    with store.read(office.sla.code) as work:
        kept = {fact[:-1]: fact for fact in work.facts.between()}
        until = counted_until(work)
        anew = {fact[:-1]: fact for fact in _counted(work, office, after=0, until=until)}
    wrong = []
    for key in sorted(kept.keys() | anew.keys()):
        said = kept[key].number if key in kept else 0
        fact = anew[key] if key in anew else kept[key]._replace(number=0)
        if fact.number != said:
            wrong.append((fact, said))
    return wrong
