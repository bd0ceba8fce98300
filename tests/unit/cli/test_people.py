"""`dunghan people`: an absence is in force at once, file and version together; or nothing is changed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from workers import clock
from workers.store.unit_of_work import Store
from workers.use_cases.office import load_office

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from config.sla import Sla
    from tests.unit.cli.conftest import Line

OFFICER, COLLEAGUE = "tnmt.chuyen-vien-1", "tnmt.chuyen-vien-2"


def today() -> date:
    return clock.now().astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()


def day(after: int) -> str:
    return f"{today() + timedelta(days=after):%d/%m/%Y}"


class Files:
    """What an office has on disk and in force."""

    def __init__(self, office: Line) -> None:
        self.office = office

    @property
    def path(self) -> Path:
        return self.office.home / "sla" / "people.toml"

    def in_force(self) -> tuple[Sla, int, str, str]:
        store = Store(f"sqlite:///{self.office.home}/var/dunghan.db")
        found = load_office(store, "my-xuyen")
        with store.read("my-xuyen") as work:
            active = work.versions.active()
        store.dispose()
        assert active is not None
        return found.sla, found.version, active.said.author, active.said.reason

    def agree(self) -> bool:
        return self.in_force()[0].files["people.toml"] == self.path.read_text(encoding="utf-8")


@pytest.fixture
def files(office: Line) -> Files:
    return Files(office)


def test_the_people_are_shown_with_their_roles_and_units(office: Line) -> None:
    answer = office("people")
    assert answer.code == 0
    assert OFFICER in answer.out
    assert "Lãnh đạo phòng chuyên môn" in " ".join(answer.out.split())
    assert "Hôm nay không ai vắng." in answer.out
    assert max(map(len, answer.out.splitlines())) <= 80
    found = office("people", "--json").json
    assert found["office"] == "my-xuyen"
    assert {entry["away"] for entry in found["people"]} == {False}
    assert all(entry["told"] == entry["code"] for entry in found["people"])


def test_an_absence_is_written_recorded_and_in_force_at_once(office: Line, files: Files) -> None:
    before, hidden = files.path.read_text(encoding="utf-8"), sorted(files.path.parent.glob(".*"))
    words = ("people", "away", OFFICER, "--to", day(4), "--substitute", COLLEAGUE, "--reason", "nghỉ phép")
    answer = office(*words)
    assert answer.code == 0, answer.err
    assert answer.out.strip().endswith("Đã ghi thành phiên bản 2, có hiệu lực ngay.")
    assert files.path.read_text(encoding="utf-8").startswith(before)
    sla, version, author, reason = files.in_force()
    assert (version, files.agree()) == (2, True)
    assert author.startswith("cli:")
    assert reason == f"{OFFICER} vắng {day(0)}–{day(4)}, báo {COLLEAGUE} thay: nghỉ phép"
    assert [person.code for person in sla.lines.recipients("officer", "tnmt", OFFICER, on=today())] == [
        COLLEAGUE
    ]
    shown = " ".join(office("people").out.split())
    assert f"{OFFICER} đang vắng {day(0)}–{day(4)} báo {COLLEAGUE}" in shown
    assert office("sla", "apply", "--reason", "x").out.strip().endswith("không đổi, phiên bản 2.")
    assert sorted(files.path.parent.glob(".*")) == hidden, "nothing half written is left"


def test_who_is_back_early_is_told_again_from_that_day(office: Line, files: Files) -> None:
    office("people", "away", OFFICER, "--from", day(-2), "--to", day(4), "--reason", "ốm")
    answer = office("people", "back", OFFICER, "--reason", "đã khỏi", "--json")
    (person,) = (entry for entry in answer.json["people"] if entry["code"] == OFFICER)
    assert (person["away"], person["absences"][0]["to"]) == (
        False,
        (today() - timedelta(days=1)).isoformat(),
    )
    assert answer.json["sla_version"] == 3
    assert files.agree()
    assert files.in_force()[3] == f"{OFFICER} có mặt từ {day(0)}: đã khỏi"


def test_an_absence_to_come_is_shown_and_can_be_taken_back(office: Line, files: Files) -> None:
    before = files.path.read_text(encoding="utf-8")
    office("people", "away", OFFICER, "--from", day(3), "--to", day(5), "--reason", "họp")
    shown = " ".join(office("people").out.split())
    assert f"{OFFICER} sẽ vắng {day(3)}–{day(5)} báo {COLLEAGUE}" in shown
    refused = office("people", "back", OFFICER, "--reason", "hoãn")
    assert refused.code == 2
    assert f"không vắng ngày {day(0)} (people.toml: {day(3)}–{day(5)})" in refused.err
    assert office("people", "back", OFFICER, "--from", day(3), "--reason", "hoãn").code == 0
    assert files.path.read_text(encoding="utf-8") == before


def test_a_role_that_one_person_holds_names_that_person(office: Line, files: Files) -> None:
    assert office("people", "away", "chair", "--to", day(1), "--reason", "họp").code == 0
    refused = office("people", "away", "officer", "--to", day(1), "--reason", "họp")
    assert refused.code == 2
    assert f"người giữ chức danh officer: {OFFICER}" in refused.err
    assert files.in_force()[1] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((OFFICER, "--to", day(1), "--substitute", OFFICER), "people.toml:"),
        ((OFFICER, "--to", day(1), "--substitute", "tnmt.chuyen-vien-9"), "Có phải là tnmt.chuyen-vien-"),
        (("tnmt.chuyen-vien", "--to", day(1)), "Không có ai mang mã tnmt.chuyen-vien. Có phải là"),
        ((OFFICER, "--from", day(3), "--to", day(1)), "trước --from"),
        ((OFFICER, "--from", day(-3), "--to", day(-1)), "đã qua"),
        ((OFFICER, "--to", "mai"), "--to: có “mai”"),
    ],
)
def test_what_cannot_be_changes_nothing(
    words: tuple[str, ...], said: str, office: Line, files: Files
) -> None:
    before = files.path.read_bytes()
    answer = office("people", "away", *words, "--reason", "x")
    assert answer.code == 2
    assert said in answer.err
    assert (files.path.read_bytes(), files.in_force()[1]) == (before, 1)


def test_a_second_absence_on_the_same_day_is_refused_with_its_line(office: Line, files: Files) -> None:
    words = ("people", "away", OFFICER, "--to", day(4), "--reason", "x")
    office(*words)
    before = files.path.read_bytes()
    answer = office(*words)
    assert answer.code == 2
    assert "absences.1.from: “tnmt.chuyen-vien-1” vắng mặt lần nữa" in answer.err
    assert (files.path.read_bytes(), files.in_force()[1]) == (before, 2)


@pytest.mark.parametrize("name", ["calendar/them.toml", "procedures/moi.toml"])
def test_an_edit_that_lies_unrecorded_is_not_put_in_force_by_the_way(
    name: str, office: Line, files: Files
) -> None:
    folder = files.path.parent
    known = next((folder / name).parent.glob("*.toml"))
    text = known.read_text(encoding="utf-8")
    known.write_text(f"{text}\n# sửa dở\n", encoding="utf-8")
    before = files.path.read_bytes()
    answer = office("people", "away", OFFICER, "--to", day(1), "--reason", "x")
    assert answer.code == 2
    assert f"sla/ có thay đổi chưa ghi: {known.relative_to(folder)}; chưa đổi gì" in answer.err
    assert (files.path.read_bytes(), files.in_force()[1]) == (before, 1)


def test_a_file_that_cannot_be_written_leaves_the_version_as_it_was(office: Line, files: Files) -> None:
    files.path.rename(office.home / "people.txt")
    files.path.symlink_to(office.home / "var" / "khong-co" / "people.toml")
    answer = office("people", "away", OFFICER, "--to", day(1), "--reason", "x")
    assert answer.code == 2
    assert files.in_force()[1] == 1


def test_line_ends_mark_and_link_of_the_file_stay(office: Line, files: Files) -> None:
    text = files.path.read_text(encoding="utf-8")
    real = office.home / "people.txt"
    real.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    real.chmod(0o640)
    files.path.unlink()
    files.path.symlink_to(real)
    assert office("people", "away", OFFICER, "--to", day(1), "--reason", "x").code == 0
    content = real.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf#")
    assert content.count(b"\n") == content.count(b"\r\n") > 50
    assert files.path.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert office("sla", "apply", "--reason", "x").out.strip().endswith("không đổi, phiên bản 2.")
