"""`dunghan audit pack`, `action`, `actions`: the pack, and its register filled in and taken back."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.conftest import row

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Line

DONE = "Đã xử lý xong"
PLAN = ("--cause", "thiếu người", "--correction", "đã trả", "--action", "thêm người")


@pytest.fixture
def desk(office: Line) -> Line:
    """H51-1 finished late, H51-2 in time."""
    path = office.write_list(
        row("H51-1", accepted="27/10/2025 08:00", finished="12/11/2025 09:00", status=DONE),
        row("H51-2", finished="06/11/2025 09:00", status=DONE),
    )
    assert office("import", str(path)).code == 0
    return office


def role_of(desk: Line) -> str:
    refused = desk("audit", "action", "H51-1", "--role", "không có")
    assert refused.code == 2
    return refused.err.partition("; có: ")[2].split(",")[0].strip(" .\n")


def register(folder: Path) -> list[dict[str, str]]:
    with (folder / "so-qua-han.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_a_pack_is_made_by_one_command(desk: Line, tmp_path: Path) -> None:
    answer = desk("audit", "pack", "2025-11", "--to", str(tmp_path / "iso"), "--sample", "1", "--json")
    assert answer.code == 0
    assert (answer.json["dossiers"], answer.json["overdue"], len(answer.json["sample"])) == (2, 1, 1)
    manifest = json.loads((tmp_path / "iso" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["sample"]["seed"] == "2025-11"
    assert "KHÔNG ĐẠT" in desk("audit", "pack", "2025-11", "--to", str(tmp_path / "zwei")).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("2025-13", "--to", "{}/new"), "không có kỳ"),
        (("2025-11", "--to", "{}/no/where"), "không có thư mục"),
        (("2025-11", "--to", "{}"), "đã có nội dung"),
        (("2099-01", "--to", "{}/new"), "chưa bắt đầu"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_left(
    desk: Line, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    before = sorted(path.name for path in tmp_path.iterdir())
    answer = desk("audit", "pack", *(each.format(tmp_path) for each in arguments))
    assert answer.code == 2
    assert said in answer.err
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_an_action_is_said_step_by_step(desk: Line) -> None:
    first = desk("audit", "action", "H51-1", *PLAN)
    assert first.code == 0
    assert "Còn thiếu: chức danh, thời hạn" in first.out
    role = role_of(desk)
    assert (
        desk("audit", "action", "H51-1", "--role", role, "--due", "31/12/2025", "--json").json["missing"]
        == []
    )
    assert desk("audit", "actions").code == 1  # that day has passed
    checked = desk("audit", "action", "H51-1", "--effective", "yes", "--checked", "05/01/2026", "--json").json
    assert checked["state"] == "effective"
    after = desk("audit", "actions")
    assert (after.code, "Không có hành động" in after.out) == (0, True)


def test_what_cannot_be_said_is_refused_with_a_sentence(desk: Line) -> None:
    for arguments, said in (
        (("H51-2", *PLAN), "không quá hạn"),
        (("H51-9", *PLAN), "không có hồ sơ"),
        (("H51-1",), "chưa nói gì"),
        (("H51-1", "--effective", "maybe"), "yes hoặc no"),
        (("H51-1", "--due", "31/12/2025 08:00"), "cần một ngày"),
    ):
        answer = desk("audit", "action", *arguments)
        assert answer.code == 2
        assert said in answer.err.casefold()


def test_the_register_of_a_pack_is_filled_in_and_taken_back(desk: Line, tmp_path: Path) -> None:
    desk("audit", "pack", "2025-11", "--to", str(tmp_path / "iso"))
    (line,) = register(tmp_path / "iso")
    line |= {"Nguyên nhân": "thiếu người", "Hành động khắc phục": "thêm người", "Chức danh": role_of(desk)}
    line |= {"Thời hạn": "31/12/2099"}
    path = tmp_path / "dien.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, line, delimiter=";")
        writer.writeheader()
        writer.writerow(line)
    answer = desk("audit", "actions", "--file", str(path), "--json").json
    assert answer["recorded"] == 1
    assert answer["open"][0]["said"]["due_on"] == "2099-12-31"
    assert desk("audit", "actions", "--file", str(path), "--json").json["recorded"] == 0
    desk("audit", "pack", "2025-11", "--to", str(tmp_path / "again"))
    assert register(tmp_path / "again")[0]["Hành động khắc phục"] == "thêm người"
    whole = desk("audit", "actions", "--file", str(tmp_path / "again" / "bo-ho-so-iso.xlsx"), "--json").json
    assert whole["recorded"] == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Mã hồ sơ;Thời hạn\nH51-1;mai\n", "dòng 2, cột “Thời hạn”"),
        ("Mã hồ sơ;Có hiệu lực\nH51-1;chắc vậy\n", "dòng 2, cột “Có hiệu lực”"),
        ("Mã hồ sơ;Chức danh\nH51-1;vua\n", "dòng 2, cột “Chức danh”"),
        ("Mã hồ sơ;Nguyên nhân\n;x\n", "không có mã"),
        ("Mã hồ sơ;Nguyên nhân\nH51-1;x\nH51-1;y\n", "hai lần"),
        ("Mã;Vì sao\nH51-1;x\n", "không thấy dòng tiêu đề"),
        ("Mã hồ sơ;Nguyên nhân\nH51-1;x\nH51-2;y\n", "không quá hạn"),
    ],
)
def test_a_file_with_one_wrong_row_changes_nothing(desk: Line, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "sai.csv"
    path.write_text(text, encoding="utf-8")
    answer = desk("audit", "actions", "--file", str(path))
    assert answer.code == 2
    assert said in answer.err
    assert desk("audit", "actions", "--json").json == {"recorded": None, "open": []}
