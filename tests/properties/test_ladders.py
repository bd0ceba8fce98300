"""On every calendar a part of a limit lies inside it, repeats end, and more of the limit is never sooner."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.deadline import Deadline, derive
from domain.ladder import Rung, RungKind, first_moment, plan
from domain.rung_terms import PartOfLimit, Repeat
from domain.time_limit import CIVIL_CODE, TimeLimit, Unit
from tests.properties.calendars import calendars, instants

if TYPE_CHECKING:
    from datetime import datetime

    from domain.pauses import Pause
    from domain.working_calendar import WorkingCalendar

QUICK = settings(max_examples=40)
limits = st.builds(
    TimeLimit,
    st.integers(1, 40),
    st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.HOURS, Unit.MINUTES]),
)
percents = st.lists(st.integers(1, 300).filter(lambda n: n != 100), min_size=1, max_size=6, unique=True)
repeats = st.builds(Repeat, every=limits, at_most=st.integers(1, 30))
stops = st.tuples(st.integers(0, 60 * 24 * 9), st.integers(0, 60 * 24 * 9))


def _ladder(percents: list[int], repeat: Repeat | None = None) -> list[Rung]:
    kinds: dict[bool, RungKind] = {False: "reminder", True: "escalation"}
    return [
        Rung(
            code=str(percent),
            offset=PartOfLimit(percent),
            kind=kinds[percent > 100],
            roles=("officer",),
            level=level,
            template="t",
            repeat=repeat,
        )
        for level, percent in enumerate(sorted(percents))
    ]


def _deadline(limit: TimeLimit, start: datetime, calendar: WorkingCalendar, *pauses: Pause) -> Deadline:
    found = derive(limit, start, calendar, CIVIL_CODE, pauses)
    assert found is not None
    return found


@QUICK
@given(calendars(), instants(), limits, percents)
def test_a_part_of_a_limit_lies_inside_it_and_more_than_the_whole_after_it(
    calendar: WorkingCalendar, start: datetime, limit: TimeLimit, percents: list[int]
) -> None:
    deadline = _deadline(limit, start, calendar)
    for entry in plan(_ladder(percents), deadline, calendar, counting_from=start):
        if entry.rung.is_after:
            assert entry.at >= deadline.due_at
        else:
            assert start < entry.at <= deadline.due_at


@QUICK
@given(calendars(), instants(), limits, percents, stops)
def test_more_of_the_limit_is_never_sooner_whatever_stood_still(
    calendar: WorkingCalendar,
    start: datetime,
    limit: TimeLimit,
    percents: list[int],
    stop: tuple[int, int],
) -> None:
    begin = start + timedelta(minutes=stop[0])
    pause = (begin, begin + timedelta(minutes=stop[1]))
    deadline = _deadline(limit, start, calendar, pause)
    ladder = _ladder(percents)
    planned = plan(ladder, deadline, calendar, counting_from=start, pauses=(pause,))
    levels = [entry.rung.level for entry in planned]
    assert levels == sorted(levels)
    assert first_moment(ladder, deadline, calendar, counting_from=start, pauses=(pause,)) == min(
        (entry.at for entry in planned), default=None
    )


@QUICK
@given(calendars(), instants(), limits, percents, repeats)
def test_repeats_are_bounded_follow_their_rung_and_have_keys_of_their_own(
    calendar: WorkingCalendar,
    start: datetime,
    limit: TimeLimit,
    percents: list[int],
    repeat: Repeat,
) -> None:
    ladder = _ladder(percents, repeat)
    deadline = _deadline(limit, start, calendar)
    planned = plan(ladder, deadline, calendar, counting_from=start)
    assert len({entry.key for entry in planned}) == len(planned)
    for rung in ladder:
        mine = [entry for entry in planned if entry.rung is rung]
        assert [entry.repeat for entry in mine] == list(range(len(mine)))
        assert all(one.at < other.at for one, other in pairwise(mine))
        assert len(mine) <= repeat.at_most + 1
        assert len(mine) in (0, repeat.at_most + 1) or not rung.is_after
        assert all(entry.at < deadline.due_at for entry in mine[1:] if not rung.is_after)
