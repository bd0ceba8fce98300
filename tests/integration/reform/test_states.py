"""A state of a task is recorded once, with who, when and why; reports of past days stay what they were."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from domain.errors import HistoryError
from domain.period import period_of
from tests.builders import OFFICE, local
from tests.office_texts import YEAR_FILE
from tests.reform_office import task_row
from tests.reform_plans import DONE, ROWS, YEAR, code
from workers.use_cases.reform_report import reform_report
from workers.use_cases.verify import Verification

if TYPE_CHECKING:
    from tests.reform_office import ReformOffice
    from workers.reports.reform import ReformReport

PLAN = (task_row(1, "Một"), task_row(2, "Hai", "Thường xuyên"), task_row(3, "Ba", "Quý IV", lead="civil"))
DOCUMENT = "12/QĐ-UBND"


def report(office: ReformOffice, period: str, as_of: str, *, known: bool = False) -> ReformReport:
    at = local(as_of)
    seen = at if known else None
    return reform_report(office.store, OFFICE, period_of(period), year=YEAR, as_of=at, known=seen)


def test_a_state_is_recorded_with_who_when_and_why_and_only_once(office: ReformOffice) -> None:
    office.take_in(PLAN)
    assert office.set(code(1), "done", "20/06/2019", now="21/06/2019 09:00").outcome == "recorded"
    assert office.set(code(1), "done", "20/06/2019", now="22/06/2019 09:00").outcome == "already"
    last = office.history(code(1))[-1].event
    assert (last.actor, last.recorded_at, dict(last.data)) == (
        "test", local("21/06/2019 09:00"), {"state": "done", "reason": "thử"},
    )  # fmt: skip
    assert len(office.history(code(1))) == 2


def test_an_unknown_task_and_a_day_to_come_are_refused_and_leave_nothing(office: ReformOffice) -> None:
    office.take_in(PLAN)
    for task, on in (("CCHC-2019-99", "20/06/2019"), (code(1), "22/06/2019")):
        with pytest.raises(HistoryError):
            office.set(task, "done", on, now="21/06/2019 09:00")
    assert len(office.history(code(1))) == 1


def test_two_who_record_at_once_are_recorded_one_after_the_other(office: ReformOffice) -> None:
    office.take_in(PLAN)
    with ThreadPoolExecutor(2) as both:
        made = list(
            both.map(lambda day: office.set(code(1), "in_progress", day, now="21/06/2019 09:00"),
                     ("10/06/2019", "11/06/2019"))
        )  # fmt: skip
    assert [one.outcome for one in made] == ["recorded", "recorded"]
    assert [entry.seq for entry in office.history(code(1))] == [1, 2, 3]
    assert list(Verification(office.store, OFFICE).alterations()) == []


def test_nine_of_twenty_six_tasks_were_done_by_the_inspection(office: ReformOffice) -> None:
    lead = {"Phòng Nội vụ": "Lãnh đạo", "Bộ phận Một cửa": "civil"}
    rows = [
        task_row(int(str(row[0])), str(row[1]), str(row[5]), lead=lead.get(str(row[3]), "land"))
        for row in ROWS
        if len(row) > 2
    ]
    office.take_in(rows)
    for number, day in DONE.items():
        office.set(code(number), "done", day, now=f"{day} 16:00", document=DOCUMENT)
    found = report(office, "2019-H1", "29/05/2019 17:00", known=True)
    assert found.total.total == 26
    of_all, of_due = found.rates
    assert (of_all.numerator, of_all.denominator, of_all.percent()) == (9, 26, "34,62 %")
    # Due by then: number 1, 5, 21 and those of the first quarter, all done.
    assert (of_due.numerator, of_due.denominator) == (6, 6)
    assert found.total.done_late == 1
    second = report(office, "2019-Q2", "05/07/2019 08:00")
    assert (second.total.due, second.total.due_done, second.total.overdue) == (
        12,
        9,
        0,
    )  # the 30th is a Sunday
    assert report(office, "2019-Q3", "05/07/2019 08:00").total.overdue == 3


def test_a_report_of_a_past_day_stays_what_it_was(office: ReformOffice) -> None:
    office.take_in(PLAN)
    office.set(code(1), "in_progress", "10/04/2019", now="10/04/2019 09:00")
    before = report(office, "2019-Q2", "01/07/2019 08:00", known=True).as_json()
    # Told late, planned anew, a day off announced later: all of it after the report.
    office.set(code(1), "done", "28/06/2019", now="05/07/2019 09:00")
    office.take_in((task_row(1, "Một", "Quý I"), *PLAN[1:], task_row(4, "Bốn")), now="06/07/2019 09:00")
    off = '{ date = 2019-07-01, kind = "off", name = "Bão", source = "luat", verified = "yes" },\n]'
    office.configure("07/07/2019 08:00", **{"calendar/2019.toml": YEAR_FILE.replace("]", off, 1)})
    assert report(office, "2019-Q2", "01/07/2019 08:00", known=True).as_json() == before
    now = report(office, "2019-Q2", "08/07/2019 08:00")
    assert now.total.done == 1  # what is known now of that quarter
    assert {one.task.code for one in now.tasks} == {code(1), code(2), code(3)}


def test_a_task_taken_out_of_the_plan_leaves_the_denominator_and_stands_beside_it(
    office: ReformOffice,
) -> None:
    office.take_in(PLAN)
    with pytest.raises(HistoryError):
        office.set(code(3), "removed", "01/03/2019", now="01/03/2019 09:00")
    office.set(code(3), "removed", "01/03/2019", now="01/03/2019 09:00", document=DOCUMENT)
    found = report(office, "2019", "31/12/2019 17:00")
    assert (found.total.total, found.total.removed) == (2, 1)
    assert found.removed == (f"{code(3)}: Ba (từ 01/03/2019, {DOCUMENT})",)
    assert report(office, "2019-Q1", "28/02/2019 17:00", known=True).total.total == 3
