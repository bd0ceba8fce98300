"""What must hold of every history of a dossier, whatever happens in whatever order."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.errors import HistoryError
from domain.event import Event
from domain.history import apply, replay
from domain.lawful import weigh
from domain.pauses import elapsed_with_pauses
from domain.reckoning import reckon
from domain.time_limit import SECONDS_OF, TimeLimit, Unit
from domain.timetable import SECOND
from tests.cases import Case, at, terms
from tests.properties.histories import (
    HALF_HOUR,
    MOVING,
    STEPS,
    attempts,
    grow,
    hurried,
    kept_calendar,
    limits,
    offices,
    starts,
)

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.reckoning import Reckoning
    from tests.properties.histories import Attempt, Office

QUICK = settings(max_examples=120)


def _read_again(event: Event) -> Event:
    """Return an event as the register gives it back: text."""
    return Event(
        kind=event.kind,
        occurred_at=datetime.fromisoformat(event.occurred_at.isoformat()),
        data=dict(event.data),
    )


@QUICK
@given(offices, starts, attempts())
def test_replaying_in_order_gives_the_same_at_every_prefix_under_the_calendars_of_then(
    office: Office, start: str, tried: list[Attempt]
) -> None:
    case = Case(office.terms(), start)
    standings = [(case.dossier, case.reckoning)]
    standings += [(report.dossier, report.after) for report in grow(case, office, tried)]
    events = [_read_again(event) for event, _ in case.history]
    dossier: Dossier | None = None
    reckoning: Reckoning | None = None
    for number, (event, (_, recorded_under)) in enumerate(zip(events, case.history, strict=True), start=1):
        was, dossier = dossier, apply(dossier, event, code="HS-1")
        reckoning = reckon(reckoning, was, dossier, event, office.terms(recorded_under.version, anew=True))
        assert (dossier, reckoning) in standings
        assert replay(events[:number], code="HS-1") == dossier
    assert (dossier, reckoning) == standings[-1]
    assert len({repr(standing) for standing in standings}) <= len(events)


@QUICK
@given(hurried, starts, attempts(MOVING, versions=1, after=60, back=(0, 48, 96), forced=False))
def test_a_late_dossier_is_made_timely_by_no_event_for_which_nobody_answers_by_name(
    office: Office, start: str, tried: list[Attempt]
) -> None:
    overdue_at = None
    for report in grow(Case(office.terms(), start), office, tried, by_hand=True):
        due_at = report.before.due_at
        if overdue_at is None and due_at and report.now >= due_at and report.was.is_running:
            overdue_at = due_at
        if overdue_at is not None:
            assert report.after.due_at == overdue_at


@QUICK
@given(offices, starts, attempts())
def test_the_original_date_is_kept_and_an_epoch_begins_with_every_date_that_moves(
    office: Office, start: str, tried: list[Attempt]
) -> None:
    case = Case(office.terms(), start)
    first = case.reckoning
    for _, _, before, _, after in grow(case, office, tried):
        assert after.due_original == first.due_original
        assert after.epoch - before.epoch in (0, 1)
        assert after.epoch > before.epoch or after.target_at == before.target_at
        if after.appointed_at is not None:
            assert after.due_at is not None
            assert after.target_at == after.appointed_at > after.due_at


@QUICK
@given(offices, starts, attempts(MOVING, versions=1))
def test_the_days_or_seconds_that_are_explained_are_the_limit_on_every_stage(
    office: Office, start: str, tried: list[Attempt]
) -> None:
    assume(office.limit.unit is not Unit.NONE)
    case, found = Case(office.terms(), start), office.terms()
    stages = [case.dossier, *(report.dossier for report in grow(case, office, tried))]
    for dossier in {(stage.counting_from, stage.pauses): stage for stage in stages}.values():
        deadline, steps = found.walk(dossier, "en")
        assert steps[0].day == found.calendar.local(dossier.counting_from).date()
        assert steps[-1].day == deadline.due_on
        numbers = [step.number for step in steps if step.counted]
        assert numbers == list(range(1, len(numbers) + 1))
        if office.limit.unit in SECONDS_OF:
            assert sum(step.seconds for step in steps) * SECOND == office.limit.micros
        else:
            assert len(numbers) == max(office.limit.amount, 1)


@QUICK
@given(offices, starts, attempts(MOVING, versions=1), st.integers(0, 48 * 20))
def test_what_is_used_and_what_is_left_are_the_limit_on_every_stage(
    office: Office, start: str, tried: list[Attempt], after: int
) -> None:
    case = Case(office.terms(), start)
    grow(case, office, tried)
    found = office.terms().budget(case.dossier, case.dossier.counting_from + after * HALF_HOUR)
    if office.limit.unit is Unit.NONE:
        assert found is None
        return
    assert found is not None
    assert found.used.unit is found.left.unit
    assert min(found.used.amount, found.left.amount) >= 0
    whole = found.used.amount + found.left.amount
    if office.limit.unit in SECONDS_OF:
        assert TimeLimit(whole, Unit.SECONDS).micros == office.limit.micros
    else:
        assert whole == max(office.limit.amount, 1)


@QUICK
@given(offices, starts, attempts())
def test_weighing_changes_neither_kind_nor_moment_and_loses_nothing(
    office: Office, start: str, tried: list[Attempt]
) -> None:
    case, now = Case(office.terms(), start), at(start)
    for attempt in tried:
        now += attempt.after * HALF_HOUR
        event = Event(kind=attempt.goes_on(case), occurred_at=now, data=attempt.values(case))
        with suppress(HistoryError):
            kept = weigh(event, case.dossier, case.around(now))
            assert (kept.kind, kept.occurred_at) == (event.kind, event.occurred_at)
            assert {**kept.data, **event.data} == kept.data
            assert weigh(kept, case.dossier, case.around(now)) == kept
            case.follow(kept)


@QUICK
@given(offices, starts, attempts(versions=1, back=(0,)))
def test_the_stays_of_a_dossier_together_are_its_working_time(
    office: Office, start: str, tried: list[Attempt]
) -> None:
    # A restart begins the step anew: what was worked before it is no stay's any more.
    office = replace(office, clock=replace(office.clock, supplement="pause"))
    case = Case(office.terms(), start)
    grow(case, office, tried)
    if case.dossier.is_open:
        case.take("withdrawn", case.dossier.last_at)
    dossier = case.dossier
    ended = dossier.stopped_since or dossier.finished_at
    assert ended is not None
    worked = elapsed_with_pauses(dossier.accepted_at, ended, kept_calendar(1), dossier.pauses)
    assert sum(run.worked for run in case.runs) == worked // SECOND
    assert [run.number for run in case.runs] == list(range(1, len(case.runs) + 1))


@given(limits, st.lists(st.integers(1, 99), max_size=5, unique=True).map(sorted))
def test_shares_that_are_the_whole_are_the_limit(limit: TimeLimit, cuts: list[int]) -> None:
    assume(limit.unit not in (Unit.NONE, Unit.SAME_DAY))
    edges = [0, *cuts, 100]
    steps = tuple(replace(STEPS[0], code=str(end), share=end - begin) for begin, end in pairwise(edges))
    office = replace(terms(steps=steps), limit=limit)
    found = [office.step_limit(step) for step in steps]
    days = [each for each in found if each is not None and each.unit is not Unit.SAME_DAY]
    assert None not in found
    total = sum(each.micros if each.unit in SECONDS_OF else each.amount for each in days)
    assert total == (limit.micros if limit.unit in SECONDS_OF else limit.amount)
