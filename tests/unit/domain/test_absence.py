"""Who is away is told by whoever stands in, for those days and no others; never silence, never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.absence import Absence, absence_on, circle_of
from domain.caretakers import caretakers
from domain.routing import Lines, OfficeUnit, Person

FIRST, LAST = date(2019, 6, 3), date(2019, 6, 7)
DAY = date(2019, 6, 5)


def person(code: str, role: str = "officer", unit: str = "land") -> Person:
    return Person(code=code, role=role, unit=unit, email=f"{code}@example.invalid")


def away(who: Person, substitute: str | None = None, first: date = FIRST, last: date = LAST) -> Person:
    absence = Absence(first=first, last=last, substitute=substitute)
    return replace(who, absences=(*who.absences, absence))


A, B, C = person("a"), person("b"), person("c")
HEAD, CHAIR, DESK = person("h", "head"), person("x", "chair", "top"), person("d", "officer", "desk")


def lines(*people: Person) -> Lines:
    units = {"top": None, "land": "top", "desk": "top"}
    return Lines(
        units={code: OfficeUnit(code=code, name=code, parent=parent) for code, parent in units.items()},
        people=people,
        role_order=("officer", "head", "chair"),
    )


def told(office: Lines, role: str = "officer", officer: str | None = "a", on: date = DAY) -> dict[str, str]:
    """Return for each person told, by code, those in whose place it is."""
    found = office.told(role, "land", officer, on=on)
    assert office.recipients(role, "land", officer, on=on) == tuple(entry.person for entry in found)
    return {entry.person.code: " ".join(p.code for p in entry.in_place_of) for entry in found}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2019, 6, 2), {"a": ""}),
        (FIRST, {"d": "a"}),
        (LAST, {"d": "a"}),
        (date(2019, 6, 8), {"a": ""}),
    ],
)
def test_the_substitute_is_told_from_the_first_to_the_last_day(day: date, expected: dict[str, str]) -> None:
    assert told(lines(away(A, "d"), B, DESK), on=day) == expected


def test_one_of_several_absences_is_found() -> None:
    twice = away(away(A, "b"), "d", date(2019, 7, 1), date(2019, 7, 1))
    assert twice.away_on(date(2019, 7, 1)) == Absence(
        first=date(2019, 7, 1), last=date(2019, 7, 1), substitute="d"
    )
    assert absence_on(twice.absences, date(2019, 6, 30)) is None


def test_two_absences_that_share_a_day_overlap() -> None:
    week = Absence(first=FIRST, last=LAST)
    assert week.overlaps(Absence(first=LAST, last=date(2019, 6, 10)))
    assert week.overlaps(Absence(first=date(2019, 6, 1), last=FIRST))
    assert week.overlaps(Absence(first=DAY, last=DAY))
    assert not week.overlaps(Absence(first=date(2019, 6, 8), last=date(2019, 6, 10)))
    assert not week.overlaps(Absence(first=date(2019, 6, 1), last=date(2019, 6, 2)))


def test_a_chain_of_substitutes_is_followed_to_whoever_is_there() -> None:
    assert told(lines(away(A, "b"), away(B, "d"), C, DESK)) == {"d": "a"}


@pytest.mark.parametrize(
    "office",
    [
        lines(away(A), B, C),
        lines(away(A, "gone"), B, C),
        lines(away(A, "d"), B, C, away(DESK)),
        lines(away(A, "d"), B, C, away(DESK, "a")),
        lines(C, away(A), B),
    ],
)
def test_without_a_substitute_who_is_there_the_next_holder_in_the_unit_is_told(office: Lines) -> None:
    assert told(office) == {"b": "a"}


def test_after_the_last_holder_of_the_file_comes_the_first() -> None:
    assert told(lines(B, C, away(A))) == {"b": "a"}


def test_the_next_holder_is_away_too_and_the_one_after_is_told() -> None:
    assert told(lines(away(A), away(B), C)) == {"c": "a"}
    assert told(lines(away(A), away(B, "d"), C, DESK)) == {"d": "a"}


def test_where_the_whole_role_is_away_it_goes_up_the_line_in_the_place_of_those_first_asked() -> None:
    assert told(lines(away(A), away(B), HEAD, CHAIR)) == {"h": "a"}
    assert told(lines(away(A), away(B), HEAD, CHAIR), officer=None) == {"h": "a b"}
    assert told(lines(away(A), away(HEAD), CHAIR)) == {"x": "a"}


def test_of_a_whole_unit_those_there_are_told_once_and_for_the_others() -> None:
    assert told(lines(away(A), B, C), officer=None) == {"b": "a", "c": ""}
    assert told(lines(away(A, "b"), B, C), officer=None) == {"b": "a", "c": ""}
    assert told(lines(B, away(A, "b"), C), officer=None) == {"b": "a", "c": ""}
    assert told(lines(away(A, "d"), away(B, "d"), C, DESK), officer=None) == {"d": "a b", "c": ""}


def test_where_everybody_is_away_those_asked_first_are_told_all_the_same() -> None:
    assert told(lines(away(A), away(B), away(HEAD))) == {"a": ""}
    assert told(lines(away(A), away(B), away(HEAD)), officer=None) == {"a": "", "b": ""}


def test_an_officer_lent_by_another_unit_is_followed_by_the_holders_of_this_one() -> None:
    assert told(lines(A, B, away(DESK)), officer="d") == {"a": "d"}


def test_standing_in_goes_round_only_where_all_are_away_at_once() -> None:
    june, july = (FIRST, LAST), (date(2019, 7, 1), date(2019, 7, 5))
    from_a, from_b = (Absence(first=june[0], last=june[1], substitute=code) for code in "ba")
    assert circle_of("a", from_a, {"a": (from_a,), "b": (from_b,)}) == ("a", "b", "a")
    assert circle_of("b", from_b, {"a": (from_a,), "b": (from_b,)}) == ("b", "a", "b")
    later = replace(from_b, first=july[0], last=july[1])
    assert circle_of("a", from_a, {"a": (from_a,), "b": (later,)}) == ()
    last_day = replace(from_b, first=LAST, last=july[1])
    assert circle_of("a", from_a, {"a": (from_a,), "b": (last_day,)}) == ("a", "b", "a")
    assert circle_of("a", from_a, {"a": (from_a,), "b": (replace(from_b, substitute=None),)}) == ()


def test_whoever_leads_into_a_circle_is_not_blamed_for_it() -> None:
    from_a, from_b, from_c = (Absence(first=FIRST, last=LAST, substitute=code) for code in "bcb")
    known = {"a": (from_a,), "b": (from_b,), "c": (from_c,)}
    assert circle_of("a", from_a, known) == ()
    assert circle_of("b", from_b, known) == ("b", "c", "b")
    office = lines(away(A, "b"), away(B, "c"), away(C, "b"), HEAD)
    assert told(office) == {"h": "a"}, "a configuration recorded long ago still answers"


def test_caretakers_who_are_away_are_told_through_whoever_stands_in() -> None:
    ops, second = person("o1", "ops", "desk"), person("o2", "ops", "land")
    assert caretakers(lines(away(ops, "d"), second, DESK), "ops", on=DAY) == (DESK, second)
    assert caretakers(lines(away(ops), second), "ops", on=DAY) == (second,)
    assert caretakers(lines(away(ops), CHAIR), "ops", on=DAY) == (CHAIR,)
    assert caretakers(lines(away(ops)), "ops", on=DAY)[0].code == "o1"
