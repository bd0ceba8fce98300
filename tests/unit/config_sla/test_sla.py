"""What the files say is what the value holds."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from config.errors import ConfigError
from config.sla import calendar_warnings, endings, load_sla, parse, read_folder
from domain.time_limit import TimeLimit, Unit

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_the_office_has_its_code_name_agency_and_zone(files: dict[str, str]) -> None:
    sla = parse(files)
    assert (sla.code, sla.name, sla.agency, sla.zone.key) == (
        "office",
        "Văn phòng thử",
        "000.00.01.H01",
        "Asia/Ho_Chi_Minh",
    )


def test_the_place_before_a_date_is_the_offices_own_or_left_open(files: dict[str, str]) -> None:
    assert parse(files).place == ""
    office = files["office.toml"].replace('zone = "', 'place = "Mỹ Xuyên"\nzone = "', 1)
    assert parse({**files, "office.toml": office}).place == "Mỹ Xuyên"


def test_a_folder_and_its_texts_are_the_same_configuration(tmp_path: Path, files: dict[str, str]) -> None:
    folder = written(tmp_path, files)
    assert read_folder(folder) == files
    assert load_sla(folder).files == files
    assert load_sla(folder) is parse(files)


def test_the_digest_changes_with_every_text_and_path(files: dict[str, str]) -> None:
    digest = parse(files).digest
    assert len(digest) == 64
    assert parse(dict(reversed(files.items()))).digest == digest
    assert parse({**files, "quality.toml": files["quality.toml"] + "\n"}).digest != digest
    moved = {name.replace("one", "uno"): text for name, text in files.items()}
    assert parse(moved).digest != digest


@pytest.mark.parametrize("text", ["land", "LAND", " Phòng  Đất đai ", "P. Đất Đai", "đất đai"])
def test_a_unit_is_found_by_code_name_and_alias(text: str, files: dict[str, str]) -> None:
    sla = parse(files)
    assert sla.unit_code(text) == "land"
    assert sla.unit_code(unicodedata.normalize("NFD", text)) == "land"


@pytest.mark.parametrize("text", ["", "Phòng", "Phong Dat dai", "lan"])
def test_a_unit_nobody_named_is_not_guessed(text: str, files: dict[str, str]) -> None:
    assert parse(files).unit_code(text) is None


@pytest.mark.parametrize("text", ["1.001", " 1.001 ", "Thủ tục một", "THỦ TỤC  MỘT"])
def test_a_procedure_is_found_by_code_and_exact_name_in_its_version(text: str, files: dict[str, str]) -> None:
    sla = parse(files)
    assert sla.procedure_for(text, date(2017, 12, 31)) is None
    old, new = sla.procedure_for(text, date(2018, 12, 31)), sla.procedure_for(text, date(2019, 1, 1))
    assert old is not None
    assert new is not None
    assert (old.limit.amount, new.limit.amount) == (5, 10)
    assert (old.version, new.version) == ("2018-01-01", "2019-01-01")


def test_a_name_that_two_procedures_bear_names_neither(files: dict[str, str]) -> None:
    files["procedures/two.toml"] = files["procedures/two.toml"].replace("Thủ tục hai", "Thủ tục một")
    assert parse(files).procedure_for("Thủ tục một", date(2019, 1, 1)) is None
    assert parse(files).procedure_for("1.002", date(2019, 1, 1)) is not None


def test_a_version_may_have_its_own_name_unit_ladder_and_cases(files: dict[str, str]) -> None:
    files["ladders.toml"] += files["ladders.toml"].replace("ladders.default", "ladders.slow")
    own = 'until = 2018-12-31\nname = "Tên cũ"\nunit = "top"\nladder = "slow"'
    case = (
        '[[versions.cases]]\ncode = "x"\nlabel = "Xa"\nlimit = "15 working_days"\n[[versions]]\nfrom = 2019'
    )
    text = files["procedures/one.toml"].replace("until = 2018-12-31", own)
    files["procedures/one.toml"] = text.replace("[[versions]]\nfrom = 2019", case)
    old, new = parse(files).procedures["1.001"]
    assert (old.name, old.unit, old.ladder) == ("Tên cũ", "top", "slow")
    assert (new.name, new.unit, new.ladder) == ("Thủ tục một", "land", "default")
    assert old.limit_for("x") == TimeLimit(15, Unit.WORKING_DAYS)


def test_the_order_of_versions_in_a_file_does_not_matter(files: dict[str, str]) -> None:
    head, first, second = files["procedures/one.toml"].split("[[versions]]")
    files["procedures/one.toml"] = f"{head}[[versions]]{second}\n[[versions]]{first}"
    assert [version.limit.amount for version in parse(files).procedures["1.001"]] == [5, 10]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("5 working_days", TimeLimit(5, Unit.WORKING_DAYS)),
        ("1 working_day", TimeLimit(1, Unit.WORKING_DAYS)),
        ("15 calendar_days", TimeLimit(15, Unit.CALENDAR_DAYS)),
        ("2 months", TimeLimit(2, Unit.MONTHS)),
        ("8 hours", TimeLimit(8, Unit.HOURS)),
        ("same_day", TimeLimit(0, Unit.SAME_DAY)),
        ("none", TimeLimit(0, Unit.NONE)),
    ],
)
def test_limits_are_written_as_people_read_them(text: str, limit: TimeLimit, files: dict[str, str]) -> None:
    files["procedures/one.toml"] = files["procedures/one.toml"].replace("5 working_days", text)
    assert parse(files).procedures["1.001"][0].limit == limit


def test_rungs_stand_before_on_and_after_the_due_date(files: dict[str, str]) -> None:
    offsets = [(rung.code, rung.offset, rung.roles) for rung in parse(files).ladders["default"]]
    assert offsets == [
        ("t-2", TimeLimit(-2, Unit.WORKING_DAYS), ("officer",)),
        ("due", TimeLimit(0, Unit.WORKING_DAYS), ("officer",)),
        ("t+1", TimeLimit(1, Unit.WORKING_DAYS), ("officer", "head")),
    ]


def test_a_rung_is_urgent_or_stands_alone_only_if_it_says_so(files: dict[str, str]) -> None:
    files["ladders.toml"] = files["ladders.toml"].replace('on = "due_day"', 'on = "due_day"\nurgent = true')
    files["ladders.toml"] = files["ladders.toml"].replace("after = ", "alone = true\nafter = ")
    rungs = parse(files).ladders["default"]
    assert [(rung.urgent, rung.alone) for rung in rungs] == [(False, False), (True, False), (False, True)]


def test_a_rung_in_hours_may_stand_between_days(files: dict[str, str]) -> None:
    files["ladders.toml"] = files["ladders.toml"].replace('on = "due_day"', 'before = "4 hours"')
    assert parse(files).ladders["default"][1].offset == TimeLimit(-4, Unit.HOURS)


def test_people_are_reached_through_the_lines(files: dict[str, str]) -> None:
    lines = parse(files).lines
    assert [person.code for person in lines.recipients("head", "land", on=date(2019, 6, 3))] == ["p2"]
    assert [person.delivery for person in lines.people] == ["working_hours", "next_morning"]


def test_the_calendar_has_its_days_off_and_its_make_up_days(files: dict[str, str]) -> None:
    calendar = parse(files).calendar
    assert not calendar.is_working_day(date(2019, 4, 29))
    assert calendar.windows_on(date(2019, 5, 4)) == ((7 * 3600, 11 * 3600), (13 * 3600, 17 * 3600))
    assert (calendar.known_from, calendar.known_until) == (date(2019, 1, 1), date(2019, 12, 31))
    assert calendar.special[date(2019, 5, 4)].source == "Công văn 1"


def test_new_office_hours_leave_the_old_days_as_they_were(files: dict[str, str]) -> None:
    newer = (
        '[[calendars.main.hours]]\nfrom = 2019-06-03\nweekdays = ["08:00-12:00"]\nfriday = []\n\n[units.top]'
    )
    files["office.toml"] = files["office.toml"].replace("[units.top]", newer)
    calendar = parse(files).calendar
    assert calendar.windows_on(date(2019, 5, 31)) == ((7 * 3600, 11 * 3600), (13 * 3600, 17 * 3600))
    assert calendar.windows_on(date(2019, 6, 3)) == ((8 * 3600, 12 * 3600),)
    assert calendar.windows_on(date(2019, 6, 7)) == ()


def test_a_second_calendar_may_take_over_the_days_off(files: dict[str, str]) -> None:
    files["office.toml"] += (
        '\n[calendars.long]\nname = "Dài"\ndays_from = "main"\nhours = [{ weekdays = ["07:00-17:00"] }]\n'
    )
    calendar = parse(files).calendars["long"]
    assert calendar.windows_on(date(2019, 5, 2)) == ((7 * 3600, 17 * 3600),)
    assert not calendar.is_working_day(date(2019, 4, 29))
    assert calendar.known_until == date(2019, 12, 31)


def test_a_calendar_may_not_take_over_its_own_days(files: dict[str, str]) -> None:
    files["office.toml"] = files["office.toml"].replace(
        'name = "Lịch chính"', 'name = "Lịch chính"\ndays_from = "main"'
    )
    with pytest.raises(ConfigError, match=r"calendars\.main\.days_from: found the unknown calendar 'main'"):
        parse(files)


def test_a_late_announcement_is_one_short_file(files: dict[str, str]) -> None:
    files["calendar/2019-bo-sung.toml"] = (
        'year = 2019\ndays = [{ date = 2019-12-30, kind = "short", name = "Nghỉ chiều", source = "cv", '
        'verified = "yes", hours = ["07:00-11:00"] }]\n[sources]\ncv = "Công văn 2"\n'
    )
    assert parse(files).calendar.windows_on(date(2019, 12, 30)) == ((7 * 3600, 11 * 3600),)


def test_counting_follows_the_civil_code_unless_the_office_says_otherwise(files: dict[str, str]) -> None:
    assert parse(files).procedures["1.001"][0].rules.time_of_day == "end_of_day"
    files["office.toml"] += '\n[counting]\ntime_of_day = "kept"\nsame_day_cutoff = "14:30"\n'
    rules = parse(files).procedures["1.001"][0].rules
    assert (rules.time_of_day, rules.same_day_cutoff) == ("kept", 14 * 3600 + 1800)


def test_a_bundle_holds_its_components_and_limit(files: dict[str, str]) -> None:
    bundle = parse(files).bundles["both"]
    assert (bundle.components, bundle.policy) == (("1.001", "1.002"), "fixed")
    assert bundle.limit == TimeLimit(12, Unit.WORKING_DAYS)


def test_a_target_is_an_exact_percentage(files: dict[str, str]) -> None:
    assert parse(files).targets["main"].at_least == Decimal("98.5")


def test_columns_of_the_list_are_read_with_the_rest(files: dict[str, str]) -> None:
    (mapping,) = parse(files).mappings
    assert (mapping.name, mapping.file) == ("Danh sách", "intake/list.toml")


def test_a_clean_configuration_has_no_warnings(files: dict[str, str]) -> None:
    assert parse(files).warnings == ()


def test_what_nobody_confirmed_and_nobody_holds_is_a_warning(files: dict[str, str]) -> None:
    files["procedures/one.toml"] = files["procedures/one.toml"].replace(
        'verified = "yes"', 'verified = "limit"', 1
    )
    files["calendar/2019.toml"] = files["calendar/2019.toml"].replace(
        'verified = "yes"', 'verified = "partial"', 1
    )
    files["office.toml"] += '\n[[roles]]\ncode = "chair"\ntitle = "Chủ tịch"\n'
    day, role, version = (str(warning) for warning in parse(files).warnings)
    assert day.startswith("calendar/2019.toml:3:77: days.0.verified: found 2019-04-29 (Monday) (Hoán đổi)")
    assert role.startswith("office.toml:29:1: roles.2.code: found the role 'chair', which nobody holds")
    assert version.startswith("procedures/one.toml:11:1: versions.0.verified: found 'limit', expected 'yes'")


def test_a_calendar_that_ends_within_sixty_days_is_a_warning(files: dict[str, str]) -> None:
    sla = parse(files)
    assert calendar_warnings(sla, today=date(2019, 11, 1)) == ()
    (warning,) = calendar_warnings(sla, today=date(2019, 11, 2))
    assert warning.found == "the calendar 'main', which ends on 2019-12-31"
    assert warning.expected == "the days off of 2020"


def test_a_calendar_that_takes_over_the_days_of_another_ends_with_it_and_is_named_once(
    files: dict[str, str],
) -> None:
    files["office.toml"] += (
        '\n[calendars.long]\nname = "Dài"\ndays_from = "main"\nhours = [{ weekdays = ["07:00-17:00"] }]\n'
    )
    sla = parse(files)
    assert dict(sla.day_lists) == {"main": "Lịch chính"}
    (ending,) = endings(sla, today=date(2019, 12, 31))
    assert (ending.calendar, ending.until, ending.days_left) == ("main", date(2019, 12, 31), 1)
    assert len(calendar_warnings(sla, today=date(2019, 12, 31))) == 1


def test_of_two_calendars_with_days_of_their_own_the_soonest_to_end_comes_first(
    files: dict[str, str],
) -> None:
    files["office.toml"] += '\n[calendars.own]\nname = "Riêng"\nhours = [{ weekdays = ["07:00-17:00"] }]\n'
    files["calendar/own.toml"] = 'year = 2018\ncalendar = "own"\n'
    assert [entry.calendar for entry in endings(parse(files), today=date(2018, 1, 1))] == ["own", "main"]


def test_a_due_date_can_be_counted_with_what_was_read(files: dict[str, str]) -> None:
    sla = parse(files)
    start = datetime(2019, 4, 26, 3, 0, tzinfo=UTC)
    assert sla.calendar.add_days(sla.calendar.local(start).date(), 3) == date(2019, 5, 2)


def test_hidden_files_and_other_kinds_are_left_out(tmp_path: Path, files: dict[str, str]) -> None:
    extra = {".office.toml.swp.toml": "x", ".git/x.toml": "x", "README.md": "x", "procedures/one.toml~": "x"}
    assert read_folder(written(tmp_path, {**files, **extra})) == files


def test_a_byte_order_mark_does_not_matter(tmp_path: Path, files: dict[str, str]) -> None:
    folder = written(tmp_path, files)
    (folder / "office.toml").write_text("\ufeff" + files["office.toml"], encoding="utf-8")
    assert read_folder(folder) == files


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"found no such folder, expected a folder with office\.toml"):
        load_sla(tmp_path / "nowhere")


def test_files_that_cannot_be_read_are_all_named(tmp_path: Path, files: dict[str, str]) -> None:
    folder = written(tmp_path, files)
    (folder / "office.toml").write_bytes("code = 'Mỹ'".encode("utf-16"))
    (folder / "people.toml").write_text("#" * 1_000_001, encoding="utf-8")
    (folder / "calendar" / "2020.toml").mkdir()
    with pytest.raises(ConfigError) as caught:
        read_folder(folder)
    assert [str(problem) for problem in caught.value.problems] == [
        "calendar/2020.toml: found something else, expected a plain file",
        "office.toml: found a byte that is not UTF-8 at offset 0, expected a text saved as UTF-8",
        "people.toml: found more than 1 MB, expected a short file",
    ]
