"""Tasks of the plan are seen wherever dossiers are: what waits for an answer, plans ahead, and on return."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from config.sla import parse
from tests.builders import LEASE, OFFICE, delivery, local, mail_by
from tests.reform_office import FILES, task_row
from tests.reform_plans import code
from workers.store.versions import Said
from workers.use_cases.acknowledge import Source, acknowledge
from workers.use_cases.coming_back import tell_returned
from workers.use_cases.office import load_office
from workers.use_cases.plan import Plan, Planner
from workers.use_cases.unanswered import unanswered

if TYPE_CHECKING:
    from tests.reform_office import ReformOffice
    from workers.use_cases.forecast import Letter

# Due on Monday 1 July 2019: five working days before is Monday 24 June, one after is Tuesday the 2nd.
PLAN = (task_row(1, "Một"), task_row(2, "Hai", "Quý III"))
AFTER = "02/07/2019 07:00"


def waiting(office: ReformOffice, now: str) -> list[tuple[str, str, str]]:
    with office.store.read(OFFICE) as work:
        found = unanswered(work, load_office(office.store, OFFICE), now=local(now), limit=50)
    return [(one.code, one.rung, one.recipient) for one in found]


def test_a_late_task_nobody_has_answered_for_waits_among_the_unacknowledged(office: ReformOffice) -> None:
    office.take_in(PLAN)
    office.tick("01/07/2019 12:00")
    assert waiting(office, "01/07/2019 12:00") == []
    office.tick(AFTER)
    assert waiting(office, AFTER) == [(code(1), "r+1", "land.head")]
    acknowledge(office.store, OFFICE, code(1), "land.head", Source(way="cli", actor="t", now=local(AFTER)))
    assert waiting(office, AFTER) == []


def test_what_was_asked_of_a_task_that_is_done_or_moved_waits_no_more(office: ReformOffice) -> None:
    office.take_in(PLAN)
    office.tick(AFTER)
    office.take_in((task_row(1, "Một", "Quý III"),), now="02/07/2019 08:00")
    assert waiting(office, "02/07/2019 08:00") == []


def planned(office: ReformOffice, now: str, **files: str) -> tuple[Plan, list[tuple[Letter, bool]]]:
    letters: list[tuple[Letter, bool]] = []
    planner = Planner(
        store=office.store,
        office=load_office(office.store, OFFICE),
        sla=parse(office.files | files),
        said=Said(author="ops", reason="thử"),
        now=local(now),
        period=(local("01/01/2019"), local("01/01/2020")),
        on_letter=lambda letter, comes: letters.append((letter, comes)),
    )
    return planner.plan(), letters


def test_a_plan_counts_the_reminders_of_tasks_in_the_next_ten_working_days(office: ReformOffice) -> None:
    office.take_in(PLAN)
    made, letters = planned(office, "20/06/2019 08:00")
    # r-5 on 24 June and r+1 on 2 July; nobody answers, so that it goes up too.
    assert (made.letters_before, made.letters_before) == (made.letters_after, made.letters_after)
    assert made.letters_before >= 2
    assert letters == []
    assert planned(office, "01/03/2019 08:00")[0].letters_before == 0


def test_another_ladder_of_the_plan_shows_which_reminders_come_and_go(office: ReformOffice) -> None:
    office.take_in(PLAN)
    rung = 'code = "{0}"\nbefore = "{1} working_days"'
    ladders = FILES["ladders.toml"].replace(rung.format("r-5", 5), rung.format("r-4", 4))
    assert ladders != FILES["ladders.toml"]
    made, letters = planned(office, "20/06/2019 08:00", **{"ladders.toml": ladders})
    assert {(letter.code, letter.rung, comes) for letter, comes in letters} == {
        (code(1), "r-5", False),
        (code(1), "r-4", True),
    }
    assert (made.gone, made.new) == ({("reform_task", "land.head"): 1}, {("reform_task", "land.head"): 1})


def test_a_plan_tells_what_ticks_then_do(office: ReformOffice) -> None:
    office.take_in(PLAN)
    made, _ = planned(office, "20/06/2019 08:00")
    moment = local("20/06/2019 08:00")
    while moment <= made.window.until:
        office.tick(moment.strftime("%d/%m/%Y %H:%M"))
        moment += timedelta(hours=1)
    told = [one for one in office.notices(code(1)) if one.state != "covered"]
    assert len(told) == made.letters_before


AWAY = '\n[[absences]]\nperson = "land.head"\nfrom = 2019-06-20\nto = 2019-06-28\nsubstitute = "civil.head"\n'


def away(office: ReformOffice) -> None:
    office.configure("19/06/2019 08:00", **{"people.toml": office.files["people.toml"] + AWAY})


def test_whoever_was_away_reads_on_return_what_was_told_of_tasks_meanwhile(office: ReformOffice) -> None:
    office.take_in(PLAN)
    away(office)
    office.tick("24/06/2019 08:00")
    assert {one.recipient: one.state for one in office.notices(code(1))}["land.head"] == "passed"
    office.sent.clear()
    now = local("01/07/2019 08:00")
    ids = tell_returned(office.store, OFFICE, now=now, lease=LEASE)
    delivery(office.store, mail_by(office), lambda: now).deliver(OFFICE, ids)
    (letter,) = office.to("land.head")
    assert letter.subject == "Trong khi bạn vắng: 1 việc đã báo người khác thay"
    assert code(1) in letter.text
    assert "01/07/2019" in letter.text
    assert tell_returned(office.store, OFFICE, now=now, lease=LEASE) == []


def test_of_a_task_done_meanwhile_nothing_is_told_on_return(office: ReformOffice) -> None:
    office.take_in(PLAN)
    away(office)
    office.tick("24/06/2019 08:00")
    office.set(code(1), "done", "25/06/2019", now="25/06/2019 09:00")
    assert tell_returned(office.store, OFFICE, now=local("01/07/2019 08:00"), lease=LEASE) == []
