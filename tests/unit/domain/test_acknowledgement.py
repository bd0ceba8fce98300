"""An escalation that nobody acknowledges goes up the line, level by level, to its end and no further."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from domain.acknowledgement import (
    Acknowledgement,
    answered,
    asked_at_soonest,
    asked_from,
    asked_until,
    base_of,
    first_for,
    may_acknowledge,
    raised_rung,
    roles_above,
    told_as,
    went_up,
    with_raised,
)
from domain.ladder import PlannedRung, Rung
from domain.routing import Lines, OfficeUnit, Person
from domain.rung_terms import Repeat
from domain.time_limit import TimeLimit, Unit
from tests.cases import Case, terms
from tests.cases import at as on
from tests.shared_data import OFFICE_HOURS, weekdays

CALENDAR = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh")
RUNG = Rung(
    code="t+3",
    offset=TimeLimit(3, Unit.WORKING_DAYS),
    kind="escalation",
    roles=("officer", "head"),
    level=4,
    template="escalation",
    subject="Quá hạn",
    acknowledge_within=TimeLimit(4, Unit.HOURS),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2019-06-{text}").replace(tzinfo=CALENDAR.zone)


def person(code: str, role: str, unit: str) -> Person:
    return Person(code=code, role=role, unit=unit, email=f"{code}@example.invalid")


LINES = Lines(
    units={
        "top": OfficeUnit(code="top", name="Lãnh đạo"),
        "land": OfficeUnit(code="land", name="Đất đai", parent="top"),
        "civil": OfficeUnit(code="civil", name="Tư pháp", parent="top"),
    },
    people=(
        person("land.1", "officer", "land"),
        person("land.head", "head", "land"),
        person("civil.1", "officer", "civil"),
        person("civil.head", "head", "civil"),
        person("top.chair", "chair", "top"),
        person("top.ops", "ops", "civil"),
        person("top.guest", "guest", "top"),
    ),
    role_order=("officer", "head", "deputy", "chair", "ops"),
)
PLANNED = PlannedRung(RUNG, at("20T07:00"))
LATER = PlannedRung(replace(RUNG, code="t+5", level=5, acknowledge_within=None), at("24T07:00"))


def answer(
    moment: str, *, level: int = 4, step: str = "", epoch: int = 0, by: str = "land.head"
) -> Acknowledgement:
    return Acknowledgement(step, "t+3", level, epoch, at(moment), by, "link")


def plan(
    asked: dict[tuple[str, str], datetime], *known: Acknowledgement
) -> list[tuple[str, tuple[str, ...], datetime]]:
    found = with_raised((PLANNED, LATER), asked, known, LINES, epoch=0)
    return [(entry.rung.code, entry.rung.roles, entry.at) for entry in found]


ITSELF = ("t+3", ("officer", "head"), at("20T07:00"))
LAST = ("t+5", ("officer", "head"), at("24T07:00"))
CHAIR = ("t+3^1", ("chair",), at("20T11:00"))
OPS = ("t+3^2", ("ops",), at("21T11:00"))
ASKED = {("", "t+3"): at("20T11:00")}
ASKED_TWICE = ASKED | {("", "t+3^1"): at("21T11:00")}


def test_what_nobody_was_told_of_does_not_go_up() -> None:
    assert plan({}) == [ITSELF, LAST]


def test_it_goes_up_at_the_very_moment_until_which_an_answer_was_asked() -> None:
    assert plan(ASKED) == [ITSELF, CHAIR, LAST]


def test_it_goes_up_again_and_at_last_to_those_who_keep_the_machinery_and_no_further() -> None:
    assert plan(ASKED_TWICE) == [ITSELF, CHAIR, OPS, LAST]
    assert plan(ASKED_TWICE | {("", "t+3^2"): at("22T11:00")}) == [ITSELF, CHAIR, OPS, LAST]


def test_acknowledged_in_time_it_stays_where_it_is() -> None:
    assert plan(ASKED, answer("20T10:59")) == [ITSELF, LAST]


def test_acknowledged_at_the_very_moment_is_too_late_but_stops_the_next_level() -> None:
    assert plan(ASKED_TWICE, answer("20T11:00")) == [ITSELF, CHAIR, LAST]


@pytest.mark.parametrize(
    "other",
    [answer("20T08:00", level=3), answer("20T08:00", step="1.a"), answer("20T08:00", epoch=1)],
    ids=["lower level", "step", "other due date"],
)
def test_an_acknowledgement_of_something_else_does_not_hold(other: Acknowledgement) -> None:
    assert plan(ASKED, other) == [ITSELF, CHAIR, LAST]


def test_an_acknowledgement_of_a_higher_rung_holds_for_the_lower() -> None:
    assert plan(ASKED, answer("20T10:00", level=6)) == [ITSELF, LAST]


def test_the_first_that_was_told_gives_the_moment_be_it_a_repeat() -> None:
    told = {("", "t+3#2"): at("20T15:00"), ("", "t+3#1"): at("20T11:00"), ("1.a", "t+3"): at("20T09:00")}
    assert plan(told) == [ITSELF, CHAIR, LAST]


def test_a_repeat_goes_up_no_further_than_the_rung_it_repeats() -> None:
    again = PlannedRung(RUNG, at("21T07:00"), repeat=1)
    found = with_raised((PLANNED, again), ASKED, (), LINES, epoch=0)
    assert [entry.code for entry in found] == ["t+3", "t+3^1", "t+3#1"]


def test_what_was_told_is_known_by_the_code_it_has_in_its_ladder() -> None:
    assert [base_of(code) for code in ("t+3", "t+3^2", "t+3#12")] == ["t+3"] * 3


def test_a_rung_asks_to_go_up_or_to_be_told_again() -> None:
    plain = replace(RUNG, acknowledge_within=None)
    every = TimeLimit(1, Unit.WORKING_DAYS)
    assert RUNG.asks
    assert not plain.asks
    assert replace(plain, repeat=Repeat(every=every, at_most=2, until="acknowledged")).asks
    assert not replace(plain, repeat=Repeat(every=every, at_most=2)).asks


def test_which_rungs_of_a_ladder_were_acknowledged_and_since_when() -> None:
    ladder = (replace(RUNG, code="t+1", level=3), RUNG, LATER.rung)
    known = (answer("20T10:00"), answer("20T09:00", level=3))
    assert answered(ladder, "", known, 0) == {("", "t+1"): at("20T09:00"), ("", "t+3"): at("20T10:00")}
    assert answered(ladder, "1.a", known, 0) == {}
    assert answered(ladder, "", (), 0) == {}


def test_a_rung_that_asks_for_nothing_never_goes_up() -> None:
    assert plan({("", "t+5"): at("24T11:00")}) == [ITSELF, LAST]


def test_a_level_up_says_so_and_has_a_code_of_its_own() -> None:
    rung = raised_rung(RUNG, 2, "chair")
    assert (rung.template, rung.subject, rung.level, rung.kind) == ("unacknowledged", "", 4, "escalation")
    assert went_up(rung.code) == ("t+3", 2)
    assert went_up("t+3") == ("t+3", 0)


def test_the_first_of_several_acknowledgements_is_the_one_that_counts() -> None:
    known = (answer("20T10:00", by="b"), answer("20T09:00", by="a"))
    found = first_for(known, "", 4, 0)
    assert found is not None
    assert found.by == "a"
    assert first_for((), "", 4, 0) is None


@pytest.mark.parametrize(
    ("roles", "above"),
    [
        (("officer",), ("head", "chair", "ops")),
        (("head", "officer"), ("chair", "ops")),
        (("chair",), ("ops",)),
        (("ops",), ()),
        (("head", "ops"), ("chair", "ops")),
        (("unheard",), ("officer", "head", "chair", "ops")),
    ],
)
def test_it_goes_up_to_roles_that_somebody_holds(roles: tuple[str, ...], above: tuple[str, ...]) -> None:
    assert roles_above(LINES, roles) == above


@pytest.mark.parametrize(
    ("within", "told", "until"),
    [
        (TimeLimit(4, Unit.HOURS), "20T07:00", "20T11:00"),
        (TimeLimit(4, Unit.HOURS), "20T10:00", "20T16:00"),
        (TimeLimit(4, Unit.HOURS), "20T22:00", "21T11:00"),
        (TimeLimit(30, Unit.MINUTES), "21T16:45", "24T07:15"),
        (TimeLimit(1, Unit.WORKING_DAYS), "20T07:00", "21T17:00"),
        (TimeLimit(1, Unit.WORKING_DAYS), "21T16:59", "24T17:00"),
    ],
)
def test_working_time_to_answer_is_counted_from_the_telling(within: TimeLimit, told: str, until: str) -> None:
    assert asked_until(within, at(told), CALENDAR) == at(until)


HOURS_4, DAY = TimeLimit(4, Unit.HOURS), TimeLimit(1, Unit.WORKING_DAYS)


@pytest.mark.parametrize(
    ("within", "told", "planned", "until"),
    [
        (HOURS_4, "20T07:00", "20T11:00", "20T11:00"),
        (HOURS_4, "20T07:05", "20T11:00", "20T11:00"),
        (HOURS_4, "20T07:06", "20T11:00", "20T13:06"),
        (HOURS_4, "21T09:00", "20T11:00", "21T15:00"),
        (HOURS_4, "20T07:00", "20T16:00", "20T16:00"),
        (DAY, "20T16:00", "21T17:00", "21T17:00"),
        (DAY, "21T08:00", "21T17:00", "24T17:00"),
    ],
)
def test_whoever_is_told_late_has_their_time_from_then_and_nobody_less_than_was_planned(
    within: TimeLimit, told: str, planned: str, until: str
) -> None:
    assert asked_from(at(told), at(planned), within, CALENDAR) == at(until)


@pytest.mark.parametrize("within", [TimeLimit(3, Unit.MINUTES), TimeLimit(5, Unit.MINUTES), HOURS_4, DAY])
@pytest.mark.parametrize("now", ["20T07:00", "20T07:04", "20T10:58", "20T13:01", "20T17:00", "21T16:59"])
def test_who_waits_is_looked_at_again_later_and_before_their_time_can_be_over(
    within: TimeLimit, now: str
) -> None:
    planned = asked_until(within, at("20T07:00"), CALENDAR)
    soonest = asked_at_soonest(at(now), planned, within, CALENDAR, now=at(now))
    assert soonest > at(now)
    for minutes in (0, 1, 5, 6, 60, 600):
        told = at(now) + timedelta(minutes=minutes)
        until = asked_from(told, planned, within, CALENDAR)
        assert until >= soonest or until <= at(now), "it is over at once, and found by whoever looks next"


@pytest.mark.parametrize(
    ("by", "may"),
    [
        ("land.1", True),
        ("land.head", True),
        ("top.chair", True),
        ("civil.head", False),
        ("civil.1", False),
        ("top.ops", False),
        ("top.guest", False),
        ("nobody", False),
    ],
)
def test_who_was_told_may_acknowledge_and_every_superior(by: str, *, may: bool) -> None:
    assert may_acknowledge(by, {"land.1", "gone"}, LINES) is may


def test_a_colleague_of_the_same_rank_is_no_superior() -> None:
    lines = replace(LINES, people=(*LINES.people, person("land.2", "officer", "land")))
    assert not may_acknowledge("land.2", {"land.1"}, lines)
    assert may_acknowledge("land.head", {"land.2"}, lines)
    assert not may_acknowledge("land.head", {"top.guest"}, lines)


def test_the_caretakers_are_told_wherever_they_sit() -> None:
    day = date(2019, 6, 3)
    assert [told.person.code for told in told_as(LINES, "ops", "land", None, on=day)] == ["top.ops"]
    assert [told.person.code for told in told_as(LINES, "officer", "land", "land.1", on=day)] == ["land.1"]


def test_no_level_comes_before_the_one_below_it() -> None:
    instants = [moment for _, _, moment in plan(ASKED_TWICE)]
    assert instants == sorted(instants)
    assert len(set(instants)) == len(instants)


SAID: dict[str, Any] = {"rung": "t+3", "level": "4", "epoch": "0", "by": "land.head", "way": "cli"}


def test_an_acknowledgement_changes_nothing_of_a_dossier_but_who_has_it_in_hand() -> None:
    case = Case(terms())
    before, dates = case.dossier, case.reckoning
    case.take("acknowledged", "20 9:00", **SAID)
    case.take("acknowledged", "21 9:00", **SAID, step="1.a")
    first, second = case.dossier.acknowledged
    assert first == Acknowledgement("", "t+3", 4, 0, on("20 9:00"), "land.head", "cli")
    assert (second.step, second.at) == ("1.a", on("21 9:00"))
    assert case.dossier._replace(acknowledged=()) == before
    assert case.reckoning == dates
