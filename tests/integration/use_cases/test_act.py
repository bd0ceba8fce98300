"""What has come due is told once, to the right people, whatever runs twice, late or half."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text

from tests.builders import LEASE, OFFICE, local, row
from tests.office_texts import procedure
from workers.use_cases.act import Acted, act_on_batch
from workers.use_cases.machinery import machinery_of
from workers.use_cases.signs import Run

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork

DONE = {"finished": "14/06/2019 10:00", "status": "Đã xử lý xong"}


def break_dossier(office: OfficeAtWork, code: str) -> None:
    """Let a dossier be bound to a version of its procedure that no configuration has."""
    with office.store.begin(OFFICE) as work:
        stored = work.dossiers.load([code])[code]
        broken = replace(stored, dossier=stored.dossier._replace(procedure_version="1999-01-01"))
        work.dossiers.update([broken])
        work.commit()


def test_a_rung_that_has_come_due_is_told_to_the_officer_of_the_dossier(office: OfficeAtWork) -> None:
    office.take_in(row())
    acted = office.act(now="13/06/2019 08:00")
    assert (acted.claimed, acted.moved, acted.failed) == (1, 1, {})
    assert office.told() == [("t-2", "land.1", "planned")]
    (notice,) = office.notices()
    assert acted.deliver_now == [notice.id]
    assert notice.planned_at == local("13/06/2019 07:00")
    assert (notice.kind, notice.role, notice.level) == ("apology", "officer", 1)
    clock = office.clock()
    assert clock is not None
    assert clock.next_action_at == local("17/06/2019 07:00")


def test_a_minute_before_the_rung_nothing_is_told(office: OfficeAtWork) -> None:
    office.take_in(row())
    assert office.act(now="13/06/2019 06:59").claimed == 0
    assert office.act(now="13/06/2019 07:00").claimed == 1


def test_acting_twice_tells_once(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.act(now="13/06/2019 08:00")
    again = office.act(now="13/06/2019 08:01")
    assert (again.claimed, again.deliver_now) == (0, [])
    assert len(office.notices()) == 1


def test_acting_at_once_in_many_places_tells_once(office: OfficeAtWork) -> None:
    codes = [f"HS-{n}" for n in range(20)]
    office.take_in(*(row(code) for code in codes))

    def act(turn: int) -> Acted:
        order = codes[turn:] + codes[:turn]
        return act_on_batch(office.store, OFFICE, order, now=local("19/06/2019 08:00"), lease=LEASE)

    with ThreadPoolExecutor(6) as threads:
        acted = list(threads.map(act, range(6)))
    per_dossier = [office.told(code) for code in codes]
    assert all(told == per_dossier[0] for told in per_dossier)
    assert sum(entry.claimed for entry in acted) == sum(map(len, per_dossier))
    ids = [notice_id for entry in acted for notice_id in entry.deliver_now]
    assert len(ids) == len(set(ids))


def test_after_a_gap_every_rung_is_recorded_and_each_person_gets_one_message(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.act(now="24/06/2019 08:00")
    assert office.told() == [
        ("due", "land.1", "covered"),
        ("t+1", "land.1", "planned"),
        ("t+1", "land.head", "covered"),
        ("t+3", "land.head", "planned"),
        ("t-2", "land.1", "covered"),
    ]
    assert {n.covered_by for n in office.notices() if n.recipient == "land.1"} == {None, "t+1"}
    clock = office.clock()
    assert clock is not None
    assert clock.next_action_at is None


def test_an_earlier_message_that_never_went_is_told_in_the_later_one(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.act(now="13/06/2019 08:00")
    office.act(now="17/06/2019 08:00")
    assert office.told() == [("due", "land.1", "planned"), ("t-2", "land.1", "covered")]


def test_nobody_is_told_outside_the_hours_they_asked_for(office: OfficeAtWork) -> None:
    office.take_in(row("A"), row("B", unit="civil", officer="civil.1", procedure="1.001"))
    office.act("A", "B", now="13/06/2019 22:00")
    deliver_at = {n.recipient: n.deliver_at for code in "AB" for n in office.notices(code)}
    assert deliver_at["land.1"] == local("13/06/2019 22:00")
    assert deliver_at["civil.1"] == local("14/06/2019 07:00")


def test_one_dossier_that_cannot_be_judged_fails_alone_and_is_reported(office: OfficeAtWork) -> None:
    office.take_in(row("A"), row("C"))
    break_dossier(office, "A")
    acted = office.act("A", "C", now="13/06/2019 08:00")
    assert list(acted.failed) == ["A"]
    assert "1.001" in acted.failed["A"]
    assert office.told("C") == [("t-2", "land.1", "planned")]
    assert office.told("A") == []
    now = local("13/06/2019 08:00")
    with office.store.read(OFFICE) as work:
        seen = machinery_of(work, now=now)
    assert seen.failing == ("A",)
    assert seen.runs["act_on_batch"].run == Run(seen=2, due=2, claimed=1, failed=1)


def test_one_dossier_that_cannot_even_be_read_fails_alone_and_is_reported(office: OfficeAtWork) -> None:
    codes = [f"HS-{n}" for n in range(7)]
    office.take_in(*(row(code) for code in codes))
    engine = create_engine(office.store.url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE dossiers SET pauses = '[[' WHERE code = 'HS-4'"))
    engine.dispose()
    acted = office.act(*codes, now="13/06/2019 08:00")
    assert list(acted.failed) == ["HS-4"]
    assert (acted.claimed, acted.moved, len(acted.deliver_now)) == (6, 6, 6)
    assert [len(office.notices(code)) for code in codes] == [1, 1, 1, 1, 0, 1, 1]
    with office.store.read(OFFICE) as work:
        assert list(work.journal.heartbeats()["failing"].data["codes"]) == ["HS-4"]


def test_a_dossier_that_failed_is_looked_at_again_after_the_lease(office: OfficeAtWork) -> None:
    office.take_in(row("A"))
    break_dossier(office, "A")
    assert office.sweep(now="13/06/2019 08:00") == ["A"]
    assert list(office.act("A", now="13/06/2019 08:00").failed) == ["A"]
    assert office.sweep(now="13/06/2019 08:01") == []
    assert office.sweep(now="13/06/2019 08:02") == ["A"]


def test_finishing_takes_back_what_waits_in_the_same_transaction(office: OfficeAtWork) -> None:
    office.take_in(row(unit="civil", officer="civil.1"))
    office.act(now="13/06/2019 22:00")
    assert office.told() == [("t-2", "civil.1", "planned")]
    office.take_in(row(unit="civil", officer="civil.1", **DONE), now="14/06/2019 11:00")
    assert office.told() == [("t-2", "civil.1", "cancelled")]
    assert office.act(now="18/06/2019 08:00") == Acted()


def test_a_finish_that_is_refused_takes_nothing_back(office: OfficeAtWork) -> None:
    office.take_in(row(unit="civil", officer="civil.1"))
    office.act(now="13/06/2019 22:00")
    error = office.event("finished", at="01/06/2019 08:00", now="14/06/2019 08:00")
    assert error is not None
    assert office.told() == [("t-2", "civil.1", "planned")]


def test_a_due_date_that_moved_begins_its_ladder_anew(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.act(now="13/06/2019 08:00")
    office.take_in(row(status="Tạm dừng", status_at="13/06/2019 10:00"), now="13/06/2019 11:00")
    assert office.act(now="17/06/2019 08:00").claimed == 0
    office.take_in(row(status_at="20/06/2019 08:00"), now="20/06/2019 09:00")
    clock = office.clock()
    assert clock is not None
    assert (clock.epoch, clock.due_at) == (1, local("25/06/2019 00:00"))
    office.act(now="20/06/2019 09:30")
    told = [(n.epoch, n.rung, n.state) for n in office.notices()]
    assert told == [(0, "t-2", "cancelled"), (1, "t-2", "planned")]


def test_an_unknown_or_closed_dossier_is_passed_over(office: OfficeAtWork) -> None:
    office.take_in(row(**DONE), now="15/06/2019 09:00")
    assert office.act("HS-1", "HS-404", now="24/06/2019 08:00") == Acted()


def test_a_dossier_without_a_limit_is_never_told_of(office: OfficeAtWork) -> None:
    office.take_in(row(procedure="1.003"))
    acted = office.act(now="24/12/2019 08:00")
    assert (acted.claimed, acted.failed) == (0, {})


def test_a_limit_in_hours_is_told_in_hours(office: OfficeAtWork) -> None:
    office.take_in(row(procedure="1.002"))
    clock = office.clock()
    assert clock is not None
    # Received at 8: three hours until the noon break, the fourth ends at 14; one hour before, that is 13.
    assert clock.due_at == local("03/06/2019 14:00")
    assert clock.next_action_at == local("03/06/2019 13:00")


def test_nobody_at_all_is_an_error_that_is_shown_and_not_silence(office: OfficeAtWork) -> None:
    office.configure(
        now="01/06/2019 08:00", ten=procedure("1.001", "10 working_days").replace("land", "civil")
    )
    office.take_in(row(unit="civil", officer=""))
    acted = office.act(now="24/06/2019 08:00")
    assert acted.failed == {}
    # The unit has no head of its own: the one above is told.
    assert ("t+3", "top.head", "planned") in office.told()
