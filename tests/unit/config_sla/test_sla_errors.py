"""Every mistake ops can make is named with its file, line, column, key, what was found and expected."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.sla import parse
from tests.unit.config_sla.saying import english_left_in


def problems_of(files: dict[str, str]) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse(files)
    assert english_left_in(caught.value.problems) == []
    return [str(problem) for problem in caught.value.problems]


def changed(files: dict[str, str], file: str, old: str, new: str) -> dict[str, str]:
    """Change the first `old` behind the text before "⟶" (all of it where there is none)."""
    before, mark, rest = old.partition("⟶")
    text = files[file]
    start = text.index(before) + len(before) if mark else 0
    target = rest if mark else before
    at = text.index(target, start)
    return {**files, file: text[:at] + new + text[at + len(target) :]}


MISTAKES = tomllib.loads(Path(__file__).with_name("mistakes.toml").read_text(encoding="utf-8"))["mistakes"]
CASES = {mistake.pop("case"): mistake for mistake in MISTAKES}
ALONE = sorted(case for case, mistake in CASES.items() if not mistake.get("several"))


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_named_with_its_place(case: str, files: dict[str, str]) -> None:
    mistake = CASES[case]
    found = problems_of(changed(files, mistake["file"], mistake["old"], mistake["new"]))
    assert mistake["message"] in found


@pytest.mark.parametrize("case", ALONE)
def test_one_mistake_causes_one_message(case: str, files: dict[str, str]) -> None:
    mistake = CASES[case]
    found = problems_of(changed(files, mistake["file"], mistake["old"], mistake["new"]))
    assert found == [mistake["message"]]


def test_a_number_of_five_thousand_digits_is_a_mistake_like_any_other(files: dict[str, str]) -> None:
    files["quality.toml"] = f"x = {'9' * 5000}"
    assert problems_of(files) == [
        "quality.toml: found a value that cannot be read (ValueError), expected valid TOML"
    ]


def test_a_subject_of_ten_thousand_letters_is_refused_before_a_mail_has_it(files: dict[str, str]) -> None:
    whole = f'template = "apology"\nsubject = "{"ồ" * 10_000}"'
    (problem,) = problems_of(changed(files, "ladders.toml", 'template = "apology"', whole))
    assert problem.startswith("ladders.toml:11:1: ladders.default.rungs.0.subject: found 'ồồ")
    assert problem.endswith("..., expected one line of at most 1000 characters")


def test_every_mistake_is_reported_at_once(files: dict[str, str]) -> None:
    files = changed(files, "office.toml", 'zone = "Asia', 'zne = 1\nzone = "Asia')
    files = changed(files, "people.toml", "p1@example.invalid", "nobody")
    files = changed(files, "procedures/one.toml", 'unit = "land"', 'unit = "lnad"')
    files = changed(files, "ladders.toml", "level = 2", "level = 3")
    files = changed(files, "calendar/2019.toml", "2019-05-04", "2019-05-03")
    found = problems_of(files)
    assert [text.split(":")[0] for text in found] == [
        "calendar/2019.toml",
        "ladders.toml",
        "office.toml",
        "people.toml",
        "procedures/one.toml",
    ]


def test_an_unknown_key_does_not_hide_other_mistakes_of_its_file(files: dict[str, str]) -> None:
    files = changed(files, "ladders.toml", "level = 2", "level = 3\nlevle = 2")
    assert [re.sub(r":.*", "", text.split(": ", 2)[1]) for text in problems_of(files)] == [
        "ladders.default.rungs.1.levle",
        "ladders.default.rungs.2.level",
    ]


@pytest.mark.parametrize("name", ["office.toml", "people.toml", "ladders.toml"])
def test_a_missing_file_is_named(name: str, files: dict[str, str]) -> None:
    del files[name]
    assert f"{name}: found no such file, expected this file in the folder of the office" in problems_of(files)


def test_an_empty_folder_names_everything_that_is_needed() -> None:
    assert [text.split(":")[0] for text in problems_of({})] == [
        "calendar/",
        "intake/",
        "ladders.toml",
        "office.toml",
        "people.toml",
        "procedures/",
    ]


def test_a_file_nobody_reads_is_an_error_with_the_nearest_name(files: dict[str, str]) -> None:
    found = problems_of({**files, "procedure/three.toml": "x = 1"})
    assert len(found) == 1
    assert found[0].startswith(
        "procedure/three.toml: found a file that nothing reads, expected office.toml, "
    )
    assert found[0].endswith("(did you mean 'procedures/three.toml'?)")


def test_a_calendar_without_a_year_and_one_with_a_hole_are_errors(files: dict[str, str]) -> None:
    files["calendar/2022.toml"] = "year = 2022\n"
    (hole,) = problems_of(files)
    assert hole.startswith(
        "office.toml:7:1: calendars.main: found a hole in the calendar 'main': no file for "
    )
    assert "for 2020, 2021, expected every year from 2019 to 2022 under calendar/ (a year without" in hole
    files["office.toml"] += '\n[calendars.other]\nname = "Khác"\nhours = [{ weekdays = ["08:00-12:00"] }]\n'
    del files["calendar/2022.toml"]
    (missing,) = problems_of(files)
    assert missing.startswith("office.toml:28:1: calendars.other: found no year for the calendar 'other'")


def test_a_year_that_cannot_be_read_is_not_called_a_hole_as_well(files: dict[str, str]) -> None:
    files |= {"calendar/2020.toml": "year = twenty\n", "calendar/2021.toml": "year = 2021\n"}
    assert problems_of(files) == [
        "calendar/2020.toml:1:8: found a mistake: Invalid value, expected valid TOML"
    ]


def test_a_day_that_two_files_of_one_year_name_is_an_error(files: dict[str, str]) -> None:
    files["calendar/2019-late.toml"] = files["calendar/2019.toml"]
    found = problems_of(files)
    assert len(found) == 2
    assert all("a second time" in text and text.startswith("calendar/2019.toml") for text in found)
