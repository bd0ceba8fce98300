from __future__ import annotations

import csv
import re
import sys
import tomllib
from datetime import date
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from config.sla import load_sla
from tests.shared_data import shared_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Line


def texts(office: Line) -> dict[str, str]:
    return {
        path.name: path.read_text(encoding="utf-8") for path in (office.home / "sla" / "calendar").iterdir()
    }


def test_a_year_is_shown_in_eighty_columns_each_special_day_with_its_sign(office: Line) -> None:
    answer = office("calendar", "show", "2026")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[1] == "249 ngày làm việc. Ngày nghỉ đã ghi đến hết 31/12/2026. 4 ngày chưa đối chiếu."
    january = [line[:21].rstrip() for line in lines[3:10]]
    assert january == [
        "Tháng 1 (21)",
        "T2 T3 T4 T5 T6 T7 CN",
        "          1* 2~ 3  4",
        " 5  6  7  8  9 10+11",
        "12 13 14 15 16 17 18",
        "19 20 21 22 23 24 25",
        "26 27 28 29 30 31",
    ]
    assert "16/02–20/02 * nghỉ          Tết Nguyên đán Bính Ngọ [3]" in lines
    assert "[2] Công văn 12729/VPCP-KGVX ngày 25/12/2025 (trích đọc qua" in lines


def test_a_short_day_shows_its_hours_and_a_year_nobody_knows_says_so(office: Line) -> None:
    late = 'year = 2026\ndays = [\n  { date = 2026-12-31, kind = "short", name = "Sơ kết", source = "x", '
    late += 'verified = "yes", hours = ["07:00-11:00"] },\n]\n[sources]\nx = "Thông báo 1"\n'
    (office.home / "sla" / "calendar" / "2026-bo-sung.toml").write_text(late, encoding="utf-8")
    out = office("calendar", "show", "2026").out
    assert "31-" in out
    assert "31/12       - làm ngắn      Sơ kết 07:00-11:00 [7]" in out
    unknown = office("calendar", "show", "2027")
    assert unknown.code == 0
    assert "CHƯA CÓ ngày nghỉ của năm này (đã ghi đến 31/12/2026)" in unknown.out


def test_programs_get_the_year_with_its_days_and_how_far_each_was_confirmed(office: Line) -> None:
    year = office("calendar", "show", "2026", "--json").json
    assert (year["working_days"], year["known"], year["known_until"]) == (249, True, "2026-12-31")
    assert sum(year["working_days_by_month"]) == 249
    swap = next(day for day in year["days"] if day["date"] == "2026-01-10")
    assert (swap["kind"], swap["verified"]) == ("swap_work", "yes")
    assert swap["hours"] == ["07:00-11:00", "13:00-17:00"]
    assert swap["source"].startswith("Công văn 12729/VPCP-KGVX")


def test_the_published_list_of_nine_years_brings_nothing_new(office: Line) -> None:
    published = shared_file("vn_days_2018_2026.csv")
    answer = office("calendar", "import", str(published), "--dry-run")
    assert answer.code == 0, answer.err
    with published.open(encoding="utf-8") as file:
        days = len(list(csv.DictReader(file)))
    assert answer.out == f"{days} ngày đã có, giữ nguyên.\nKhông có gì mới.\n"


def test_a_late_announcement_is_one_short_file_and_says_what_is_next(office: Line, tmp_path: Path) -> None:
    announced = tmp_path / "hoan-doi.csv"
    announced.write_text(
        "date;kind;name;source\n11/12/2026;nghỉ hoán đổi;Nghỉ hoán đổi;Công văn 9/VPCP ngày 03/12/2026\n"
        "19/12/2026;làm bù;Thứ Bảy làm bù cho 11/12;Công văn 9/VPCP ngày 03/12/2026\n",
        encoding="utf-8",
    )
    before = texts(office)
    trial = office("calendar", "import", str(announced), "--dry-run")
    assert "thêm 11/12/2026  ~ nghỉ hoán đổi Nghỉ hoán đổi" in trial.out
    assert "Chưa ghi gì (--dry-run); sẽ ghi: sla/calendar/2026.toml" in trial.out
    assert texts(office) == before
    done = office("calendar", "import", str(announced), "--confirmed")
    assert done.code == 0
    assert "Chưa có hiệu lực" in done.out
    after = texts(office)
    assert {name for name in after if after[name] != before.get(name)} == {"2026.toml"}
    added = {line.strip() for line in after["2026.toml"].splitlines()} - {
        line.strip() for line in before["2026.toml"].splitlines()
    }
    assert sum("2026-12-" in line for line in added) == 2
    sla = load_sla(office.home / "sla")
    assert not sla.calendar.is_working_day(date(2026, 12, 11))
    assert sla.calendar.is_working_day(date(2026, 12, 19))
    assert office("status", "--json").json["sla_version"] == 1
    again = office("calendar", "import", str(announced), "--json")
    assert again.json == {"files": [], "written": False, "added": [], "known": ["2026-12-11", "2026-12-19"]}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            "2026-01-02;off;Nghỉ",
            "calendar/2026.toml:11: 2026-01-02 đã ghi là swap_off, tệp mới ghi off",
        ),
        ("2026-12-12;off;Một\n2026-12-12;swap_work;Hai", "2026-12-12: có hai loại, off và swap_work"),
        ("2026-12-11;swap_work;Làm bù", "days.17.date: ngày làm bù 2026-12-11 (thứ Sáu)"),
        ("2026-12-11;short;Ngắn", "days.17: ngày làm việc ngắn không có giờ"),
        ("2029-01-01;off;Tết", "lịch “hanh-chinh” bị hở: không có tệp cho năm 2027, 2028"),
    ],
)
def test_what_contradicts_writes_nothing(row: str, words: str, office: Line, tmp_path: Path) -> None:
    announced = tmp_path / "x.csv"
    announced.write_text(f"date;kind;name\n{row}\n", encoding="utf-8")
    before = texts(office)
    answer = office("calendar", "import", str(announced))
    assert answer.code == 2
    assert words in answer.err
    assert texts(office) == before


def test_an_event_file_of_two_years_may_be_taken_in_for_one(office: Line, tmp_path: Path) -> None:
    days = ("20261225", "20270101")
    events = "".join(f"BEGIN:VEVENT\nDTSTART:{day}\nSUMMARY:Nghỉ {day}\nEND:VEVENT\n" for day in days)
    (tmp_path / "x.ics").write_text(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n", encoding="utf-8")
    answer = office(
        "calendar", "import", str(tmp_path / "x.ics"), "--year", "2027", "--source", "CV 1", "--json"
    )
    assert answer.json["files"] == ["calendar/2027.toml"]
    year = tomllib.loads(texts(office)["2027.toml"])
    assert [(day["name"], day["verified"]) for day in year["days"]] == [("Nghỉ 20270101", "partial")]
    assert year["sources"] == {"cv-1": "CV 1"}
    assert office("calendar", "import", str(tmp_path / "x.ics"), "--year", "2030").code == 2


def test_a_proposed_year_is_only_a_question_until_a_person_has_read_the_announcement(office: Line) -> None:
    printed = office("calendar", "propose", "2027", "--stdout")
    assert "2027.toml" not in texts(office)
    assert office("calendar", "propose", "2027").code == 0
    assert texts(office)["2027.toml"] == printed.out
    year = tomllib.loads(printed.out)
    assert {day["verified"] for day in year["days"]} == {"computed"}
    assert {day["kind"] for day in year["days"]} == {"off"}, "a swap is never guessed"
    assert printed.out.startswith("# Ngày nghỉ năm 2027: MÁY ĐỀ NGHỊ, CHƯA AI ĐỐI CHIẾU.\n")
    assert office("status", "--json").json["sla_version"] == 1
    warned = [entry for entry in office("sla", "check", "--json").json["warnings"] if "2027" in entry["file"]]
    assert [entry["found"] for entry in warned] == [
        f"{len(year['days'])} of the days of 2027 computed, this one first"
    ]
    assert office("sla", "format", "--check").code == 0
    again = office("calendar", "propose", "2027")
    assert again.code == 2
    assert "đã có tệp" in again.err


def test_a_year_that_is_laid_down_is_never_proposed_over(office: Line) -> None:
    before = texts(office)
    assert office("calendar", "propose", "2026").code == 2
    assert texts(office) == before


def test_without_its_package_a_proposal_says_how_to_get_it(
    office: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    answer = office("calendar", "propose", "2027")
    assert answer.code == 2
    assert "pip install -e '.[calendars]'" in answer.err


def test_days_of_a_calendar_of_its_own_go_to_a_file_of_its_own(office: Line, tmp_path: Path) -> None:
    rules = office.home / "sla" / "office.toml"
    own = '\n[calendars.truc]\nname = "Trực"\nhours = [{ weekdays = ["07:00-19:00"] }]\n'
    taken = own.replace("truc", "muon").replace("hours", 'days_from = "hanh-chinh"\nhours')
    rules.write_text(rules.read_text(encoding="utf-8") + own + taken, encoding="utf-8")
    late = 'year = 2026\ncalendar = "truc"\n'
    (office.home / "sla" / "calendar" / "truc.toml").write_text(late, encoding="utf-8")
    (tmp_path / "x.csv").write_text("date;kind;name\n2027-01-01;off;Tết\n", encoding="utf-8")
    answer = office("calendar", "import", str(tmp_path / "x.csv"), "--calendar", "truc", "--json")
    assert answer.json["files"] == ["calendar/2027-truc.toml"]
    refused = office("calendar", "import", str(tmp_path / "x.csv"), "--calendar", "muon")
    assert "lấy ngày nghỉ của lịch khác" in refused.err
    assert office("calendar", "show", "2026", "--calendar", "muon").code == 0
    assert "Không có lịch ở" in office("calendar", "show", "2026", "--calendar", "ở").err


def test_the_late_announcement_of_the_rules_own_page_is_one_short_file_that_is_right(office: Line) -> None:
    page = (office.home / "sla" / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert example.count("\n") <= 10
    path = office.home / "sla" / "calendar" / "2026-bo-sung.toml"
    path.write_text(dedent(example), encoding="utf-8")
    assert office("sla", "check").code == 0
    assert office("sla", "format", "--check").code == 0
    calendar = load_sla(office.home / "sla").calendar
    assert [calendar.is_working_day(date(2026, 12, day)) for day in (10, 11, 12, 19)] == [
        True,
        False,
        False,
        True,
    ]
