"""Steps of the internal process: hand-overs close and open them, and late ones are told by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import OFFICE, local, row
from tests.office_law import CASES, STEPS, law_files
from tests.office_texts import procedure
from workers.use_cases.audit_steps import audit_steps

if TYPE_CHECKING:
    from domain.steps import StepRun
    from tests.builders import OfficeAtWork


@pytest.fixture
def stepped(office: OfficeAtWork) -> OfficeAtWork:
    """The office with steps, and a dossier taken in at the reception on Monday at 8."""
    office.configure(now="01/06/2019 08:00", **law_files())
    office.take_in(row(procedure="1.005", unit="civil", officer="civil.1"))
    return office


def runs(office: OfficeAtWork, code: str = "HS-1") -> list[StepRun]:
    with office.store.read(OFFICE) as work:
        return work.steps.of_dossiers([code])[code]


def test_a_hand_over_closes_one_step_and_opens_the_next(stepped: OfficeAtWork) -> None:
    assert stepped.stored().dossier.step == "nhan"
    assert stepped.event("handed_over", at="03/06/2019 14:00", unit="land", officer="land.1") is None
    (run,) = runs(stepped)
    assert (run.number, run.step, run.unit, run.officer) == (1, "nhan", "civil", "civil.1")
    assert (run.entered_at, run.left_at) == (local("03/06/2019 08:00"), local("03/06/2019 14:00"))
    assert (run.timing, run.worked) == ("on_time", 4 * 3600)
    dossier, clock = stepped.stored().dossier, stepped.clock()
    assert (dossier.step, dossier.step_number) == ("tham-dinh", 2)
    assert clock is not None
    assert clock.step_due_at == local("08/06/2019")  # four days: 4, 5, 6 and 7 June


def test_a_list_that_shows_another_unit_or_step_hands_over(stepped: OfficeAtWork) -> None:
    stepped.take_in(row(procedure="1.005", unit="land"), now="04/06/2019 09:00")
    assert stepped.stored().dossier.step == "tham-dinh"
    stepped.take_in(row(procedure="1.005", unit="land", step="Ký"), now="05/06/2019 09:00")
    assert stepped.stored().dossier.step == "ky"
    stepped.take_in(row(procedure="1.005", unit="land", step="Ký"), now="06/06/2019 09:00")
    assert [run.step for run in runs(stepped)] == ["nhan", "tham-dinh"]


def test_a_step_has_rungs_of_its_own_and_leaving_it_cancels_them(stepped: OfficeAtWork) -> None:
    stepped.event("handed_over", at="03/06/2019 14:00", unit="land", officer="land.1")
    stepped.act(now="07/06/2019 07:30")
    stepped.act(now="10/06/2019 07:30")
    told = [(notice.step, notice.rung, notice.recipient) for notice in stepped.notices()]
    assert told == [("2.tham-dinh", "b-0", "land.1"), ("2.tham-dinh", "b+1", "land.head")]
    stepped.event("handed_over", at="10/06/2019 08:00", unit="top")
    assert {notice.state for notice in stepped.notices()} == {"cancelled"}


def test_a_finish_closes_the_last_step_with_its_time(stepped: OfficeAtWork) -> None:
    stepped.event("handed_over", at="03/06/2019 14:00", unit="land", officer="land.1")
    stepped.event("finished", at="11/06/2019 08:00")
    run = runs(stepped)[-1]
    assert (run.step, run.timing) == ("tham-dinh", "late")
    assert run.used is not None
    assert run.planned is not None
    assert (run.used.amount, run.planned.amount) == (6, 4)
    assert stepped.stored().timing == "early"


def test_a_step_late_while_the_dossier_is_not_and_the_reverse_are_both_visible(
    stepped: OfficeAtWork,
) -> None:
    stepped.event("handed_over", at="03/06/2019 14:00", unit="land", officer="land.1")
    stepped.take_in(row("HS-2", procedure="1.005", unit="civil"))
    stepped.event("handed_over", "HS-2", at="13/06/2019 14:00", unit="top")
    found = audit_steps(stepped.store, OFFICE, now=local("12/06/2019 09:00"))
    assert [entry.stored.dossier.code for entry in found.step_late] == ["HS-1"]
    found = audit_steps(stepped.store, OFFICE, now=local("14/06/2019 09:00"))
    assert [entry.stored.dossier.code for entry in found.dossier_late] == ["HS-2"]
    assert found.units["civil"].stays == 2
    assert found.units["civil"].timings == {"on_time": 1, "late": 1}


def test_a_unit_with_hours_of_its_own_counts_and_is_told_by_them(office: OfficeAtWork) -> None:
    # The reception works on Saturday morning too, and only until 11 on every other day.
    hours = '[calendars.san]\nname = "Sáng"\ndays_from = "main"\n[[calendars.san.hours]]\n'
    hours += 'weekdays = ["07:00-11:00"]\nsaturday = ["07:00-11:00"]\n'
    files = law_files()
    files["office.toml"] = files["office.toml"].replace(
        '[units.civil]\nname = "Phòng Tư pháp"', '[units.civil]\ncalendar = "san"\nname = "Phòng Tư pháp"'
    )
    steps = STEPS.replace("same_day", "3 working_days", 1)
    files["stepped"] = procedure("1.005", "9 working_days", more=CASES + steps)
    files["office.toml"] += hours
    office.configure(now="01/06/2019 08:00", **files)
    first = row(procedure="1.005", unit="civil", officer="civil.1", accepted="06/06/2019 08:00")
    office.take_in(first, now="06/06/2019 09:00")
    clock = office.clock()
    assert clock is not None
    assert clock.step_due_at == local("11/06/2019")  # Friday, Saturday and Monday
    office.act(now="10/06/2019 12:00")
    (notice,) = [notice for notice in office.notices() if notice.step]
    assert notice.deliver_at == local("11/06/2019 07:00")


def test_a_pause_moves_the_step_with_the_dossier(stepped: OfficeAtWork) -> None:
    stepped.event("handed_over", at="03/06/2019 14:00", unit="land", officer="land.1")
    stepped.event("suspended", at="04/06/2019 08:00", cause="financial_obligation")
    stepped.event("resumed", at="06/06/2019 08:00")
    clock = stepped.clock()
    assert clock is not None
    assert clock.step_due_at == local("12/06/2019")
