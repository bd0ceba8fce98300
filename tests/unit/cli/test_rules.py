"""`dunghan sla`: see first, apply, look back, go back; guards against haste, strangers and secrets."""

from __future__ import annotations

import csv
import json
import subprocess
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.unit.cli.conftest import Line, row

if TYPE_CHECKING:
    from pathlib import Path

PROCEDURE = "1.003583"
DAY_OFF = (
    'year = 2025\ndays = [{ date = 2025-11-06, kind = "off", name = "Bão số 13", source = "cv", '
    'verified = "yes" }]\n[sources]\ncv = "Công văn 12/UBND"\n'
)


@pytest.fixture
def storm(office: Line) -> Line:
    """An office with two open dossiers and a closed one, and a day off announced late in its folder."""
    rows = (
        row("H51-1", accepted="03/11/2025 08:00"),
        row("H51-2", accepted="10/11/2025 08:00"),
        row("H51-3", accepted="03/11/2025 08:00", finished="05/11/2025 08:00", status="Đã xử lý xong"),
    )
    assert office("import", str(office.write_list(*rows))).code == 0
    (office.home / "sla" / "calendar" / "2025-bao.toml").write_text(DAY_OFF, encoding="utf-8")
    return office


def due(office: Line, code: str) -> str:
    found: str = office("dossier", code, "--json").json["due_at"]
    return found


def test_a_plan_names_what_changes_who_moves_and_how_to_apply_it(storm: Line) -> None:
    answer = storm("sla", "plan")
    said = " ".join(answer.out.split())
    assert answer.code == 0
    assert "1 hồ sơ đang mở đổi hạn: 1 muộn hơn, 0 sớm hơn" in said
    assert "10/11/2025 11/11/2025 06/11/2025 nghỉ (Bão số 13)" in said
    assert "dunghan sla apply --plan" in said
    assert storm("status", "--json").json["sla_version"] == 1


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_all_rows_of_a_plan_go_into_a_file(storm: Line, tmp_path: Path, ending: str) -> None:
    path, letters = tmp_path / f"doi-han.{ending}", tmp_path / f"thong-bao.{ending}"
    plan = storm("sla", "plan", "--out", str(path), "--notices", str(letters), "--json").json
    assert plan["files"] == [str(path), str(letters)]
    (found,) = read(path)
    assert found[0] == "H51-1"
    assert found[4:7] == ["10/11/2025", "11/11/2025", "06/11/2025 nghỉ (Bão số 13)"]
    assert len(read(letters)) == sum(entry["count"] for entry in plan["notices"]["new"]) + sum(
        entry["count"] for entry in plan["notices"]["gone"]
    )


def read(path: Path) -> list[list[str]]:
    if path.suffix == ".json":
        return [list(entry.values()) for entry in json.loads(path.read_text(encoding="utf-8"))]
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.reader(stream, delimiter=";"))[1:]
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [[str(cell or "") for cell in cells] for cells in sheet.iter_rows(min_row=2, values_only=True)]


def test_a_file_of_another_kind_is_refused_before_anything_is_counted(storm: Line) -> None:
    answer = storm("sla", "plan", "--out", "doi-han.pdf")
    assert answer.code == 2
    assert "doi-han.pdf" in answer.err


def test_apply_moves_whom_the_plan_named_and_the_history_keeps_why(storm: Line) -> None:
    before = {code: due(storm, code) for code in ("H51-1", "H51-2")}
    digest = storm("sla", "plan", "--json").json["plan"]
    words = ("--reason", "nghỉ bão", "--document", "12/UBND", "--by", "Văn phòng")
    answer = storm("sla", "apply", "--plan", digest, *words)
    assert (answer.code, "1 hồ sơ đang mở đã đổi hạn" in answer.out) == (0, True)
    assert due(storm, "H51-1")[:10] == "2025-11-12"
    assert due(storm, "H51-2") == before["H51-2"]
    (version, first) = storm("sla", "history", "--json").json["versions"]
    assert (version["number"], version["author"], version["reason"], version["document"]) == (
        2,
        "cli:Văn phòng",
        "nghỉ bão",
        "12/UBND",
    )
    assert (version["moved"], first["moved"]) == (1, 0)
    shown = " ".join(storm("dossier", "H51-1").out.split())
    assert "lịch làm việc thay đổi" in shown
    assert "nghỉ bão" in shown
    assert storm("db", "rebuild", "--check").code == 0


def test_a_plan_that_is_stale_is_not_applied(storm: Line) -> None:
    digest = storm("sla", "plan", "--json").json["plan"]
    with (storm.home / "sla" / "people.toml").open("a", encoding="utf-8") as stream:
        stream.write("# đã sửa thêm\n")
    answer = storm("sla", "apply", "--plan", digest, "--reason", "bão")
    assert (answer.code, "đã khác bản xem trước" in answer.err) == (2, True)
    assert storm("status", "--json").json["sla_version"] == 1


def test_nobody_applies_unseen_or_without_a_reason(storm: Line) -> None:
    assert "--reason" in storm("sla", "apply", "--yes").err
    answer = storm("sla", "apply", "--reason", "bão")
    assert (answer.code, "Không có ai để hỏi lại" in answer.err) == (2, True)
    assert storm("status", "--json").json["sla_version"] == 1


def test_open_dossiers_get_a_new_limit_only_when_told_so(storm: Line) -> None:
    (path,) = (
        path
        for path in (storm.home / "sla" / "procedures").glob("*.toml")
        if f'"{PROCEDURE}"' in path.read_text(encoding="utf-8")
    )
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"5 working_days"', '"4 working_days"'), encoding="utf-8")
    plan = storm("sla", "plan", "--json").json
    assert plan["dossiers"]["keep_old_terms"] == {PROCEDURE: 2}
    assert ["thời hạn" in change["what"] for change in plan["changes"]].count(True) == 1
    assert "--also-open" in storm("sla", "plan", "--also-open", "9.999").err
    plan = storm("sla", "plan", "--also-open", PROCEDURE, "--json").json
    assert {move["code"]: move["change"] for move in plan["moves"]} == {
        "H51-1": "terms_changed",
        "H51-2": "terms_changed",
    }
    assert storm("sla", "apply", "--also-open", PROCEDURE, "--reason", "NQ 1", "--yes").code == 0
    assert "quy định thay đổi" in storm("dossier", "H51-2").out


def test_two_versions_are_compared_by_value_and_by_line(storm: Line) -> None:
    storm("sla", "apply", "--reason", "bão", "--yes")
    by_value = " ".join(storm("sla", "diff", "1", "2").out.split())
    assert "calendar/2025-bao.toml cả tệp" in by_value
    assert '+days = [{ date = 2025-11-06, kind = "off"' in storm("sla", "diff", "1", "2", "--text").out
    assert storm("sla", "diff", "2", "2").out.strip() == "Không khác gì."
    assert storm("sla", "show", "2", "calendar/2025-bao.toml").out == DAY_OFF
    assert "calendar/2025-bao.toml" not in storm("sla", "show", "1").out
    assert storm("sla", "show", "9").code == 2


def test_going_back_restores_the_dates_and_the_folder(storm: Line) -> None:
    before = due(storm, "H51-1")
    storm("sla", "apply", "--reason", "bão", "--yes")
    answer = storm("sla", "rollback", "1", "--reason", "công bố nhầm", "--yes")
    assert answer.code == 0, answer.err
    assert due(storm, "H51-1") == before
    assert not (storm.home / "sla" / "calendar" / "2025-bao.toml").exists()
    assert (storm.home / "sla" / "README.md").exists()
    assert "không đổi, phiên bản 3" in storm("sla", "apply", "--reason", "x").out
    assert storm("sla", "history", "--json").json["versions"][0]["back_to"] == 1
    assert "công bố nhầm" in storm("sla", "history").out


def test_going_back_loses_no_edit_on_disk(storm: Line) -> None:
    storm("sla", "apply", "--reason", "bão", "--yes")
    people = storm.home / "sla" / "people.toml"
    edited = people.read_text(encoding="utf-8") + "# đang sửa\n"
    people.write_text(edited, encoding="utf-8")
    answer = storm("sla", "rollback", "1", "--reason", "nhầm", "--yes")
    assert (answer.code, "chưa áp dụng" in answer.err) == (2, True)
    assert storm("sla", "rollback", "1", "--reason", "nhầm", "--yes", "--keep-files").code == 0
    assert people.read_text(encoding="utf-8") == edited
    assert storm("status", "--json").json["sla_version"] == 3


def test_a_second_person_has_to_agree_where_the_office_says_so(storm: Line) -> None:
    office_file = storm.home / "sla" / "office.toml"
    text = office_file.read_text(encoding="utf-8")
    office_file.write_text(text.replace("# approval", "approval"), encoding="utf-8")
    assert storm("sla", "apply", "--reason", "hai người", "--yes", "--by", "a").code == 0
    office_file.write_text(text, encoding="utf-8")
    answer = storm("sla", "apply", "--reason", "một người", "--yes", "--by", "a")
    assert (answer.code, "Đề nghị số 1" in answer.out) == (0, True)
    assert storm("status", "--json").json["sla_version"] == 2
    assert "Đề nghị 1 của cli:a" in " ".join(storm("sla", "history").out.split())
    assert storm("sla", "approve", "1", "--by", "a").code == 2
    assert storm("sla", "approve", "1", "--by", "b").code == 0
    assert storm("sla", "history", "--json").json["versions"][0]["approved_by"] == "cli:b"


def test_a_folder_under_git_gives_its_commit_and_hides_no_edit(storm: Line) -> None:
    folder = storm.home / "sla"

    def git(*words: str) -> str:
        named = ("-c", "user.name=ops", "-c", "user.email=ops@example.invalid")
        done = subprocess.run(
            ["git", "-C", str(folder), *named, *words], check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "bão")
    people = folder / "people.toml"
    people.write_text(people.read_text(encoding="utf-8") + "# sửa\n", encoding="utf-8")
    refused = storm("sla", "apply", "--reason", "bão", "--yes")
    assert (refused.code, "commit" in refused.err) == (2, True)
    git("commit", "-qam", "sửa")
    assert storm("sla", "apply", "--reason", "bão", "--yes").code == 0
    assert storm("sla", "history", "--json").json["versions"][0]["git_commit"] == git("rev-parse", "HEAD")
    people.write_text(people.read_text(encoding="utf-8") + "# nữa\n", encoding="utf-8")
    assert storm("sla", "apply", "--reason", "gấp", "--yes", "--uncommitted").code == 0
    commit = storm("sla", "history", "--json").json["versions"][0]["git_commit"]
    assert commit == git("rev-parse", "HEAD") + "+"


@pytest.mark.parametrize(
    "secret",
    [
        "# smtp://ops:hunter22@mail.example.invalid",
        '# password = "hunter22"',
        "# mật khẩu: hunter22",
        "# -----BEGIN RSA PRIVATE KEY-----",
    ],
)
def test_a_secret_in_the_rules_is_refused_and_not_repeated(office: Line, secret: str) -> None:
    people = office.home / "sla" / "people.toml"
    people.write_text(people.read_text(encoding="utf-8") + secret + "\n", encoding="utf-8")
    answer = office("sla", "check")
    assert answer.code == 2
    assert "people.toml:" in answer.err
    assert "hunter22" not in answer.out + answer.err


def test_an_unfinished_change_is_seen_and_resumed(storm: Line) -> None:
    from config.sla import parse, read_folder
    from workers import clock
    from workers.store.unit_of_work import Store
    from workers.store.versions import Said
    from workers.use_cases.put_in_force import put_in_force

    store = Store(f"sqlite:///{storm.home / 'var' / 'dunghan.db'}")
    said = Said(author="cli:ops", reason="bão")
    put_in_force(store, parse(read_folder(storm.home / "sla")), said, base=1, now=clock.now())
    store.dispose()
    assert "chưa theo hết cấu hình phiên bản 2" in " ".join(storm("status").out.split())
    assert storm("status", "--json").json["sla_followed"] == 1
    answer = storm("sla", "apply", "--resume", "--json")
    assert (answer.json["moved"], answer.json["done"]) == (1, True)
    assert "chưa theo hết" not in storm("status").out


def test_whose_appointment_moved_is_listed_for_their_applicants(storm: Line, tmp_path: Path) -> None:
    storm("sla", "apply", "--reason", "bão", "--document", "12/UBND", "--yes")
    path = tmp_path / "doi-hen.csv"
    listed = storm("sla", "moved", "--out", str(path), "--json").json
    assert (listed["version"], listed["count"]) == (2, 1)
    assert listed["moved"][0]["now"] == "11/11/2025"
    assert read(path)[0][4:] == ["10/11/2025", "11/11/2025", "có", "bão", "12/UBND"]
    assert "1 hồ sơ đổi ngày hẹn" in storm("sla", "moved", "2").out
    assert "0 hồ sơ đổi ngày hẹn" in storm("sla", "moved", "1").out
    assert storm("sla", "moved", "9").code == 2
