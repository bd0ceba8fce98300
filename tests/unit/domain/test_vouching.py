"""What the office vouches for: chains of rows, the anchor of a day, the seal of a report."""

from __future__ import annotations

import pytest

from domain.anchor import Recorded, Running, goes_back, moved_by
from domain.hash_chain import NO_HASH, Link, bind, walk
from domain.on_time_rate import Counts
from domain.seal import Moved, canonical, counts_in, figures_of, moved, place_of, place_on_form

EVENTS = [Recorded("7", "HS-1", "1", "a" * 64), Recorded("12", "HS-2", "1", "b" * 64)]


def running(*events: Recorded) -> Running:
    made = Running()
    for event in events:
        made.add(event)
    return made


def test_a_number_that_comes_twice_in_a_chain_has_no_place() -> None:
    first = Link("c", 1, ("x",), bind(NO_HASH, ("x",)))
    again = Link("c", 1, ("y",), bind(first.hash, ("y",)))
    assert [(fault.kind, fault.number) for fault in walk([first, again])] == [("unplaced", 1)]


def test_an_anchor_covers_events_in_their_order_and_their_sum_in_any() -> None:
    one, other = running(*EVENTS), running(*reversed(EVENTS))
    assert (one.events, other.events) == (2, 2)
    assert one.running != other.running
    assert one.total == other.total
    assert running().running == NO_HASH


@pytest.mark.parametrize("altered", ["17", "2", "122", "3"])
def test_an_event_whose_id_was_altered_goes_back_where_it_is_missing(altered: str) -> None:
    event = EVENTS[1]
    lack = moved_by(running(*EVENTS).total, running(EVENTS[0]).total)
    assert lack == event.mark
    found = goes_back(event._replace(id=altered), {lack: 5})
    assert found == (("12", 5) if altered != "3" else None), "one digit altered, put in or left out"


def test_an_event_that_stands_elsewhere_in_the_same_anchor_is_found_by_what_the_sum_lacks() -> None:
    event = EVENTS[1]._replace(id="13")
    lack = moved_by(running(*EVENTS).total, running(EVENTS[0], event).total)
    assert goes_back(event, {lack: 2}) == ("12", 2)


def test_the_figures_of_a_seal_follow_from_the_places_of_its_dossiers() -> None:
    early, late = Counts(early=1), Counts(late=1, carried_in=1)
    places = [
        canonical(place_of(["land"], early) | {"form": place_on_form("Đất đai", (3, 4, 7, 8), None)}),
        canonical(place_of(["land"], late) | {"form": place_on_form("Đất đai", (3, 6, 7, 10), None)}),
        canonical(place_of(["land"], late) | {"form": place_on_form("Đất đai", (), "withdrawn")}),
        canonical(place_of(["civil"], early)),
    ]
    figures = figures_of(places)
    assert figures["total"] == {"early": 2, "late": 2, "carried_in": 2}
    assert figures["rows"] == [
        {"cell": ["civil"], "counts": {"early": 1}},
        {"cell": ["land"], "counts": {"early": 1, "late": 2, "carried_in": 2}},
    ]
    assert figures["form"] == [
        {"field": "Đất đai", "columns": {"3": 2, "4": 1, "6": 1, "7": 2, "8": 1, "10": 1}}
    ]
    assert figures["annex"] == {"withdrawn": 1}
    assert counts_in(figures) == Counts(early=2, late=2, carried_in=2)
    assert figures_of(reversed(places)) == figures


def test_what_moved_is_what_stands_elsewhere_by_code() -> None:
    was, now = {"B": "x", "A": "x", "C": "x"}, {"B": "y", "C": "x", "D": "z"}
    assert moved(was, now) == [Moved("A", "x", ""), Moved("B", "x", "y"), Moved("D", "", "z")]
