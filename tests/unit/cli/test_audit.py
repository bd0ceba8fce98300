from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from tests.unit.cli.conftest import row

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Line

# Received on Monday 3 November 2025 with 5 working days: the law says Monday 10 November.
REMOTE = "1.012790"  # 8 working days, 18 in remote communes


def take_in(office: Line, *rows: str) -> None:
    assert office("import", str(office.write_list(*rows))).code == 0


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def test_slips_that_agree_with_the_law_end_well(office: Line) -> None:
    take_in(office, row(promised="10/11/2025"), row("H51-2", promised="10/11/2025 16:30"))
    answer = office("audit", "slips")
    assert answer.code == 0
    assert "đúng hạn theo luật  2" in answer.out
    assert "Theo lý do" not in answer.out


def test_an_office_without_slips_has_nothing_to_compare(office: Line) -> None:
    take_in(office, row())
    answer = office("audit", "slips")
    assert answer.code == 0
    assert "Không so: không có ngày hẹn 1." in answer.out


def test_slips_that_differ_are_summed_up_and_listed_with_their_reasons(office: Line) -> None:
    take_in(
        office,
        row(promised="10/11/2025"),
        row("H51-2", promised="07/11/2025"),
        row("H51-3", promised="28/11/2025"),
        row("H51-4", procedure=REMOTE, unit="Phòng TNMT", promised="27/11/2025"),
    )
    answer = office("audit", "slips")
    assert answer.code == 1
    sums, _, listed = answer.out.partition("Phiếu lệch: 3 trong 3")
    assert "hẹn sớm hơn luật" in sums
    assert "Phòng Tư pháp" in sums
    assert "H51-2" in listed
    assert "07/11/2025        10/11/2025           -3        -1" in listed
    assert "tính cả ngày tiếp nhận" in listed
    assert "không rõ, có thể ghi tay" in listed
    assert "dùng thời hạn khác: trường hợp" in " ".join(listed.split())


def test_nothing_is_wider_than_eighty_columns(office: Line) -> None:
    code = "000.00.19.H51-251103-0001"
    take_in(
        office,
        row(code, promised="28/11/2025"),
        row("H51-4", procedure=REMOTE, unit="Phòng TNMT", promised="27/11/2025"),
        row("H51-5", accepted="26/12/2025 08:00", promised="05/01/2026"),
    )
    answer = office("audit", "slips")
    assert max(map(len, answer.out.splitlines())) <= 80
    assert "12729" in answer.out  # the document behind the swapped day off


def test_programs_get_sums_reasons_and_slips(office: Line) -> None:
    take_in(
        office, row(promised="10/11/2025"), row("H51-5", accepted="26/12/2025 08:00", promised="05/01/2026")
    )
    answer = office("audit", "slips", "--json")
    assert answer.code == 1
    found = answer.json
    assert found["totals"] == {
        "compared": 2,
        "agree": 1,
        "miscounted": 1,
        "early": 1,
        "late": 0,
        "calendar_changed": 0,
        "without_slip": 0,
        "without_limit": 0,
        "unreadable": 0,
    }
    assert found["reasons"][0]["code"] == "swap_off_ignored"
    assert found["reasons"][0]["likeliest"] == 1
    assert found["units"] == [{"code": "tu-phap", "name": "Phòng Tư pháp", "compared": 2, "miscounted": 1}]
    assert found["procedures"][0]["code"] == "1.003583"
    (slip,) = found["slips"]
    assert (slip["code"], slip["slip_on"], slip["lawful_on"]) == ("H51-5", "2026-01-05", "2026-01-06")
    assert (slip["days"], slip["working_days"], slip["miscounted"]) == (-1, -1, True)
    assert slip["limit"] == {"amount": 5, "unit": "working_days", "vi": "5 ngày làm việc"}
    assert slip["lawful_at"] == "2026-01-07T00:00:00+07:00"
    first = slip["reasons"][0]
    assert first["days"] == ["2026-01-02"]
    assert "12729" in first["source"]
    assert first["en"] == "swapped day off counted: 02/01/2026"


def test_only_as_many_slips_are_shown_as_asked_for_and_the_file_has_them_all(office: Line) -> None:
    take_in(office, *(row(f"H51-{n}", promised="07/11/2025") for n in range(1, 6)))
    target = office.home.parent / "lech.csv"
    answer = office("audit", "slips", "--limit", "2", "--csv", str(target))
    assert "Phiếu lệch: 2 trong 5" in answer.out
    assert "thêm --csv" in answer.out
    assert f"Đã ghi {target}" in answer.out
    found = read(target)
    assert [entry["Mã hồ sơ"] for entry in found] == [f"H51-{n}" for n in range(1, 6)]
    assert found[0]["Sớm hay muộn"] == "sớm"
    assert (found[0]["Số ngày lệch"], found[0]["Số ngày làm việc lệch"]) == ("3", "1")
    assert found[0]["Hạn theo luật"] == "10/11/2025"
    assert office("audit", "slips", "--limit", "2", "--json").json["csv"] is None


def test_no_cell_of_the_file_can_run_as_a_formula(office: Line) -> None:
    codes = ("=1+1", "+H51", "-H51", "@SUM(A1)")
    take_in(office, *(row(code, promised="07/11/2025") for code in codes))
    target = office.home.parent / "lech.csv"
    office("audit", "slips", "--csv", str(target))
    found = read(target)
    assert {entry["Mã hồ sơ"] for entry in found} == {f"'{code}" for code in codes}
    assert not any(cell.startswith(("=", "+", "-", "@")) for entry in found for cell in entry.values())


def test_a_slip_of_hours_shows_its_hour(office: Line) -> None:
    hours = office.home / "sla" / "procedures" / "theo-gio.toml"
    hours.write_text(
        'code = "9.001"\nname = "Thủ tục theo giờ"\nfield = "ha-tang"\nunit = "tu-phap"\nladder = "short"\n'
        '[[versions]]\nfrom = 2018-01-01\nlimit = "4 hours"\nlegal_basis = "Luật"\nverified = "yes"\n',
        encoding="utf-8",
    )
    assert office("sla", "apply", "--reason", "thử", "--yes").code == 0
    take_in(
        office,
        row("H51-6", procedure="9.001", accepted="03/11/2025 10:00", promised="03/11/2025 14:00"),
        row("H51-7", procedure="9.001", accepted="03/11/2025 10:00", promised="03/11/2091 14:00"),
    )
    answer = office("audit", "slips")
    assert "03/11/2025 14:00  03/11/2025 16:00     +0  -120 phút" in answer.out
    assert "đếm giờ liên tục" in answer.out
    assert "+24106         —" in answer.out


def test_a_period_and_a_unit_can_be_chosen(office: Line) -> None:
    take_in(
        office,
        row("H51-1", promised="07/11/2025"),
        row("H51-2", accepted="04/11/2025 08:00", promised="10/11/2025"),
        row("H51-4", procedure=REMOTE, unit="Phòng TNMT", promised="27/11/2025"),
    )

    def listed(*options: str) -> list[str]:
        return [slip["code"] for slip in office("audit", "slips", "--json", *options).json["slips"]]

    assert listed("--from", "04/11/2025") == ["H51-2"]
    assert listed("--to", "03/11/2025") == ["H51-1", "H51-4"]
    assert listed("--unit", "phòng tnmt") == ["H51-4"]
    answer = office("audit", "slips", "--unit", "tnmt", "--from", "01/11/2025", "--to", "30/11/2025")
    assert "từ 01/11/2025 đến 30/11/2025, Phòng Tài nguyên và Môi trường" in " ".join(answer.out.split())
    assert "Theo đơn vị" not in answer.out


def test_a_wrong_option_is_refused_with_a_sentence(office: Line) -> None:
    unit = office("audit", "slips", "--unit", "nowhere")
    assert (unit.code, "không có đơn vị nowhere" in unit.err) == (2, True)
    folder = office("audit", "slips", "--csv", str(office.home / "nowhere" / "x.csv"))
    assert (folder.code, "không có thư mục" in folder.err) == (2, True)
    period = office("audit", "slips", "--from", "02/11/2025", "--to", "01/11/2025")
    assert (period.code, "trước --from" in period.err) == (2, True)
    hour = office("audit", "slips", "--from", "02/11/2025 08:00")
    assert (hour.code, "cần một ngày" in hour.err) == (2, True)


def test_a_calendar_that_changed_after_printing_is_told_and_is_no_fault_of_the_slip(office: Line) -> None:
    take_in(office, row(promised="10/11/2025"))
    year = office.home / "sla" / "calendar" / "2025.toml"
    text = year.read_text(encoding="utf-8")
    added = '{ date = 2025-11-05, kind = "off", name = "Nghỉ bão", source = "bao", verified = "yes" },'
    text = text.replace("days = [", f"days = [\n  {added}").replace(
        "\n[sources]", '\n[sources]\nbao = "CĐ 1"'
    )
    year.write_text(text, encoding="utf-8")
    assert office("sla", "apply", "--reason", "bão", "--yes").code == 0
    answer = office("audit", "slips")
    assert answer.code == 0
    assert "lịch đổi sau khi in 1 không phải đếm sai" in " ".join(answer.out.split())
    assert "10/11/2025        11/11/2025           -1        -1" in answer.out
    assert "Theo lý do" not in answer.out
    assert office("audit", "slips", "--json").json["slips"][0]["miscounted"] is False


def test_a_file_that_cannot_be_finished_leaves_nothing_behind(office: Line) -> None:
    take_in(office, row(promised="07/11/2025"))
    target = office.home.parent / "taken.csv"
    target.mkdir()
    assert office("audit", "slips", "--csv", str(target)).code == 2
    assert [path.name for path in office.home.parent.glob(".taken*")] == []


def test_many_procedures_are_cut_short_on_the_screen(office: Line) -> None:
    procedures = office.home / "sla" / "procedures"
    for n in range(12):
        (procedures / f"them-{n}.toml").write_text(
            f'code = "9.1{n:02}"\nname = "Thủ tục {n} {"có tên rất dài " * 8}"\nfield = "ha-tang"\n'
            'unit = "tu-phap"\n[[versions]]\nfrom = 2018-01-01\nlimit = "5 working_days"\n'
            'legal_basis = "Luật"\nverified = "yes"\n',
            encoding="utf-8",
        )
    assert office("sla", "apply", "--reason", "thử", "--yes").code == 0
    take_in(office, *(row(f"H51-{n}", procedure=f"9.1{n:02}", promised="07/11/2025") for n in range(12)))
    answer = office("audit", "slips")
    assert "… và 2 dòng nữa (--json)." in answer.out
    assert max(map(len, answer.out.splitlines())) <= 80
