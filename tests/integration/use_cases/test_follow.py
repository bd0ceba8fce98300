"""A calendar that changed moves every open dossier it concerns, once, and says so; nothing else moves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.event import Event
from domain.history import apply
from tests.builders import OFFICE, OfficeAtWork, local, row
from tests.office_texts import LADDERS_FILE, YEAR_FILE, procedure
from workers.use_cases.follow import Followed, follow
from workers.use_cases.office import load_office
from workers.use_cases.rebuild import rebuild
from workers.use_cases.recording import Recorder, record
from workers.use_cases.standing import planned_rungs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

STORM = '  { date = 2019-06-12, kind = "off", name = "Bão số 1", source = "luat", verified = "yes" },\n'
YEAR = "calendar/2019.toml"
AFTER_STORM = {YEAR: YEAR_FILE.replace("days = [\n", f"days = [\n{STORM}")}
NOON = "04/06/2019 12:00"
ACCEPTED = {"procedure": "1.001", "procedure_version": "2018-01-01", "unit": "land"}


def clock_at(text: str) -> Callable[[], datetime]:
    return lambda: local(text)


def followed(office: OfficeAtWork, *, now: str = NOON, batch: int = 500) -> Followed:
    return follow(office.store, OFFICE, clock=clock_at(now), batch=batch)


def due(office: OfficeAtWork, code: str = "HS-1") -> datetime | None:
    clock = office.clock(code)
    return clock.due_at if clock else None


def consistent(office: OfficeAtWork) -> bool:
    found = rebuild(office.store, OFFICE, write=False)
    return not found.differing and not found.failed


def test_a_day_off_moves_the_open_dossiers_that_count_over_it_and_no_other(office: OfficeAtWork) -> None:
    office.take_in(row(), row("HS-2", procedure="1.004"), row("HS-3", procedure="1.002"))
    office.configure(now="04/06/2019 08:00", **AFTER_STORM)
    done = followed(office)
    assert (done.moved, done.done, done.failed) == (1, True, {})
    assert due(office) == local("19/06/2019")
    assert [office.kinds(code)[1:] for code in ("HS-1", "HS-2", "HS-3")] == [["calendar_changed"], [], []]
    event = office.history()[-1]
    assert (event.sla_version, event.event.data["due_before"], event.event.data["due_after"]) == (
        2,
        "2019-06-17",
        "2019-06-18",
    )
    assert event.event.data["reason"] == "thử"
    clock = office.clock()
    assert clock is not None
    assert (clock.derived_under, clock.epoch) == (2, 1)
    assert consistent(office)


def test_following_twice_changes_nothing_more(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.configure(now="04/06/2019 08:00", **AFTER_STORM)
    followed(office)
    again = followed(office)
    assert (again.looked_at, again.moved, again.done) == (0, 0, True)
    assert office.kinds() == ["accepted", "calendar_changed"]


def test_a_closed_dossier_is_never_touched(office: OfficeAtWork) -> None:
    office.take_in(row(finished="12/06/2019 10:00", status="Đã xử lý xong"), now="17/06/2019 09:00")
    before = office.stored()
    office.configure(now="17/06/2019 10:00", **AFTER_STORM)
    followed(office, now="17/06/2019 11:00")
    assert office.stored() == before
    assert office.kinds() == ["accepted", "finished"]


def test_a_calendar_change_is_not_the_one_re_appointment(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.configure(now="04/06/2019 08:00", **AFTER_STORM)
    followed(office)
    said = {"at": "05/06/2019 08:00", "now": "05/06/2019 08:00", "appointed_on": "2019-06-25"}
    assert office.event("reappointed", **said) is None
    clock = office.clock()
    assert clock is not None
    assert (clock.due_at, clock.appointed_at) == (local("19/06/2019"), local("26/06/2019"))


def test_what_a_kill_left_undone_is_found_by_its_state(office: OfficeAtWork) -> None:
    office.take_in(*[row(f"HS-{n}") for n in range(1, 8)])
    office.configure(now="04/06/2019 08:00", **AFTER_STORM)

    def kill(so_far: Followed) -> None:
        if so_far.moved >= 4:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        follow(office.store, OFFICE, clock=clock_at(NOON), batch=2, progress=kill)
    dates = [due(office, f"HS-{n}") for n in range(1, 8)]
    assert dates == [local("19/06/2019")] * 4 + [local("18/06/2019")] * 3
    assert followed(office).busy, "somebody may still be at it"
    later = followed(office, now="04/06/2019 12:05")
    assert (later.moved, later.done) == (3, True)
    assert {due(office, f"HS-{n}") for n in range(1, 8)} == {local("19/06/2019")}
    assert all(office.kinds(f"HS-{n}") == ["accepted", "calendar_changed"] for n in range(1, 8))
    assert consistent(office)


def test_until_it_has_followed_a_dossier_is_read_by_its_old_calendar(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.configure(now="04/06/2019 08:00", **AFTER_STORM)
    stored, clock, loaded = office.stored(), office.clock(), load_office(office.store, OFFICE)
    before = [entry.at for entry in planned_rungs(stored, loaded, clock)]
    assert before[0] == local("13/06/2019 07:00")
    settled = replace(loaded, followed=loaded.version)
    # 12 June is off under the new calendar, but the due date is still the old one: no mixture of both.
    assert planned_rungs(stored, settled, clock)[0].at == local("13/06/2019 07:00")
    office.configure(now="04/06/2019 09:00", **{YEAR: AFTER_STORM[YEAR].replace("06-12", "06-14")})
    stored, loaded = office.stored(), load_office(office.store, OFFICE)
    assert planned_rungs(stored, loaded, clock)[0].at == local("13/06/2019 07:00")
    assert planned_rungs(stored, replace(loaded, followed=3), clock)[0].at == local("12/06/2019 07:00")


def test_a_list_that_goes_on_under_the_old_version_is_followed_all_the_same(office: OfficeAtWork) -> None:
    under_the_first = load_office(office.store, OFFICE)
    office.configure(now="04/06/2019 08:00", **AFTER_STORM)
    assert followed(office).done
    event = Event(kind="accepted", occurred_at=local("03/06/2019 08:00"), data=ACCEPTED)
    recorder = Recorder(office=under_the_first, actor="list", now=local("04/06/2019 13:00"))
    change = recorder.prepare([(event, apply(None, event, code="HS-9"))], before=None, clock=None)
    with office.store.begin(OFFICE) as work:
        record([change], work)
        work.commit()
    assert due(office, "HS-9") == local("18/06/2019")
    assert load_office(office.store, OFFICE).followed == 1
    assert followed(office, now="04/06/2019 13:01").moved == 1
    assert due(office, "HS-9") == local("19/06/2019")
    assert consistent(office)


def test_a_new_limit_leaves_open_dossiers_alone(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.configure(now="04/06/2019 08:00", ten=procedure("1.001", "3 working_days"))
    done = followed(office)
    assert (done.looked_at, done.moved) == (0, 0)
    assert due(office) == local("18/06/2019")


def test_a_rung_that_is_new_is_told_in_time_though_nobody_would_have_looked(office: OfficeAtWork) -> None:
    office.take_in(row())
    early = LADDERS_FILE.replace('code = "t-2"\nbefore = "2 ', 'code = "t-6"\nbefore = "6 ')
    office.configure(now="04/06/2019 08:00", **{"ladders.toml": early})
    followed(office)
    clock = office.clock()
    assert clock is not None
    assert clock.next_action_at == local("07/06/2019 07:00")
    assert clock.due_at == local("18/06/2019")
    assert office.kinds() == ["accepted"]


def test_nobody_is_looked_at_later_than_before(office: OfficeAtWork) -> None:
    office.take_in(row())
    before = office.clock()
    late = LADDERS_FILE.replace('before = "2 ', 'before = "1 ')
    office.configure(now="04/06/2019 08:00", **{"ladders.toml": late})
    followed(office)
    assert office.clock() == before
