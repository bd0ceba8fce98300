"""The law counts, over it the office, over that a procedure and its versions; each only where it says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config.sla import parse
from config.sla_office_models import ClockModel, CountingModel
from domain.form_06a import Stands
from domain.procedure import BY_DECREE, ClockPolicy
from domain.time_limit import CIVIL_CODE, CountingRules

SECOND_CALENDAR = (
    '\n[calendars.long]\nname = "Dài"\ndays_from = "main"\nhours = [{ weekdays = ["07:00-17:00"] }]\n'
)
STEPS = """
[ladders.steps]
name = "Bước"
[[ladders.steps.rungs]]
code = "s"
on = "due_day"
kind = "reminder"
roles = ["head"]
level = 1
template = "step_due"
"""


def over(files: dict[str, str], *, office: str = "", file: str = "", version: str = "") -> dict[str, str]:
    """Put lines into the office, into the first procedure and into its second version."""
    text = files["procedures/one.toml"].replace('unit = "land"\n', f'unit = "land"\n{file}\n', 1)
    head, first, second = text.split("[[versions]]")
    return {
        **files,
        "office.toml": f"{files['office.toml']}\n{office}\n",
        "procedures/one.toml": f"{head}[[versions]]{first}[[versions]]\n{version}{second}",
    }


def clocks(files: dict[str, str]) -> list[ClockPolicy]:
    sla = parse(files)
    return [version.clock for code in ("1.001", "1.002") for version in sla.procedures[code]]


def rules(files: dict[str, str]) -> list[CountingRules]:
    sla = parse(files)
    return [version.rules for code in ("1.001", "1.002") for version in sla.procedures[code]]


def test_the_defaults_that_editors_show_are_those_of_the_law() -> None:
    assert ClockPolicy(**dict(ClockModel())) == BY_DECREE
    assert CountingRules(**dict(CountingModel())) == CIVIL_CODE


def test_without_a_word_the_law_decides(files: dict[str, str]) -> None:
    assert clocks(files) == [BY_DECREE] * 4
    assert rules(files) == [CIVIL_CODE] * 4
    assert parse(files).counting == CIVIL_CODE


def test_the_office_says_what_stops_its_clocks(files: dict[str, str]) -> None:
    table = '[clock]\nsupplement = "pause"\nfinancial_obligation = "pause"\nsuspended = "none"\n'
    assert (
        clocks(over(files, office=f'{table}consultation = "pause"'))
        == [
            ClockPolicy(
                supplement="pause", financial_obligation="pause", suspended="none", consultation="pause"
            )
        ]
        * 4
    )


def test_a_procedure_and_a_version_change_only_the_keys_they_name(files: dict[str, str]) -> None:
    changed = over(
        files,
        office='[clock]\nsupplement = "pause"\nconsultation = "pause"',
        file='clock = { financial_obligation = "pause" }',
        version='clock = { supplement = "none" }',
    )
    office = replace(BY_DECREE, supplement="pause", consultation="pause")
    land = replace(office, financial_obligation="pause")
    assert clocks(changed) == [land, replace(land, supplement="none"), office, office]


def test_the_laws_own_word_can_be_said_against_the_office(files: dict[str, str]) -> None:
    changed = over(
        files, office='[clock]\nsupplement = "pause"', version='clock = { supplement = "restart" }'
    )
    assert [clock.supplement for clock in clocks(changed)] == ["pause", "restart", "pause", "pause"]


def test_counting_is_laid_over_in_the_same_way(files: dict[str, str]) -> None:
    changed = over(
        {**files, "bundles.toml": ""},
        office='[counting]\nsame_day_cutoff = "14:00"\nstart_day_counts = true',
        file="counting = { start_day_counts = false }",
        version='counting = { same_day_cutoff = "16:00" }',
    )
    office = replace(CIVIL_CODE, same_day_cutoff=14 * 3600, start_day_counts=True)
    own = replace(office, start_day_counts=False)
    assert rules(changed) == [own, replace(own, same_day_cutoff=16 * 3600), office, office]
    assert parse(changed).counting == office


def test_a_procedure_is_counted_on_its_own_calendar(files: dict[str, str]) -> None:
    sla = parse(over(files, office=SECOND_CALENDAR, file='calendar = "long"', version='calendar = "main"'))
    old, new = sla.procedures["1.001"]
    assert sla.calendar_of(old) is sla.calendars["long"]
    assert sla.calendar_of(new) is sla.calendar
    assert sla.calendar_of(sla.procedures["1.002"][0]) is sla.calendar


def test_a_calendar_that_is_gone_is_said_and_no_other_is_taken_for_it(files: dict[str, str]) -> None:
    alone = {**files, "bundles.toml": ""}
    older = parse(over(alone, office=SECOND_CALENDAR, file='calendar = "long"'))
    with pytest.raises(
        LookupError, match=r"procedure 1\.001 is counted on the calendar 'long', which is gone"
    ):
        parse(files).calendar_of(older.procedures["1.001"][0])


def test_a_unit_may_keep_hours_of_its_own(files: dict[str, str]) -> None:
    assert parse(files).unit_calendars == {}
    files["office.toml"] = files["office.toml"].replace('parent = "top"', 'parent = "top"\ncalendar = "long"')
    calendars = parse(over(files, office=SECOND_CALENDAR)).unit_calendars
    assert list(calendars) == ["land"]
    assert calendars["land"].windows_on(date(2019, 5, 6)) == ((7 * 3600, 17 * 3600),)


@pytest.mark.parametrize(
    ("ladders", "file", "version", "expected"),
    [
        ("", "", "", [None, None]),
        (STEPS.replace("step_due", "due_today"), "", "", [None, None]),
        (STEPS, "", "", ["steps", "steps"]),
        (STEPS.replace("ladders.steps", "ladders.slow"), "", "", [None, None]),
        (STEPS.replace("ladders.steps", "ladders.slow"), 'step_ladder = "slow"', "", ["slow", "slow"]),
        (
            STEPS + STEPS.replace("ladders.steps", "ladders.slow"),
            "",
            'step_ladder = "slow"',
            ["steps", "slow"],
        ),
    ],
)
def test_steps_are_told_by_the_ladder_named_else_by_steps_else_by_none(
    ladders: str, file: str, version: str, expected: list[str | None], files: dict[str, str]
) -> None:
    files["ladders.toml"] += ladders
    sla = parse(over(files, file=file, version=version))
    assert [entry.step_ladder for entry in sla.procedures["1.001"]] == expected


def test_the_stands_on_form_06a_are_the_usual_ones_unless_the_office_says_otherwise(
    files: dict[str, str],
) -> None:
    assert parse(files).stands == Stands()
    own = files["office.toml"].replace("\n[", '\nform_06a = { refused = "outside" }\n[', 1)
    assert parse(files | {"office.toml": own}).stands == Stands(refused="outside")
