"""The sample office that comes with the program: complete, true to its sources, and usable as it is."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import holidays
import pytest

from config.sla import SAMPLE, Sla, calendar_warnings, load_sla, read_folder
from domain.acknowledgement import roles_above
from domain.bundle import total
from domain.procedure import BY_DECREE, version_on
from domain.time_limit import TimeLimit, Unit, land
from tests.shared_data import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.procedure import ProcedureVersion

IN_2019: Final = date(2019, 5, 29)
IN_2026: Final = date(2026, 11, 23)
LAND_2019: Final = ("1.004206", "1.004227", "1.004193")
LAND_2025: Final = ("1.013947", "1.013833", "1.012790")


@pytest.fixture(scope="module")
def sla() -> Sla:
    return load_sla()


def in_force(sla: Sla, day: date) -> list[str]:
    return [code for code, versions in sla.procedures.items() if version_on(versions, day)]


def test_the_sample_office_loads_without_a_problem(sla: Sla) -> None:
    assert (sla.code, sla.agency) == ("my-xuyen", "000.00.19.H51")
    assert sla.files == read_folder(SAMPLE)


def test_what_nobody_acknowledges_goes_to_the_chairman_and_then_to_ops(sla: Sla) -> None:
    assert roles_above(sla.lines, ("unit_head", "one_stop_head")) == ("vice_chair", "chair", "ops")


def test_enough_procedures_are_in_force_in_2019_and_today(sla: Sla) -> None:
    assert len(in_force(sla, IN_2019)) == 29
    assert len(in_force(sla, IN_2026)) == 30


def test_the_three_land_procedures_are_there_in_both_eras(sla: Sla) -> None:
    assert set(LAND_2019) <= set(in_force(sla, IN_2019))
    assert set(LAND_2025) <= set(in_force(sla, IN_2026))
    assert not set(LAND_2019) & set(in_force(sla, IN_2026))
    for code in (*LAND_2019, *LAND_2025, "1.001776"):
        assert all(version.steps for version in sla.procedures[code]), code


def test_three_at_once_may_take_at_most_the_sum_and_takes_ten_days(sla: Sla) -> None:
    for code, day, parts in (
        ("dat-dai-ba-thu-tuc-2017", IN_2019, LAND_2019),
        ("dat-dai-ba-thu-tuc", IN_2026, LAND_2025),
    ):
        bundle = sla.bundles[code]
        versions = [version_on(sla.procedures[part], day) for part in bundle.components]
        assert bundle.components == parts
        assert bundle.limit == TimeLimit(10, Unit.WORKING_DAYS)
        assert total([version.limit for version in versions if version]) == TimeLimit(25, Unit.WORKING_DAYS)


def test_three_at_once_received_on_the_day_of_the_inspection(sla: Sla) -> None:
    start = datetime(2019, 5, 29, 8, 0, tzinfo=sla.zone)
    rules = sla.procedures["1.004206"][0].rules

    def due(days: int) -> date:
        return sla.calendar.local(
            land(TimeLimit(days, Unit.WORKING_DAYS), start, sla.calendar, rules) - timedelta(microseconds=1)
        ).date()

    assert (due(25), due(10), due(5)) == (date(2019, 7, 3), date(2019, 6, 12), date(2019, 6, 5))


def test_every_procedure_says_what_its_source_says(sla: Sla) -> None:
    sources = {(row["code"], row["name_vi"], row["level"]): row for row in rows("procedures.csv")}
    units = {"working_day": Unit.WORKING_DAYS, "calendar_day": Unit.CALENDAR_DAYS, "same_day": Unit.SAME_DAY}
    for version in every_version(sla):
        code = "" if version.code.startswith("x.") else version.code
        today = version.in_force_from == date(2025, 7, 1)
        (row,) = [
            row
            for (its_code, name, level), row in sources.items()
            if (its_code, name) == (code, version.name) and ("từ 1/7/2025" in level) == today
        ]
        assert version.limit == TimeLimit(int(row["limit"]), units[row["unit"]]), version.code
        found = (version.field, version.legal_basis, version.verified)
        assert found == (row["field_vi"], row["legal_basis"], row["verified"])
        assert row["verified"] in {"yes", "limit"} or version.code in {"1.004227", "1.004193"}
        assert str(version.in_force_from.year) in row["level"]


def test_paying_stops_the_clock_of_land_procedures_and_of_no_others(sla: Sla) -> None:
    for version in every_version(sla):
        land = version.field == "Đất đai"
        assert version.clock == (replace(BY_DECREE, financial_obligation="pause") if land else BY_DECREE)
    assert len([version for version in every_version(sla) if version.field == "Đất đai"]) == 19


def test_a_remote_commune_has_ten_days_more_where_the_portal_shows_two_limits(sla: Sla) -> None:
    longer = {}
    for version in every_version(sla):
        case = version.case_for(None, remote=True)
        if case:
            longer[version.code] = (version.limit.amount, version.limit_for(case).amount)
    assert longer == {
        "1.012784": (12, 22),
        "1.012786": (10, 20),
        "1.012790": (8, 18),
        "1.012812": (30, 40),
        "1.012818": (25, 35),
        "1.013947": (7, 17),
        "1.013950": (15, 25),
        "1.013979": (10, 20),
    }


def test_no_commune_of_the_delta_district_is_remote(sla: Sla) -> None:
    assert [commune.remote for commune in sla.communes.values()] == [False] * 3
    assert sla.commune_code("xã 02") == "xa-02"


def test_late_steps_are_told_by_a_ladder_of_their_own(sla: Sla) -> None:
    assert {version.step_ladder for version in every_version(sla)} == {"steps"}
    told = {
        (rung.template, unit): [
            person.code for role in rung.roles for person in sla.lines.recipients(role, unit, on=A_DAY)
        ]
        for rung in sla.ladders["steps"]
        for unit in ("mot-cua", "tnmt")
    }
    assert told["step_late", "tnmt"] == ["tnmt.truong-phong"]
    assert told["step_due", "tnmt"][-1] == "tnmt.truong-phong"
    assert told["step_due", "mot-cua"]


def every_version(sla: Sla) -> Iterator[ProcedureVersion]:
    for versions in sla.procedures.values():
        yield from versions


def test_every_day_of_the_calendar_is_the_row_of_its_source(sla: Sla) -> None:
    found = []
    for name, text in sla.files.items():
        if name.startswith("calendar/"):
            year = tomllib.loads(text)
            found += [
                {
                    "date": day["date"].isoformat(),
                    "kind": day["kind"],
                    "name_vi": day["name"],
                    "source": year["sources"][day["source"]],
                    "verified": day["verified"],
                }
                for day in year["days"]
            ]
    assert found == rows("vn_days_2018_2026.csv")


def test_the_working_days_of_each_year_are_the_known_ones(sla: Sla) -> None:
    counted = {
        year: sla.calendar.count_days(date(year - 1, 12, 31), date(year, 12, 31))
        for year in range(2018, 2026)
    }
    assert counted == {2018: 250, 2019: 252, 2020: 252, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 250}
    assert (sla.calendar.known_from, sla.calendar.known_until) == (date(2018, 1, 1), date(2026, 12, 31))


A_DAY: Final = date(2019, 6, 3)

# What `holidays` 0.109 is known to lack; it must never be asked for a legal date.
UNKNOWN_TO_THE_PACKAGE: Final = {
    date(2026, 1, 2): "swapped off by Công văn 12729/VPCP-KGVX of 25/12/2025",
    date(2026, 1, 10): "the Saturday worked for it",
}


def test_the_holidays_package_agrees_but_for_the_known_days(sla: Sla) -> None:
    package = holidays.country_holidays("VN", years=range(2018, 2027))
    first, last = date(2018, 1, 1), date(2026, 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    other = {day for day in days if package.is_working_day(day) != sla.calendar.is_working_day(day)}
    assert other == set(UNKNOWN_TO_THE_PACKAGE)


def test_everybody_in_the_ladders_is_reached_from_every_unit(sla: Sla) -> None:
    for rungs in sla.ladders.values():
        for rung in rungs:
            for role in rung.roles:
                for unit in sla.lines.units:
                    assert sla.lines.recipients(role, unit, on=A_DAY), (rung.code, role, unit)


def test_escalations_go_up_the_line(sla: Sla) -> None:
    told = {
        rung.code: [
            person.code
            for role in rung.roles
            for person in sla.lines.recipients(role, "tnmt", "tnmt.chuyen-vien-1", on=A_DAY)
        ]
        for rung in sla.ladders["default"]
    }
    assert told == {
        "t-2": ["tnmt.chuyen-vien-1"],
        "t-1": ["tnmt.chuyen-vien-1", "tnmt.truong-phong"],
        "due": ["tnmt.chuyen-vien-1"],
        "t+1": ["tnmt.chuyen-vien-1", "tnmt.truong-phong"],
        "t+3": ["tnmt.truong-phong", "mot-cua.phu-trach"],
        "t+5": ["lanh-dao.pho-chu-tich", "lanh-dao.chu-tich"],
    }


def test_nobody_is_named_and_no_mail_can_arrive_anywhere(sla: Sla) -> None:
    for person in sla.lines.people:
        assert person.email == f"{person.code}@example.invalid"
    for person in sla.lines.people:
        wanted = "next_morning" if person.role in {"chair", "vice_chair"} else "working_hours"
        assert person.delivery == wanted


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Phòng Tài nguyên và Môi trường", "tnmt"),
        ("Phòng TN&MT", "tnmt"),
        ("Phòng Lao động – Thương binh và Xã hội", "ldtbxh"),
        ("Phòng Lao động - Thương binh và Xã hội", "ldtbxh"),
        ("phòng lđtbxh", "ldtbxh"),
        ("Bộ phận Một cửa", "mot-cua"),
        ("UBND xã 02", "xa-02"),
    ],
)
def test_units_are_found_as_the_lists_write_them(text: str, unit: str, sla: Sla) -> None:
    assert sla.unit_code(text) == unit


def test_what_needs_a_persons_eye_is_a_warning(sla: Sla) -> None:
    doubtful = sorted(version.code for version in every_version(sla) if version.verified != "yes")
    files = [warning.file for warning in sla.warnings]
    assert sum(name.startswith("procedures/") for name in files) == len(doubtful) == 13
    assert sum(name.startswith("calendar/") for name in files) == 7
    assert len(files) == 20


def test_the_calendar_warns_in_november_2026_that_it_ends(sla: Sla) -> None:
    assert calendar_warnings(sla, today=date(2026, 11, 1)) == ()
    assert len(calendar_warnings(sla, today=IN_2026)) == 1


def test_every_file_begins_with_a_comment_for_ops() -> None:
    for name, text in read_folder(SAMPLE).items():
        assert text.startswith("# "), name
