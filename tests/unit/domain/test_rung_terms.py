"""For which dossiers a rung is, how often it is told again, and what ends that."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from domain.deadline import Deadline, derive
from domain.dossier import Dossier
from domain.ladder import Rung, RungKind, come_due, holding, next_action_at, plan
from domain.rung_terms import NOTHING, Condition, PartOfLimit, Repeat, Stops, code_in_ladder
from domain.time_limit import CIVIL_CODE, TimeLimit, Unit
from tests.shared_data import OFFICE_HOURS, weekdays

if TYPE_CHECKING:
    from domain.rung_terms import Until

CALENDAR = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh")
DAILY = TimeLimit(1, Unit.WORKING_DAYS)


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CALENDAR.zone)


RECEIVED = _local("2019-06-03T09:00")


def _rung(offset: TimeLimit | PartOfLimit, *, kind: RungKind = "escalation", **more: Any) -> Rung:
    return Rung(code="late", offset=offset, kind=kind, roles=("officer",), level=1, template="t", **more)


def _after(n: int, **more: Any) -> Rung:
    return _rung(TimeLimit(n, Unit.WORKING_DAYS), **more)


def _again(at_most: int, every: TimeLimit = DAILY, until: Until = "closed") -> Repeat:
    return Repeat(every=every, at_most=at_most, until=until)


def _deadline() -> Deadline:
    found = derive(TimeLimit(5, Unit.WORKING_DAYS), RECEIVED, CALENDAR, CIVIL_CODE)
    assert found is not None
    return found


def _told(rung: Rung, stops: Stops | None = None) -> list[tuple[str, str]]:
    planned = plan((rung,), _deadline(), CALENDAR, counting_from=RECEIVED, stops=stops or NOTHING)
    return [(entry.code, f"{CALENDAR.local(entry.at):%d %H:%M}") for entry in planned]


def _dossier(**more: Any) -> Dossier:
    plain = {"unit": "land", "channel": "online", "step": "check"}
    return Dossier(
        code="A",
        procedure="1.001",
        procedure_version="2019-01-01",
        accepted_at=RECEIVED,
        counting_from=RECEIVED,
        step_since=RECEIVED,
        last_at=RECEIVED,
        **{**plain, **more},
    )


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (Condition(), True),
        (Condition(procedures=("1.002", "1.001")), True),
        (Condition(procedures=("1.002",)), False),
        (Condition(units=("land",)), True),
        (Condition(units=("civil", "top")), False),
        (Condition(channels=("online",)), True),
        (Condition(channels=("post",)), False),
        (Condition(still_at=("check",)), True),
        (Condition(still_at=("sign",)), False),
        (Condition(procedures=("1.001",), units=("land",), still_at=("sign",)), False),
        (Condition(procedures=("1.001",), units=("land",), channels=("online",), still_at=("check",)), True),
    ],
)
def test_a_rung_is_for_the_dossiers_its_condition_holds_for(condition: Condition, *, holds: bool) -> None:
    plain, narrow = _after(1), _after(2, when=condition)
    assert condition.holds(_dossier()) is holds
    assert holding((plain, narrow), _dossier()) == ((plain, narrow) if holds else (plain,))


def test_what_a_dossier_does_not_have_meets_no_condition_on_it() -> None:
    assert not Condition(still_at=("check",)).holds(_dossier(step=None))
    assert not Condition(channels=("post",)).holds(_dossier(channel=None))


def test_a_rung_is_told_again_at_most_so_many_times_each_time_under_a_code_of_its_own() -> None:
    told = [("late", "11 07:00"), ("late#1", "12 07:00"), ("late#2", "13 07:00"), ("late#3", "14 07:00")]
    assert _told(_after(1, repeat=_again(3))) == told
    assert [code_in_ladder(code) for code, _ in told] == ["late"] * 4
    hourly = _again(2, TimeLimit(5, Unit.HOURS))
    assert _told(_after(1, repeat=hourly)) == [
        ("late", "11 07:00"),
        ("late#1", "11 14:00"),
        ("late#2", "12 09:00"),
    ]


def test_a_reminder_is_never_told_again_after_the_due_date() -> None:
    rung = _rung(TimeLimit(-2, Unit.WORKING_DAYS), kind="reminder", repeat=_again(9))
    assert _told(rung) == [("late", "06 07:00"), ("late#1", "07 07:00"), ("late#2", "10 07:00")]


def test_a_hand_over_after_the_rung_ends_its_repeats_from_that_moment_on() -> None:
    rung = _after(1, repeat=_again(3, until="handed_over"))
    handed = Stops(handed_over_at=_local("2019-06-13T07:00"))
    assert [code for code, _ in _told(rung, handed)] == ["late", "late#1"]
    before = Stops(handed_over_at=_local("2019-06-11T07:00"))
    assert len(_told(rung, before)) == 4
    assert len(_told(_after(1, repeat=_again(3)), handed)) == 4


@pytest.mark.parametrize("code", ["late", "late#1"])
def test_whoever_acknowledges_a_rung_or_a_repeat_of_it_ends_the_repeats(code: str) -> None:
    rung = _after(1, repeat=_again(3, until="acknowledged"))
    heard = Stops(acknowledged={("", code): _local("2019-06-12T10:00")})
    assert [found for found, _ in _told(rung, heard)] == ["late", "late#1"]
    assert len(_told(_after(1, repeat=_again(3, until="handed_over")), heard)) == 4
    for other in (("check", code), ("", "later"), ("", "late#4")):
        assert len(_told(rung, Stops(acknowledged={other: _local("2019-06-12T10:00")}))) == 4


def test_the_first_acknowledgement_counts() -> None:
    first, second = _local("2019-06-11T10:00"), _local("2019-06-12T10:00")
    heard = Stops(acknowledged={("", "late#1"): second, ("", "late"): first})
    assert [code for code, _ in _told(_after(1, repeat=_again(3, until="acknowledged")), heard)] == ["late"]


def test_each_repeat_comes_due_once_and_is_looked_for_next() -> None:
    planned = plan((_after(1, repeat=_again(2)),), _deadline(), CALENDAR, counting_from=RECEIVED)
    now, fired = _local("2019-06-12T08:00"), {("", "late")}
    assert [entry.code for entry in come_due(planned, fired, now=now)] == ["late#1"]
    assert next_action_at(planned, {*fired, ("", "late#1")}, now=now) == _local("2019-06-13T07:00")
    assert next_action_at(planned, {*fired, ("", "late#1")}, now=_local("2019-06-13T07:00")) is None
