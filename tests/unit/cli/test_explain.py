"""Why a dossier is due when it is, told on a terminal of 80 columns and to programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Line

CODE = "H51-251020-0001"
FORCED = ("--forced-by", "lanh-dao.chu-tich", "--reason", "nhập muộn")


@pytest.fixture
def land(office: Line) -> Line:
    """An office with the three land procedures on one slip, one of them stopped for five days."""
    slip = ("event", CODE, "accepted", "--at", "20/10/2025 08:30", "--bundle", "dat-dai-ba-thu-tuc")
    assert office(*slip, "--unit", "Một cửa").code == 0
    assert office("event", CODE, "handed_over", "--at", "21/10/2025 09:00", "--unit", "Phòng TNMT").code == 0
    why = ("--cause", "financial_obligation", "--basis", "NĐ 101/2024 Đ.22", "--document", "12/TB")
    stop = ("event", f"{CODE}/1", "suspended", "--at", "22/10/2025 10:00", *why, *FORCED)
    assert office(*stop).code == 0
    go_on = ("event", f"{CODE}/1", "resumed", "--at", "27/10/2025 10:00")
    assert office(*go_on).code == 0
    return office


def test_every_stage_names_its_law_and_what_it_did_to_the_date(land: Line) -> None:
    said = land("explain", f"{CODE}/1")
    assert said.code == 0
    for words in (
        "10 ngày làm việc",
        "thuộc giấy tiếp nhận H51-251020-0001",
        "tạm dừng",
        "NĐ 101/2024 Đ.22",
        "còn lại 8 ngày làm việc",
        "hạn thứ Hai 03/11/2025 → thứ Năm 06/11/2025",
        "ghi sau khi hạn đã qua, lùi về trước hạn: cần kiểm tra",
        "tạm dừng, không tính",
        "Hạn lúc tiếp nhận: thứ Hai 03/11/2025",
        "Hạn theo pháp luật: thứ Năm 06/11/2025",
        "khớp với hạn đang ghi",
    ):
        assert words in " ".join(said.out.split()), words
    assert all(len(line.rstrip()) <= 80 for line in said.out.splitlines())


def test_it_is_told_in_english_and_day_by_day_of_every_count(land: Line) -> None:
    last, whole = (land("explain", f"{CODE}/1", "--lang", "en", *more).out for more in ((), ("--all",)))
    assert "Lawful due date: Thursday 06/11/2025" in last
    assert last.count("Day by day") == 1
    assert whole.count("Day by day") == 2


def test_programs_get_the_same_stages_with_their_walks(land: Line) -> None:
    found = land("explain", f"{CODE}/1", "--json").json
    assert [stage["kind"] for stage in found["stages"]] == ["accepted", "handed_over", "suspended", "resumed"]
    assert [bool(stage["walk"]) for stage in found["stages"]] == [True, False, False, True]
    assert sum(day["counted"] for day in found["stages"][-1]["walk"]) == 10
    assert (found["due_on"], found["agrees_with_tables"]) == ("2025-11-06", True)


def test_a_slip_shows_its_one_appointment_and_every_dossier_on_it(land: Line) -> None:
    said = land("dossier", CODE)
    assert "Hẹn trả chung: thứ Năm 06/11/2025" in said.out
    assert [entry["code"] for entry in land("dossier", CODE, "--json").json] == [
        f"{CODE}/{number}" for number in (1, 2, 3)
    ]


def test_steps_are_shown_planned_against_used(land: Line) -> None:
    said = " ".join(land("dossier", f"{CODE}/1").out.split())
    assert "1 Tiếp nhận," in said
    assert "trễ" in said or "quá hạn" in said
    audit = land("audit", "steps", "--json").json
    assert audit["units"]["mot-cua"]["stays"] == 3
    assert audit["units"]["mot-cua"]["timings"] == {"late": 3}
    assert "Bộ phận" in land("audit", "steps").out


def test_what_was_told_late_is_listed_for_an_inspector_with_who_answers(land: Line) -> None:
    said = land("audit", "marks")
    words = " ".join(said.out.split())
    assert said.code == 1
    assert "Sự kiện cần kiểm tra: 1" in words
    assert f"{CODE}/1 tạm dừng xảy ra 22/10/2025 10:00" in words
    assert "lanh-dao.chu-tich · nhập muộn" in words
    found = land("audit", "marks", "--json").json
    assert found["marks"] == {"recorded_after_due": 1}
    assert found["first"][0]["forced_by"] == "lanh-dao.chu-tich"
    open_ = found["open_without_apology"]
    assert found["apologies_missed"] == len(open_) > 0
    assert f"quá hạn mà chưa xin lỗi trong hạn: {len(open_)}" in words
    assert all(entry["lawful_until"][:10] <= entry["due_on"] for entry in open_)
    assert all(entry["code"] in said.out for entry in open_)
    assert max(map(len, said.out.splitlines())) <= 80
    nothing = land("audit", "marks", "--to", "01/10/2025")
    assert (nothing.code, nothing.out.strip()) == (0, "Không có sự kiện nào cần kiểm tra.")


def test_a_file_of_events_is_recorded_and_its_faults_are_said(office: Line) -> None:
    lines = [
        {
            "schema": 1,
            "key": f"k{number}",
            "code": "H51-1",
            "kind": kind,
            "occurred_at": f"2025-11-{day:02d}T08:00:00+07:00",
            "data": data,
        }
        for number, (kind, day, data) in enumerate(
            [
                ("finished", 6, {}),
                ("accepted", 3, {"procedure": "1.003583"}),
                ("suspended", 4, {}),
            ]
        )
    ]
    path = office.home.parent / "su-kien.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    said = office("events", str(path))
    assert (said.code, "ghi 2, từ chối 1" in said.out, "dòng 3" in said.err) == (1, True, True)
    assert office("dossier", "H51-1", "--json").json["state"] == "finished"
    assert office("events", str(path), "--json").json["recorded"] == 2
    assert office("events", str(path.with_name("none"))).code == 2


def test_the_tables_can_be_held_against_the_events_and_rebuilt(land: Line) -> None:
    assert land("db", "rebuild", "--check").code == 0
    found = land("db", "rebuild", "--json")
    assert (found.code, found.json) == (0, {"dossiers": 3, "differing": {}, "failed": {}})


def test_what_an_event_still_needs_is_said_by_the_names_of_the_options(office: Line) -> None:
    said = office("event", "H51-1", "reappointed", "--appointed", "20/11/2025")
    assert (said.code, "--reason, --document" in said.err) == (2, True)
