from __future__ import annotations

from datetime import datetime, timedelta

from domain.deadline import Deadline, derive
from domain.ladder import Rung, RungKind, come_due, moment_of, next_action_at, plan
from domain.time_limit import CIVIL_CODE, CountingRules, TimeLimit, Unit
from tests.shared_data import OFFICE_HOURS, weekdays

CALENDAR = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh")


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CALENDAR.zone)


def _rung(n: int, unit: Unit = Unit.WORKING_DAYS, *, level: int = 1, kind: RungKind = "reminder") -> Rung:
    return Rung(
        code=f"{n}{unit}", offset=TimeLimit(n, unit), kind=kind, roles=("officer",), level=level, template="t"
    )


LADDER = (_rung(1, level=4, kind="escalation"), _rung(-2), _rung(-1, level=2), _rung(-2, Unit.HOURS, level=3))
RECEIVED = _local("2019-06-03T09:00")


def _deadline(n: int = 5, unit: Unit = Unit.WORKING_DAYS) -> Deadline:
    found = derive(TimeLimit(n, unit), RECEIVED, CALENDAR, CIVIL_CODE)
    assert found is not None
    return found


def test_rungs_stand_in_the_morning_of_their_working_days_in_order() -> None:
    planned = plan(LADDER, _deadline(), CALENDAR, counting_from=RECEIVED)
    assert [(entry.rung.code, CALENDAR.local(entry.at).strftime("%d %H:%M")) for entry in planned] == [
        ("-2working_days", "06 07:00"),
        ("-1working_days", "07 07:00"),
        ("-2hours", "10 15:00"),
        ("1working_days", "11 07:00"),
    ]


def test_a_rung_before_so_short_a_limit_has_no_meaning() -> None:
    planned = plan(LADDER, _deadline(1), CALENDAR, counting_from=RECEIVED)
    assert [entry.rung.code for entry in planned] == ["-2hours", "1working_days"]


def test_two_rungs_of_one_moment_stand_by_their_level() -> None:
    ladder = (
        _rung(-1, level=2),
        Rung(
            code="x",
            offset=TimeLimit(-1, Unit.WORKING_DAYS),
            kind="reminder",
            roles=(),
            level=1,
            template="t",
        ),
    )
    planned = plan(ladder, _deadline(), CALENDAR, counting_from=RECEIVED)
    assert [entry.rung.level for entry in planned] == [1, 2]


def test_after_a_gap_every_passed_rung_comes_due_once() -> None:
    planned = plan(LADDER, _deadline(), CALENDAR, counting_from=RECEIVED)
    now = _local("2019-06-10T15:00")
    assert [entry.rung.code for entry in come_due(planned, set(), now=now)] == [
        "-2working_days",
        "-1working_days",
        "-2hours",
    ]
    fired = {("", "-2working_days"), ("", "-1working_days")}
    assert [entry.rung.code for entry in come_due(planned, fired, now=now)] == ["-2hours"]
    assert come_due(planned, {entry.key for entry in planned}, now=now) == ()


def test_a_rung_of_a_step_and_one_of_the_dossier_are_told_apart() -> None:
    ladder, deadline = (_rung(-1),), _deadline()
    whole = plan(ladder, deadline, CALENDAR, counting_from=RECEIVED)
    of_step = plan(ladder, deadline, CALENDAR, counting_from=RECEIVED, step="check")
    assert (whole[0].key, of_step[0].key) == (("", "-1working_days"), ("check", "-1working_days"))
    assert come_due(of_step, {whole[0].key}, now=of_step[0].at) == of_step
    assert come_due(of_step, {of_step[0].key}, now=of_step[0].at) == ()
    assert next_action_at(of_step, {whole[0].key}, now=RECEIVED) == of_step[0].at


def test_a_rung_comes_due_at_its_very_instant_and_not_before() -> None:
    planned = plan((_rung(-1),), _deadline(), CALENDAR, counting_from=RECEIVED)
    at = planned[0].at
    assert come_due(planned, set(), now=at) == planned
    assert come_due(planned, set(), now=at - timedelta(microseconds=1)) == ()


def test_the_next_action_is_the_first_rung_ahead_that_has_not_fired() -> None:
    planned = plan(LADDER, _deadline(), CALENDAR, counting_from=RECEIVED)
    now = _local("2019-06-06T07:00")
    assert next_action_at(planned, set(), now=now) == _local("2019-06-07T07:00")
    assert next_action_at(planned, {("", "-1working_days")}, now=now) == _local("2019-06-10T15:00")
    assert next_action_at(planned, set(), now=_local("2019-06-30T07:00")) is None


def test_an_offset_in_calendar_days_keeps_its_local_time() -> None:
    at = moment_of(
        TimeLimit(-2, Unit.CALENDAR_DAYS),
        _local("2019-06-11T09:00"),
        CALENDAR,
        CountingRules(due_on_nonworking="as_is"),
    )
    assert at == _local("2019-06-09T09:00")
