"""From a role and a unit to people: up the line, never silence, never at midnight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from domain.errors import RoutingError
from domain.routing import Lines, OfficeUnit, Person, deliver_at, not_before, ways_to
from tests.shared_data import OFFICE_HOURS, weekdays

if TYPE_CHECKING:
    from domain.routing import Way

DAY = date(2019, 6, 3)
CALENDAR = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", off=("2019-06-17",))


def person(code: str, role: str, unit: str, **more: str) -> Person:
    return Person(code=code, role=role, unit=unit, email=f"{code}@example.invalid", **more)  # type: ignore[arg-type]


def lines(*people: Person, **parents: str | None) -> Lines:
    units = {"land": "top", "top": None} | parents
    return Lines(
        units={code: OfficeUnit(code=code, name=code, parent=parent) for code, parent in units.items()},
        people=people,
        role_order=("officer", "head", "chair"),
    )


OFFICER, COLLEAGUE = person("o1", "officer", "land"), person("o2", "officer", "land")
HEAD, CHAIR = person("h", "head", "top"), person("c", "chair", "top")
ALL = lines(OFFICER, COLLEAGUE, HEAD, CHAIR)


def test_the_officer_of_the_dossier_is_told_alone() -> None:
    assert ALL.recipients("officer", "land", "o2", on=DAY) == (COLLEAGUE,)


def test_without_an_officer_or_with_an_unknown_one_the_whole_unit_is_told() -> None:
    assert ALL.recipients("officer", "land", on=DAY) == (OFFICER, COLLEAGUE)
    assert ALL.recipients("officer", "land", "somebody", on=DAY) == (OFFICER, COLLEAGUE)


def test_an_officer_does_not_stand_for_a_role_of_others() -> None:
    assert ALL.recipients("head", "land", "o1", on=DAY) == (HEAD,)


def test_where_nobody_in_the_unit_holds_the_role_the_unit_above_is_asked() -> None:
    assert ALL.recipients("head", "land", on=DAY) == (HEAD,)


def test_where_nobody_holds_the_role_at_all_the_next_role_up_is_told() -> None:
    assert lines(CHAIR).recipients("officer", "land", on=DAY) == (CHAIR,)


def test_an_unknown_role_goes_up_from_the_lowest() -> None:
    assert lines(CHAIR).recipients("clerk", "land", on=DAY) == (CHAIR,)


def test_nobody_at_all_is_an_error_and_not_silence() -> None:
    with pytest.raises(RoutingError, match="nobody holds"):
        lines().recipients("officer", "land", on=DAY)
    with pytest.raises(RoutingError):
        ALL.recipients("officer", "a unit nobody knows", on=DAY)


def test_a_line_that_bites_its_tail_ends() -> None:
    ring = lines(top="land")
    assert list(ring.up_the_line("land")) == ["land", "top"]
    assert list(ring.up_the_line("unknown")) == ["unknown"]


@pytest.mark.parametrize(
    ("delivery", "now", "expected"),
    [
        ("at_once", "2019-06-15T23:00+07:00", "2019-06-15T23:00+07:00"),
        ("working_hours", "2019-06-14T10:59+07:00", "2019-06-14T10:59+07:00"),
        ("working_hours", "2019-06-14T11:00+07:00", "2019-06-14T13:00+07:00"),
        ("working_hours", "2019-06-14T17:00+07:00", "2019-06-18T07:00+07:00"),
        ("next_morning", "2019-06-14T00:00+07:00", "2019-06-14T07:00+07:00"),
        ("next_morning", "2019-06-14T06:00+07:00", "2019-06-14T07:00+07:00"),
        ("next_morning", "2019-06-14T07:00+07:00", "2019-06-14T07:00+07:00"),
        ("next_morning", "2019-06-14T07:59+07:00", "2019-06-14T07:59+07:00"),
        ("next_morning", "2019-06-14T08:00+07:00", "2019-06-18T07:00+07:00"),
        ("next_morning", "2019-06-14T23:59+07:00", "2019-06-18T07:00+07:00"),
        ("next_morning", "2019-06-13T23:59+07:00", "2019-06-14T07:00+07:00"),
        ("next_morning", "2019-06-16T12:00+07:00", "2019-06-18T07:00+07:00"),
    ],
)
def test_a_mail_waits_for_the_hours_its_person_asked_for(delivery: str, now: str, expected: str) -> None:
    told = person("p", "officer", "land", delivery=delivery)
    assert deliver_at(told, CALENDAR, now=datetime.fromisoformat(now)) == datetime.fromisoformat(expected)


@pytest.mark.parametrize("delivery", ["at_once", "working_hours", "next_morning"])
def test_what_is_urgent_waits_for_nobodys_hours(delivery: str) -> None:
    told = person("p", "officer", "land", delivery=delivery)
    sunday_night = datetime.fromisoformat("2019-06-16T23:00+07:00")
    assert deliver_at(told, CALENDAR, now=sunday_night, urgent=True) == sunday_night


@pytest.mark.parametrize(
    ("delivery", "at", "expected"),
    [
        ("at_once", "2019-06-14T17:03+07:00", "2019-06-14T17:03+07:00"),
        ("working_hours", "2019-06-14T16:59+07:00", "2019-06-14T16:59+07:00"),
        ("working_hours", "2019-06-14T17:03+07:00", "2019-06-18T07:00+07:00"),
        ("next_morning", "2019-06-14T10:00+07:00", "2019-06-14T10:00+07:00"),
        ("next_morning", "2019-06-14T17:03+07:00", "2019-06-18T07:00+07:00"),
    ],
)
def test_what_is_tried_again_waits_for_the_hours_of_its_person_too(
    delivery: str, at: str, expected: str
) -> None:
    told, moment = person("p", "officer", "land", delivery=delivery), datetime.fromisoformat(at)
    assert not_before(told, CALENDAR, at=moment) == datetime.fromisoformat(expected)
    assert not_before(told, CALENDAR, at=moment, urgent=True) == moment


SERVERS = frozenset({"mail", "sms"})
BOTH = replace(OFFICER, ways=("sms", "mail"), sms="+84900000001")


@pytest.mark.parametrize(
    ("who", "leaving", "kept", "ways"),
    [
        (OFFICER, SERVERS, SERVERS, ("mail",)),
        (BOTH, SERVERS, SERVERS, ("sms", "mail")),
        (BOTH, {"mail"}, SERVERS, ("mail",)),
        (BOTH, {"sms"}, SERVERS, ("sms",)),
        (BOTH, set(), SERVERS, ("sms",)),
        (OFFICER, {"sms"}, SERVERS, ("mail",)),
        (BOTH, set(), {"mail"}, ("mail",)),
        (replace(BOTH, ways=("sms",)), {"mail"}, {"mail"}, ()),
    ],
)
def test_the_ways_of_a_person_are_those_that_reach_somebody_in_the_order_they_asked_for(
    who: Person, leaving: set[Way], kept: set[Way], ways: tuple[Way, ...]
) -> None:
    assert ways_to(who, leaving=leaving, kept=kept) == ways


def test_a_person_is_reached_by_each_way_at_an_address_of_its_own() -> None:
    assert (BOTH.address("mail"), BOTH.address("sms")) == ("o1@example.invalid", "+84900000001")
