from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from config.columns import ColumnMapping, load_mapping
from domain.snapshot import SnapshotRow
from workers.inbox.faults import BadRow, CellProblem
from workers.inbox.rows import read_rows, refuse_rows
from workers.inbox.sheets import open_sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Read = Callable[[Path], list[SnapshotRow | BadRow]]

HEADS = [
    "Mã hồ sơ",
    "Mã thủ tục",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Ngày có kết quả",
    "Ngày trả kết quả",
    "Đơn vị xử lý",
    "Cán bộ thụ lý",
    "Hình thức tiếp nhận",
    "Trạng thái",
    "Ngày chuyển trạng thái",
]
GOOD = dict(
    zip(
        HEADS,
        [
            "A1",
            "1.003003",
            "31/05/2019 14:00",
            "07/06/2019",
            "",
            "",
            "P1",
            "CB01",
            "Trực tuyến",
            "Đang xử lý",
            "",
        ],
        strict=True,
    )
)


def listed(path: Path, *rows: dict[str, str]) -> Path:
    lines = [";".join(HEADS), *(";".join({**GOOD, **row}.values()) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_full_row_becomes_a_snapshot_row(tmp_path: Path, read: Read) -> None:
    times = {
        "Ngày có kết quả": "06/06/2019 09:30",
        "Ngày trả kết quả": "07/06/2019",
        "Trạng thái": " đã TRẢ  kết quả ",
        "Ngày chuyển trạng thái": "07/06/2019 10:00",
    }
    [row] = read(listed(tmp_path / "ds.csv", times))
    assert isinstance(row, SnapshotRow)
    assert (row.line, row.code, row.procedure, row.unit, row.officer) == (2, "A1", "1.003003", "P1", "CB01")
    assert (row.channel, row.status) == ("online", "returned")
    moments = [row.accepted_at, row.promised_at, row.finished_at, row.returned_at, row.status_at]
    assert [moment and (f"{moment.at:%d %H:%M}", moment.date_only) for moment in moments] == [
        ("31 07:00", False),
        ("06 17:00", True),
        ("06 02:30", False),
        ("06 17:00", True),
        ("07 03:00", False),
    ]


def test_the_commune_case_step_and_bundle_stand_as_they_are_written(tmp_path: Path, read: Read) -> None:
    heads = "Mã hồ sơ;Thủ tục;Ngày nhận;Nhóm thủ tục;Trường hợp;Bước xử lý;Xã/phường của thửa đất"
    text = f"{heads}\nA1;1;31/05/2019;Ba thủ tục;Nhà ở;Thẩm định;Xã 01\nA2;1;31/05/2019;;;;\n"
    (tmp_path / "ds.csv").write_text(text, encoding="utf-8")
    full, empty = read(tmp_path / "ds.csv")
    assert isinstance(full, SnapshotRow)
    assert isinstance(empty, SnapshotRow)
    assert (full.commune, full.limit_case, full.step, full.bundle) == (
        "Xã 01",
        "Nhà ở",
        "Thẩm định",
        "Ba thủ tục",
    )
    assert (empty.commune, empty.limit_case, empty.step, empty.bundle) == (None,) * 4


@pytest.mark.parametrize("head", ["Xã/phường của thửa đất", "Trường hợp", "Bước xử lý", "Nhóm thủ tục"])
def test_a_new_commune_case_step_or_bundle_changes_the_digest(tmp_path: Path, read: Read, head: str) -> None:
    rows = f"Mã hồ sơ;Thủ tục;Ngày nhận;{head}\nA1;1;31/05/2019;a\nA1;1;31/05/2019;b\n"
    (tmp_path / "ds.csv").write_text(rows, encoding="utf-8")
    one, other = read(tmp_path / "ds.csv")
    assert isinstance(one, SnapshotRow)
    assert isinstance(other, SnapshotRow)
    assert one.digest != other.digest


def test_paying_taxes_is_a_status_of_its_own(tmp_path: Path, read: Read) -> None:
    words = [{"Trạng thái": "Yêu cầu thực hiện nghĩa vụ tài chính"}, {"Trạng thái": "Tạm dừng"}]
    rows = read(listed(tmp_path / "ds.csv", *words))
    assert [row.status for row in rows if isinstance(row, SnapshotRow)] == [
        "financial_obligation",
        "suspended",
    ]


def test_what_a_list_does_not_say_is_none(tmp_path: Path, read: Read) -> None:
    empty = {"Ngày hẹn trả": "", "Cán bộ thụ lý": "", "Hình thức tiếp nhận": "", "Trạng thái": ""}
    [row] = read(listed(tmp_path / "ds.csv", empty))
    assert isinstance(row, SnapshotRow)
    assert (row.promised_at, row.officer, row.channel, row.status, row.status_at) == (None,) * 5


@pytest.mark.parametrize(
    ("head", "text", "expected"),
    [
        ("Mã hồ sơ", "", "mã hồ sơ"),
        ("Mã hồ sơ", "A  1", "không có khoảng trắng lạ"),
        ("Mã hồ sơ", "A\N{NO-BREAK SPACE}1", "không có khoảng trắng lạ"),
        ("Mã hồ sơ", "A1\N{ZERO WIDTH SPACE}", "không có khoảng trắng lạ"),
        ("Mã thủ tục", "", "thủ tục"),
        ("Đơn vị xử lý", "", "đơn vị"),
        ("Ngày tiếp nhận", "", "31/05/2019 14:00"),
        ("Ngày tiếp nhận", "31/02/2019", "31/05/2019 14:00"),
        ("Ngày hẹn trả", "mai", "31/05/2019 14:00"),
        ("Ngày có kết quả", "2019", "31/05/2019 14:00"),
        ("Ngày trả kết quả", "x", "31/05/2019 14:00"),
        ("Ngày chuyển trạng thái", "x", "31/05/2019 14:00"),
        ("Trạng thái", "Đang xử lí", "gần giống “đang xử lý”"),
        ("Hình thức tiếp nhận", "Bồ câu", "“trực tiếp”"),
    ],
)
def test_a_wrong_cell_names_its_column_what_was_found_and_expected(
    tmp_path: Path, read: Read, head: str, text: str, expected: str
) -> None:
    good, refused, after = read(listed(tmp_path / "ds.csv", {}, {head: text}, {}))
    assert isinstance(good, SnapshotRow)
    assert isinstance(after, SnapshotRow)
    assert isinstance(refused, BadRow)
    [problem] = refused.problems
    assert (refused.line, problem.column, problem.found) == (3, head, text)
    assert expected in problem.expected


def test_all_faults_of_a_row_come_at_once(tmp_path: Path, read: Read) -> None:
    faults = {"Mã hồ sơ": "", "Ngày hẹn trả": "x", "Trạng thái": "y", "Đơn vị xử lý": ""}
    [refused] = read(listed(tmp_path / "ds.csv", faults))
    assert isinstance(refused, BadRow)
    assert {problem.column for problem in refused.problems} == set(faults)


def test_an_equal_digest_means_equal_mapped_cells(tmp_path: Path, read: Read) -> None:
    rows = read(listed(tmp_path / "ds.csv", {}, {}, {"Trạng thái": ""}, {"Cán bộ thụ lý": "CB02"}))
    digests = [row.digest for row in rows if isinstance(row, SnapshotRow)]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3
    assert all(len(digest) == 32 for digest in digests)


def test_the_digest_does_not_hang_on_the_order_of_columns(tmp_path: Path, read: Read) -> None:
    one, other = tmp_path / "1.csv", tmp_path / "2.csv"
    one.write_text("Mã hồ sơ;Thủ tục;Ngày nhận;Ghi chú\n1;2;31/05/2019;x\n", encoding="utf-8")
    other.write_text("Ngày nhận;Mã hồ sơ;Thủ tục\n31/05/2019;1;2\n", encoding="utf-8")
    first, second = read(one)[0], read(other)[0]
    assert isinstance(first, SnapshotRow)
    assert isinstance(second, SnapshotRow)
    assert first.digest == second.digest
    assert first.unit is None


def test_an_empty_cell_yields_to_the_next_column_of_its_field(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "ds.csv"
    text = "Mã hồ sơ;Tên thủ tục;Mã thủ tục;Ngày nhận\n1;Tên;;31/05/2019\n2;Tên;1.2;31/05/2019\n"
    path.write_text(text, encoding="utf-8")
    assert [row.procedure for row in read(path) if isinstance(row, SnapshotRow)] == ["Tên", "1.2"]


def test_rows_refused_later_get_their_cells_from_a_second_reading(
    tmp_path: Path, mappings: tuple[ColumnMapping, ...]
) -> None:
    sheet = open_sheet(listed(tmp_path / "ds.csv", {}, {"Mã hồ sơ": "B"}), mappings)
    problem = CellProblem("Đơn vị xử lý", "P1", "đơn vị của huyện")
    [refused] = refuse_rows(sheet, {3: [problem]})
    assert (refused.line, refused.cells[0], refused.problems) == (3, "B", (problem,))
    assert list(refuse_rows(sheet, {})) == []


PERMITS = """\
name = "Dutch permit desk"
date_order = "ymd"
[columns]
code = "dossier_id"
procedure = "procedure"
unit = ["unit", "department"]
officer = "responsible"
channel = "channel"
accepted_at = "received_at"
promised_at = "due_at"
finished_at = "finished_at"
[channels]
direct = "Desk"
online = ["Internet", "e-mail"]
post = "Post"
"""
# From J.C.A.M. Buijs, "Receipt phase of an environmental permit application process (WABO)",
# doi:10.4121/uuid:a07386a5-7be3-4367-9535-70bc9e77dbe6
PERMIT_ROWS = """\
dossier_id,procedure,department,unit,responsible,channel,received_at,due_at,planned_end_at,finished_at
case-4028,"WABO environmental permit, receipt phase",General,,Resource07,Post,2010-10-01T00:00:00.020+02:00,\
2010-12-16T00:00:00.000+01:00,2010-12-16T00:00:00.010+01:00,2010-12-02T14:23:04.930+01:00
case-416,"WABO environmental permit, receipt phase",General,,Resource26,Internet,\
2010-10-01T01:06:40.020+02:00,2010-11-26T01:06:40.000+01:00,2010-11-26T01:06:40.010+01:00,
"""
REQUESTS = """\
name = "City requests"
date_order = "ymd"
[columns]
code = "request_id"
procedure = "type"
unit = "subject"
accepted_at = "received_at"
promised_at = "due_at"
finished_at = "finished_at"
status = "status"
[statuses]
processing = "Open"
finished = "Closed"
"""
REQUEST_ROWS = """\
request_id,subject,department,reason,type,queue,channel,neighborhood,ward,received_at,due_at,finished_at,status
101001240735,Public Works Department,PWDx,Street Lights,Street Light Outages,PWDx,App,Fenway,Ward 5,\
2015-01-01T00:25:23,2015-01-16T08:30:00,2015-01-02T16:17:43,Closed
101001240740,Animal Control,ANML,Animal Issues,Animal Found,ANML02,Call,West Roxbury,Ward 20,\
2015-07-01T01:45:37,,,Open
"""


def foreign(path: Path, mapping: str, rows: str, zone: str) -> list[SnapshotRow | BadRow]:
    path.write_text(rows, encoding="utf-8")
    sheet = open_sheet(path, [load_mapping(mapping, file="x.toml")])
    return list(read_rows(sheet, sheet.mapping, ZoneInfo(zone)))


def test_a_dutch_case_log_is_read_with_a_mapping_of_its_own(tmp_path: Path) -> None:
    first, second = foreign(tmp_path / "wabo.csv", PERMITS, PERMIT_ROWS, "Europe/Amsterdam")
    assert isinstance(first, SnapshotRow)
    assert isinstance(second, SnapshotRow)
    assert (first.code, first.unit, first.channel, second.channel) == (
        "case-4028",
        "General",
        "post",
        "online",
    )
    assert first.accepted_at.at.isoformat() == "2010-09-30T22:00:00.020000+00:00"
    assert second.finished_at is None


def test_an_american_case_log_is_read_with_a_mapping_of_its_own(tmp_path: Path) -> None:
    winter, summer = foreign(tmp_path / "311.csv", REQUESTS, REQUEST_ROWS, "America/New_York")
    assert isinstance(winter, SnapshotRow)
    assert isinstance(summer, SnapshotRow)
    assert (winter.code, winter.status, summer.status) == ("101001240735", "finished", "processing")
    assert winter.accepted_at.at.isoformat() == "2015-01-01T05:25:23+00:00"
    assert summer.accepted_at.at.isoformat() == "2015-07-01T05:45:37+00:00"
