"""Every night one hash for all that was recorded since the one before, whoever is recording meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import OFFICE, local, row
from workers.use_cases.anchoring import anchor_day
from workers.use_cases.verify import Verification

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork


def test_an_anchor_is_made_once_a_day_and_covers_what_came_since(office: OfficeAtWork) -> None:
    office.take_in(row(), row("HS-2"))
    night = local("04/06/2019 00:05")
    first = anchor_day(office.store, OFFICE, now=night)
    assert first is not None
    assert (first.number, f"{first.day}", first.events) == (1, "2019-06-03", 2)
    assert anchor_day(office.store, OFFICE, now=local("04/06/2019 23:00")) is None
    office.event("finished", at="04/06/2019 10:00", now="04/06/2019 11:00")
    second = anchor_day(office.store, OFFICE, now=local("05/06/2019 00:05"))
    assert second is not None
    assert (second.number, second.events) == (2, 1)
    assert list(Verification(office.store, OFFICE).alterations()) == []


def test_an_old_office_is_anchored_in_several_pieces(office: OfficeAtWork) -> None:
    office.take_in(*(row(f"HS-{number}") for number in range(5)))
    night = local("04/06/2019 00:05")
    made = [anchor_day(office.store, OFFICE, now=night, most=2) for _ in range(4)]
    assert [one.events for one in made if one] == [2, 2, 1]
    assert list(Verification(office.store, OFFICE).alterations()) == []


def test_no_anchor_is_made_while_events_are_being_recorded(office: OfficeAtWork) -> None:
    office.take_in(row())
    night = local("04/06/2019 00:05")
    if not office.store.url.startswith("sqlite"):  # its one writer lets nobody else begin
        with office.store.begin(OFFICE) as work:
            work.events.append([])
            assert anchor_day(office.store, OFFICE, now=night) is None
    assert anchor_day(office.store, OFFICE, now=night) is not None
