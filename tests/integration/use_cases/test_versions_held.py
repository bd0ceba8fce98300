"""A version of the configuration never changes: it is read once, and the one least asked for goes first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.builders import OFFICE, OfficeAtWork, row
from tests.office_texts import procedure
from workers.use_cases.office import load_office
from workers.use_cases.rebuild import rebuild

if TYPE_CHECKING:
    from config.sla import Sla
    from workers.use_cases.office import Office

VERSION = "2018-01-01"
MANY = 130


def counting(office: Office) -> tuple[Office, list[int]]:
    """Return the office with a list of the versions it asked the database for."""
    asked: list[int] = []

    def earlier(number: int) -> Sla:
        asked.append(number)
        return office.sla

    return replace(office, earlier=earlier, version=MANY * 2), asked


def test_each_version_is_asked_for_once_whatever_the_order(office: OfficeAtWork) -> None:
    of_many, asked = counting(load_office(office.store, OFFICE))
    for number in (1, 2, 3, 1, 2, 3, of_many.version):
        of_many.procedure("1.001", VERSION, number)
    assert asked == [1, 2, 3]


def test_among_very_many_versions_the_one_used_lately_stays(office: OfficeAtWork) -> None:
    of_many, asked = counting(load_office(office.store, OFFICE))
    for number in (*range(1, MANY - 1), 1, MANY - 1):
        of_many.procedure("1.001", VERSION, number)
    asked.clear()
    for number in (1, MANY - 1, 2):
        of_many.procedure("1.001", VERSION, number)
    assert asked == [2]


def test_dossiers_of_twenty_versions_in_turn_are_all_counted_by_their_own(office: OfficeAtWork) -> None:
    for days in range(1, 21):
        office.configure(ten=procedure("1.001", f"{days} working_days"))
        office.take_in(row(f"HS-{days % 7}-{days}"))
    found = rebuild(office.store, OFFICE, write=False)
    assert (found.dossiers, found.differing, found.failed) == (20, {}, {})
