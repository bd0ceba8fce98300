"""`dunghan report`: periods, cut-offs, breakdowns, cells and papers, by the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from sqlalchemy import create_engine, text

from tests.unit.cli.conftest import row

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Line

NOVEMBER = ("--period", "2025-11")
DONE = "Đã xử lý xong"


@pytest.fixture
def desk(office: Line) -> Line:
    """H51-1 was carried in and finished late, H51-2 finished early, H51-3 is open, H51-4 is of December."""
    path = office.write_list(
        row("H51-1", accepted="27/10/2025 08:00", finished="12/11/2025 09:00", status=DONE),
        row("H51-2", finished="06/11/2025 09:00", status=DONE),
        row("H51-3", accepted="17/11/2025 08:00"),
        row("H51-4", accepted="01/12/2025 00:00"),
    )
    assert office("import", str(path)).code == 0
    return office


def test_a_period_counts_what_was_carried_in_and_what_was_received(desk: Line) -> None:
    total = desk("report", *NOVEMBER, "--json").json["total"]
    assert (total["received"], total["early"], total["late"], total["pending_overdue"]) == (3, 1, 1, 1)
    assert total["carried_in"] == 1
    cohort = desk("report", *NOVEMBER, "--cohort", "--json").json["total"]
    assert (cohort["received"], cohort["early"], cohort["carried_in"]) == (2, 1, 0)
    administrative = desk("report", "--period", "admin:2025-12", "--json").json
    assert (administrative["from"], administrative["to"]) == ("2025-11-15", "2025-12-14")


def test_the_cut_off_leaves_out_what_was_recorded_later(desk: Line) -> None:
    found = desk("report", *NOVEMBER, "--as-of", "30/11/2025", "--json").json
    assert found["total"]["received"] == 0  # the list came later than that
    assert found["as_of"].startswith("2025-11-30T23:59:59")


def test_a_report_is_broken_down_by_several_things(desk: Line) -> None:
    found = desk("report", *NOVEMBER, "--by", "unit,channel", "--json").json
    assert [entry["name"] for entry in found["rows"]] == ["Phòng Tư pháp · Trực tiếp"]
    assert found["keys"] == [["tu-phap", "direct"]]
    assert "Trực tiếp" in desk("report", *NOVEMBER, "--by", "channel").out


def test_a_cell_lists_its_dossiers_and_the_way_on(desk: Line) -> None:
    answer = desk("report", *NOVEMBER, "--cell", "unit=Phòng Tư pháp,column=10")
    assert answer.code == 0
    assert "H51-1" in answer.out
    assert "dunghan explain H51-1" in answer.out
    assert "H51-2" not in answer.out
    found = desk("report", *NOVEMBER, "--cell", "unit=tu-phap,column=3", "--limit", "1", "--json").json
    assert (found["number"], [each["code"] for each in found["dossiers"]]) == (3, ["H51-1"])
    assert (
        "Còn 2 hồ sơ nữa; thêm --limit 3"
        in desk("report", *NOVEMBER, "--cell", "column=3", "--limit", "1").out
    )
    nothing = desk("report", *NOVEMBER, "--cell", "unit=tnmt,column=3")
    assert (nothing.code, nothing.out.strip()) == (0, "unit=tnmt,column=3: 0 hồ sơ.")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("unit=tu-phao,column=3", "Đơn vị: không có “tu-phao”; gần giống: tu-phap"),
        ("unit=tnmt,channel=trực tuyên", "Hình thức tiếp nhận: không có “trực tuyên”; gần giống: Trực tuyến"),
        ("field=Đât đai,column=10", "Lĩnh vực: không có “Đât đai”; gần giống: Đất đai"),
        ("officer=ai-đó", "Người thụ lý: không có “ai-đó”; gần giống: —"),
    ],
)
def test_a_misspelt_cell_is_not_taken_for_an_empty_one(desk: Line, cell: str, said: str) -> None:
    answer = desk("report", *NOVEMBER, "--cell", cell)
    assert answer.code == 2
    assert said in answer.err


def test_a_cell_that_could_be_filled_and_is_not_has_no_dossier(desk: Line) -> None:
    for cell in ("commune=", "bundle=(không ghi),column=13", "officer=tnmt.chuyen-vien-1", "field=Đất đai"):
        assert desk("report", *NOVEMBER, "--cell", cell, "--json").code == 0


def test_the_form_and_the_register_are_written_beside_the_table(desk: Line) -> None:
    folder = desk.home.parent
    files = [str(folder / name) for name in ("f.xlsx", "f.pdf", "so.xlsx", "so.pdf")]
    answer = desk(
        "report",
        *NOVEMBER,
        "--form",
        files[0],
        "--form",
        files[1],
        "--register",
        files[2],
        "--register",
        files[3],
    )
    assert answer.code == 0
    assert f"Đã ghi {', '.join(files)}." in answer.out
    form = openpyxl.load_workbook(files[0])
    figures = [
        [cell for cell in row if cell is not None] for row in form["II.06a"].iter_rows(values_only=True)
    ]
    assert any(row[2:] == [3, 0, 2, 1, 2, 1, 0, 1, 1, 0, 1] for row in figures)
    assert form["Cột 10"]["A4"].value == "H51-1"
    register = openpyxl.load_workbook(files[2])["Sổ theo dõi"]
    assert [register.cell(row, 2).value for row in range(9, 13)].count("H51-2") == 1


def test_a_table_that_was_tampered_with_stops_the_report_and_names_the_dossier(desk: Line) -> None:
    engine = create_engine(f"sqlite:///{desk.home / 'var' / 'dunghan.db'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE dossiers SET timing = NULL WHERE code = 'H51-1'"))
    engine.dispose()
    path = desk.home.parent / "f.pdf"
    answer = desk("report", *NOVEMBER, "--form", str(path))
    assert answer.code == 2
    assert "H51-1" in answer.err
    assert not path.exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--period", "2025-13"), "--period: không có kỳ “2025-13”"),
        (("--period", "2025-11", "--to", "01/11/2025"), "hoặc --period, hoặc --from"),
        (("--as-of", "01/01/2190"), "--as-of: 01/01/2190 chưa đến."),
        (("--by", "unit,moon"), "--by: có “moon”, cần một hay nhiều trong: unit, officer"),
        (("--by", "unit,unit"), "--by"),
        (("--against", "moon"), "--against: có “moon”, cần law, slip, slip-day."),
        (("--cell", "moon=1"), "ví dụ unit=tnmt,column=6"),
        (("--cell", "column=14"), "không có cột “14”"),
        (("--form", "f.xlsx"), "cần một kỳ có đầu có cuối"),
        (("--form", "f.doc"), ".xlsx hoặc .pdf"),
        (("--form", "f.pdf", "--cohort"), "bỏ --cohort"),
        (("--register", "nowhere/so.pdf"), "không có thư mục"),
    ],
    ids=lambda value: "_".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_reported_is_refused_in_a_sentence(
    desk: Line, options: tuple[str, ...], said: str
) -> None:
    answer = desk("report", *options)
    assert answer.code == 2
    assert said in answer.err
