"""Lists come in: what is new, what has changed, what cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import local, refusals, row

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork


def test_a_new_dossier_is_accepted_with_its_due_date_and_its_next_moment(office: OfficeAtWork) -> None:
    report = office.take_in(row()).report
    assert report.counts() == {
        "rows": 1,
        "accepted": 1,
        "changed": 0,
        "unchanged": 0,
        "events": 1,
        "refused": 0,
    }
    clock = office.clock()
    assert clock is not None
    assert clock.due_at == local("18/06/2019 00:00")
    assert clock.next_action_at == local("13/06/2019 07:00")
    assert office.stored().due_original == local("18/06/2019 00:00")


def test_the_same_list_twice_changes_nothing(office: OfficeAtWork) -> None:
    rows = [row(f"HS-{n}") for n in range(5)]
    office.take_in(*rows)
    before = [office.stored(f"HS-{n}") for n in range(5)]
    report = office.take_in(*rows, now="04/06/2019 09:00").report
    assert (report.unchanged, report.events) == (5, 0)
    assert [office.stored(f"HS-{n}") for n in range(5)] == before


def test_unknown(office: OfficeAtWork) -> None:
    taken = office.take_in(row("A", procedure="9"), row("B", unit="xyz"), row("C"), row("C"))
    print(refusals(taken))
    assert taken.report.accepted == 1
