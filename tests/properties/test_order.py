"""Whoever comes later is not served sooner: later received is never due earlier, on any calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.deadline import derive
from domain.time_limit import CIVIL_CODE, CountingRules, TimeLimit, Unit
from tests.properties.calendars import calendars, instants
from tests.properties.histories import limits

if TYPE_CHECKING:
    from datetime import datetime

    from domain.working_calendar import WorkingCalendar

rules = st.builds(
    CountingRules,
    zero_direction=st.just("forward"),
    start_outside_hours=st.sampled_from(("kept", "next_open")),
    start_day_counts=st.booleans(),
    count_from=st.sampled_from(("receipt", "day_after_receipt")),
    time_of_day=st.sampled_from(("start_of_working_day", "end_of_working_day", "end_of_day")),
    due_on_nonworking=st.sampled_from(("next_working_day", "as_is")),
    first_day_after_end=st.booleans(),
    same_day_cutoff=st.integers(0, 24 * 3600),
)


@settings(max_examples=200)
@given(calendars(), limits, rules | st.just(CIVIL_CODE), instants(), st.integers(0, 6 * 24 * 60))
def test_what_is_received_later_is_never_due_earlier(
    calendar: WorkingCalendar, limit: TimeLimit, counting: CountingRules, start: datetime, after: int
) -> None:
    assert counting.keeps_order
    first, second = (
        derive(limit, moment, calendar, counting) for moment in (start, start + timedelta(minutes=after))
    )
    if first is None or second is None:
        assert limit.unit is Unit.NONE
    else:
        assert first.due_at <= second.due_at
