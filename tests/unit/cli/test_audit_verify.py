"""`dunghan audit verify` and `anchors`: what an auditor reads, keeps outside and holds against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tampering import tamper
from tests.unit.cli.conftest import row

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Line


@pytest.fixture
def desk(office: Line) -> Line:
    path = office.write_list(row("H51-1", finished="06/11/2025 09:00", status="Đã xử lý xong"), row("H51-2"))
    assert office("import", str(path)).code == 0
    assert office("report", "--period", "2025-11", "--seal", "12/BC").code == 0
    assert office("audit", "anchors", "--now").code == 0
    return office


def altered(desk: Line, statement: str) -> None:
    tamper(f"sqlite:///{desk.home / 'var' / 'dunghan.db'}", statement)


def test_a_record_nobody_touched_is_said_to_be_so(desk: Line) -> None:
    answer = desk("audit", "verify")
    assert answer.code == 0
    assert "Không có gì bị sửa sau khi ghi." in answer.out
    found = desk("audit", "verify", "--json").json
    assert found["alterations"] == []
    assert found["totals"] == {
        "dossiers": 2,
        "events": 3,
        "anchors": 1,
        "anchored": 3,
        "last_anchor": 1,
        "seals": 1,
        "sealed": 2,
        "tasks": 0,
        "treatments": 0,
    }


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE dossier_events SET actor = 'x' || substr(actor, 2) WHERE code = 'H51-1' AND seq = 1",
            "Hồ sơ H51-1, sự kiện số 1: cột actor bị sửa, có “x",
        ),
        ("DELETE FROM dossier_events WHERE code = 'H51-1' AND seq = 2", "Hồ sơ H51-1, sự kiện số 2: bị mất."),
        (
            "UPDATE dossiers SET timing = 'late' WHERE code = 'H51-1'",
            "cột timing có “late”, theo sự kiện là",
        ),
        ("UPDATE anchors SET events = 2", "Mốc neo số 1: cột events bị sửa, có “2”, lẽ ra “3”."),
        ("UPDATE report_seals SET document = replace(document, '12/BC', '13/BC')", '"reason":"13/BC'),
        (
            "UPDATE sealed_dossiers SET code = 'H51-7' WHERE position = 2",
            "Niêm phong số 1, dòng 2: cột code bị sửa, có “H51-7”, lẽ ra “H51-2”.",
        ),
        ("DELETE FROM sealed_dossiers WHERE position = 2", "Niêm phong số 1, dòng 2: bị mất."),
        ("UPDATE sla_versions SET author = 'ai đó'", "cấu hình đến phiên bản này không còn như lúc neo"),
    ],
)
def test_what_was_altered_is_named_in_a_sentence_and_ends_with_1(
    desk: Line, statement: str, said: str
) -> None:
    altered(desk, statement)
    answer = desk("audit", "verify")
    assert answer.code == 1
    assert said in " ".join(answer.out.split())
    found = desk("audit", "verify", "--json", "--limit", "1").json
    assert len(found["alterations"]) == 1
    assert sum(found["altered"].values()) >= 1


def test_anchors_kept_outside_find_a_record_that_was_made_anew(desk: Line) -> None:
    path = desk.home.parent / "moc-neo.csv"
    assert desk("audit", "anchors", "--csv", str(path)).code == 0
    assert desk("audit", "verify", "--anchors", str(path)).code == 0
    altered(desk, "DELETE FROM anchors")
    altered(desk, "DELETE FROM heartbeats WHERE name = 'anchor'")
    assert desk("audit", "anchors", "--now").code == 0
    assert desk("audit", "verify").code == 0
    answer = desk("audit", "verify", "--anchors", str(path))
    assert answer.code == 1
    assert "Mốc neo số 1: không phải dòng đã ghi nhớ" in " ".join(answer.out.split())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x;y\n1;2\n", "dòng 1 thiếu cột hash, number"),
        ("number;hash\n1;abc\n", "dòng 2, cột hash: có “abc”"),
        ("number;hash\nmột;abc\n", "dòng 2, cột number: có “một”"),
    ],
)
def test_a_file_of_anchors_that_is_none_is_refused_with_its_line(desk: Line, text: str, said: str) -> None:
    path = desk.home.parent / "sai.csv"
    path.write_text(text, encoding="utf-8")
    answer = desk("audit", "verify", "--anchors", str(path))
    assert answer.code == 2
    assert said in answer.err


def test_an_unreadable_file_of_anchors_is_refused(desk: Line) -> None:
    answer = desk("audit", "verify", "--anchors", str(desk.home.parent / "khong-co.csv"))
    assert answer.code == 2
    assert "không đọc được" in answer.err


def test_the_anchors_are_shown_and_told_to_programs(desk: Line) -> None:
    (one,) = desk("audit", "anchors", "--json").json["anchors"]
    assert (one["number"], one["events"], one["seals"]) == (1, 3, 1)
    assert one["hash"][:16] in desk("audit", "anchors").out
