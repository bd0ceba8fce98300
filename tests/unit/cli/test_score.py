"""`dunghan score`: what was measured with its numbers, what was not with its reason, and back to dossiers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.cli.conftest import row

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Line

DONE = "Đã xử lý xong"
ALL_BUT_THE_FIRST = [2, 3, 4, 5, 6, 7, 8, 9]


@pytest.fixture
def desk(office: Line) -> Line:
    """Of November: H51-1 finished late, H51-2 early, H51-3 on its last day; H51-4 is open."""
    path = office.write_list(
        row("H51-1", accepted="27/10/2025 08:00", finished="12/11/2025 09:00", status=DONE),
        row("H51-2", finished="06/11/2025 09:00", status=DONE),
        row("H51-3", finished="10/11/2025 09:00", status=DONE),
        row("H51-4", accepted="17/11/2025 08:00"),
    )
    assert office("import", str(path)).code == 0
    return office


def of(found: dict[str, Any]) -> tuple[Any, ...]:
    return found["indices"], found["total"], found["most"]


def know_contacts(desk: Line) -> None:
    path = desk.home / "sla" / "scores.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('contacts = "unknown"', 'contacts = "supplement_requests"'), encoding="utf-8"
    )
    assert desk("sla", "apply", "--reason", "thử", "--yes").code == 0


def test_a_unit_is_scored_by_what_was_measured_and_by_nothing_else(desk: Line) -> None:
    found = desk("score", "2025-11", "--json").json
    (only,) = found["rows"]
    assert only["name"] == "Phòng Tư pháp"
    assert of(only) == of(found["whole"]) == ({"1": {"points": 3, "dossiers": 3, "score": "1.0"}}, "1.0", 2)
    assert (found["most"], found["left_out"]) == (18, ALL_BUT_THE_FIRST)
    assert only["grade"] == {"lowest": "yếu", "highest": "xuất sắc", "settled": False}
    assert (found["not_scored"]["pending"], found["not_scored"]["pending_overdue"]) == (1, 1)


def test_the_points_of_the_rates_stand_beside_with_their_numbers(desk: Line) -> None:
    whole = desk("score", "2025-11", "--json").json["whole"]
    assert whole["progress_766"] == {"on_time": 2, "received": 4, "score": "10.00", "most": 20}
    assert whole["par"]["dung-han"] == {"numerator": 2, "denominator": 3, "points": "0.00", "most": "1.00"}
    good = desk("score", "--from", "01/11/2025", "--to", "11/11/2025", "--json").json["whole"]
    assert good["par"]["dung-han"]["points"] == "1.00"


def test_contacts_count_only_once_the_office_says_that_all_are_recorded(desk: Line) -> None:
    know_contacts(desk)
    found = desk("score", "2025-11", "--json").json
    assert found["rows"][0]["indices"]["3"] == {"points": 6, "dossiers": 3, "score": "2.0"}
    assert (found["rows"][0]["total"], found["rows"][0]["most"]) == ("3.0", 4)
    assert any("yêu cầu bổ sung là một lần liên hệ" in said for said in found["stands"])


def test_people_read_the_score_its_most_and_what_is_left_out(desk: Line) -> None:
    said = " ".join(desk("score", "2025-11").out.split())
    assert "Phòng Tư pháp 1,0 1,0 2 3/3" in said
    assert "tối đa 18 điểm; đo được nhiều nhất 2 điểm" in said
    assert "chưa xếp được: từ “yếu” đến “xuất sắc”" in said
    assert "- 7. Thái độ của công chức: không ghi phản ánh, kiến nghị về thái độ." in said
    assert "contacts trong scores.toml" in said
    assert "đang giải quyết 1, trong đó quá hạn 1" in said
    assert "2/4 50,00 % 10,00 0,00" in said
    assert "CHƯA được đối chiếu với văn bản" in said
    assert max(map(len, desk("score", "2025-11").out.splitlines())) <= 80


def test_an_officer_is_scored_by_code_and_by_the_scale_of_officers(desk: Line) -> None:
    found = desk("score", "2025-11", "--by", "officer", "--json").json
    (only,) = found["rows"]
    assert (only["key"], found["most"], only["total"]) == ("tu-phap.chuyen-vien-1", 10, "1.0")
    assert only["grade"]["highest"] == "hoàn thành 100 % nhiệm vụ"
    assert found["whole"]["grade"] is None
    assert "tu-phap.chuyen-vien-1" in desk("score", "2025-11", "--by", "officer").out


def test_a_score_is_taken_apart_into_its_dossiers(desk: Line) -> None:
    found = desk("score", "2025-11", "--by", "dossier", "--unit", "Phòng Tư pháp", "--json").json
    assert [(each["code"], each["total"]) for each in found["dossiers"]] == [
        ("H51-1", "0.0"),
        ("H51-2", "2.0"),
        ("H51-3", "1.0"),
    ]
    assert (found["of"], found["number"], found["together"]["total"]) == ({"unit": "tu-phap"}, 3, "1.0")
    said = desk(
        "score", "2025-11", "--by", "dossier", "--officer", "tu-phap.chuyen-vien-1", "--limit", "1"
    ).out
    assert "Còn 2 hồ sơ nữa; thêm --limit 3 để xem hết." in said
    assert "dunghan explain H51-1" in said
    assert "H51-2" not in said
    assert desk("score", "2025-11", "--by", "dossier", "--officer", "x").out.startswith("0 hồ sơ")


def test_a_period_without_results_has_no_score_and_no_zero(desk: Line) -> None:
    found = desk("score", "2024-01", "--json").json
    assert (found["rows"], found["whole"]["total"], found["whole"]["most"]) == ([], None, 0)
    assert found["whole"]["progress_766"]["score"] is None
    assert found["whole"]["par"]["dung-han"]["points"] is None
    assert "Không có kết quả nào để chấm." in desk("score", "2024-01").out
    before = desk("score", "2018-05", "--json").json
    assert before["criteria"] == []  # the criterion is in force from 2019 on


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--by", "field"), "--by: có “field”, cần một trong: unit, officer, dossier."),
        (("--unit", "tnmt"), "--unit, --officer: chỉ đi với --by dossier."),
        (("--by", "dossier", "--unit", "tnmt", "--officer", "x"), "--unit, --officer: chọn một."),
        (("--by", "dossier", "--unit", "xx"), "--unit: không có đơn vị “xx”; có: lanh-dao, mot-cua"),
        (("2025-13",), "--period: "),
        (("2025-11", "--from", "01/11/2025"), "--period: hoặc --period, hoặc --from và --to."),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_sentence(
    desk: Line, arguments: tuple[str, ...], said: str
) -> None:
    answer = desk("score", *arguments)
    assert answer.code == 2
    assert said in answer.err
