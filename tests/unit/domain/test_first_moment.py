"""The first moment of a ladder is that of its whole plan, found without working out the rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.deadline import derive
from domain.ladder import Rung, first_moment, plan
from domain.rung_terms import PartOfLimit, Repeat
from domain.time_limit import CIVIL_CODE, TimeLimit, Unit
from tests.shared_data import OFFICE_HOURS, weekdays

CALENDAR = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", off=("2019-06-10",))
OFFSETS = [
    [],
    [(-2, Unit.WORKING_DAYS), (0, Unit.WORKING_DAYS), (1, Unit.WORKING_DAYS)],
    [(1, Unit.WORKING_DAYS), (-5, Unit.WORKING_DAYS)],
    [(-2, Unit.HOURS), (-90, Unit.MINUTES), (1, Unit.WORKING_DAYS)],
    [(-1, Unit.WORKING_DAYS), (-30, Unit.HOURS)],
    [75, (-1, Unit.WORKING_DAYS), 50],
    [(-90, Unit.MINUTES), 150, 80],
]


@pytest.mark.parametrize("offsets", OFFSETS)
@pytest.mark.parametrize(
    "limit", [TimeLimit(1, Unit.WORKING_DAYS), TimeLimit(10, Unit.WORKING_DAYS), TimeLimit(4, Unit.HOURS)]
)
def test_it_is_the_earliest_instant_of_the_plan(
    limit: TimeLimit, offsets: list[tuple[int, Unit] | int]
) -> None:
    again = Repeat(every=TimeLimit(1, Unit.HOURS), at_most=3)
    ladder = [
        Rung(
            code=str(n),
            offset=PartOfLimit(offset) if isinstance(offset, int) else TimeLimit(*offset),
            kind="reminder",
            roles=("officer",),
            level=n,
            template="x",
            repeat=again if n % 2 else None,
        )
        for n, offset in enumerate(offsets)
    ]
    for hours in range(0, 24 * 8, 5):
        start = datetime(2019, 6, 3, 1, tzinfo=UTC) + timedelta(hours=hours)
        deadline = derive(limit, start, CALENDAR, CIVIL_CODE)
        assert deadline is not None
        planned = plan(ladder, deadline, CALENDAR, counting_from=start)
        earliest = min((entry.at for entry in planned), default=None)
        assert first_moment(ladder, deadline, CALENDAR, counting_from=start) == earliest
