"""A plan comes in whole or not at all; the same plan again changes nothing, another only what is other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DatabaseError

from config.sla import load_sla
from tests.builders import OFFICE, local
from tests.reform_office import HEADS, task_row
from tests.reform_plans import changed, code, plan_file
from workers.inbox.faults import SheetError
from workers.inbox.plan_rows import read_plan
from workers.use_cases.reform_import import import_plan
from workers.use_cases.verify import Verification

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reform_office import ReformOffice
    from workers.use_cases.reform_import import PlanImported

PLAN = (task_row(1, "Một"), task_row(2, "Hai", "Thường xuyên"), task_row(3, "Ba", "Quý IV", lead="civil"))


UNIT = "một đơn vị khai trong office.toml"
AREA = "một lĩnh vực khai trong [areas] của office.toml"
TIME = "Quý II, Tháng 12, 6 tháng đầu năm, Năm 2019, 30/6/2019 hoặc Thường xuyên"


def faults(made: PlanImported) -> list[tuple[int, str]]:
    return [(row.line, str(problem)) for row in made.bad for problem in row.problems]


def test_the_same_plan_twice_changes_nothing(office: ReformOffice) -> None:
    first = office.take_in(PLAN)
    assert (first.new, first.unchanged) == ((code(1), code(2), code(3)), 0)
    again = office.take_in(PLAN, now="03/01/2019 08:00")
    assert (again.new, again.changed, again.unchanged, again.missing) == ((), (), 3, ())
    assert [len(office.history(code(n))) for n in (1, 2, 3)] == [1, 1, 1]


def test_another_plan_records_only_what_it_says_otherwise(office: ReformOffice) -> None:
    office.take_in(PLAN)
    made = office.take_in(
        (task_row(1, "Một"), task_row(2, "Hai", "Quý III"), task_row(4, "Bốn")), now="01/03/2019 08:00"
    )
    assert (made.new, made.unchanged, made.missing) == ((code(4),), 1, (code(3),))
    assert [(one.code, one.changes["deadline"]) for one in made.changed] == [
        (code(2), ("Thường xuyên", "Quý III"))
    ]
    task = office.tasks()[code(2)]
    assert (task.plan.deadline.last, task.epoch) == (date(2019, 9, 30), 2)
    last = office.history(code(2))[-1].event
    assert (last.kind, last.on, last.actor, last.recorded_at) == (
        "changed", date(2019, 3, 1), "test", local("01/03/2019 08:00"),
    )  # fmt: skip
    assert office.tasks()[code(3)].plan.title == "Ba"


def test_with_one_bad_row_nothing_is_recorded_and_every_fault_is_told_with_its_place(
    office: ReformOffice,
) -> None:
    rows = (
        task_row(1, "Một"),
        task_row(2, "", "Quý V", lead="P. Dat dai"),
        task_row(2, "Ba", area="Cải cách TTHCC"),
        ("", "Bốn", "Cải cách TTHC", "", "Phòng Đất đai", "", "Quý II"),
    )
    made = office.take_in(rows)
    assert [(line, *said.split(", cần ")) for line, said in faults(made)] == [
        (3, "cột “Nhiệm vụ”: để trống", "tên nhiệm vụ"),
        (3, "cột “Đơn vị chủ trì”: có “P. Dat dai”", f"{UNIT}; gần giống “Phòng Đất đai”"),
        (3, "cột “Thời gian hoàn thành”: có “Quý V”", TIME),
        (4, "cột “Lĩnh vực”: có “Cải cách TTHCC”", f"{AREA}; gần giống “Cải cách thủ tục hành chính”"),
        (4, "cột “STT”: có “2”", "mỗi nhiệm vụ một số riêng (dòng 3 đã có số này)"),
        (5, "cột “STT”: để trống", "số thứ tự của nhiệm vụ, ví dụ 7"),
    ]
    assert (made.new, office.tasks()) == ((), {})


def test_a_number_keeps_its_task_so_that_no_history_goes_to_another(office: ReformOffice) -> None:
    office.take_in(PLAN)
    shifted = (task_row(1, "Mới"), task_row(2, "Một"), task_row(3, "Hai", "Thường xuyên"))
    made = office.take_in(shifted)
    assert [(line, said.partition(", cần ")[2]) for line, said in faults(made)] == [
        (3, "số 1 như trong kế hoạch đã nhập: nhiệm vụ cũ giữ số cũ"),
        (4, "số 2 như trong kế hoạch đã nhập: nhiệm vụ cũ giữ số cũ"),
    ]
    assert office.tasks()[code(2)].plan.title == "Hai"
    renamed = office.take_in((task_row(1, "Một, viết lại"), *PLAN[1:]))
    assert [one.code for one in renamed.changed] == [code(1)]


def test_the_annex_of_a_whole_plan_comes_in_by_its_headings(tmp_path: Path) -> None:
    read = read_plan(plan_file(tmp_path / "plan.xlsx"), load_sla(), 2019)
    assert read.bad == ()
    assert [one.task.code for one in read.tasks] == [code(number) for number in range(1, 27)]
    by_area: dict[str, int] = {}
    for one in read.tasks:
        by_area[one.task.area] = by_area.get(one.task.area, 0) + 1
    assert by_area == {"the-che": 4, "thu-tuc": 6, "bo-may": 3, "doi-ngu": 4, "tai-chinh": 3, "hien-dai": 6}
    assert [one.task.lead for one in read.tasks][6:9] == ["tnmt", "kt-ht", "ldtbxh"]
    assert read.tasks[0].line == 5  # title, an empty row, heads, heading


def test_a_plan_may_name_its_tasks_itself_and_merge_its_headings(tmp_path: Path) -> None:
    heads = (*HEADS, "Mã nhiệm vụ")
    rows = (
        ("I. Cải cách thể chế",),
        ("a", "Một", "", "", "Phòng Nội vụ", "", "Quý I", "NV/01"),
        ("1.2", "Hai", "", "", "noi-vu", "", "Quý I"),
        ("2.", "Ba", "", "", "noi-vu", "", "Quý I"),
    )
    read = read_plan(plan_file(tmp_path / "plan.xlsx", rows, heads=heads), load_sla(), 2019)
    assert [one.task.code for one in read.tasks] == ["NV/01", "CCHC-2019-01.2"]
    assert [(row.line, str(row.problems[0])) for row in read.bad] == [
        (7, "cột “STT”: có “2.”, cần số thứ tự của nhiệm vụ, ví dụ 7")
    ]


def test_a_file_without_the_columns_of_a_plan_says_which_are_missing(tmp_path: Path) -> None:
    heads = ("STT", "Nhiệm vu", "Chủ trì", "Thời gian hoàn thành")
    with pytest.raises(SheetError) as caught:
        read_plan(plan_file(tmp_path / "plan.xlsx", changed(1), heads=heads), load_sla(), 2019)
    assert "còn thiếu “Nhiệm vụ” (gần giống “Nhiệm vu”)" in str(caught.value)


def test_a_code_of_a_dossier_or_of_another_year_is_no_code_of_a_task(
    office: ReformOffice, tmp_path: Path
) -> None:
    heads = (*HEADS, "Mã nhiệm vụ")
    path = plan_file(tmp_path / "own.xlsx", [(*task_row(1), "NV-1")], heads=heads, title="")
    assert office.import_path(path, now="02/01/2019 08:00").new == ("NV-1",)
    made = import_plan(office.store, OFFICE, path, 2020, on=None, actor="test", now=local("02/01/2020 08:00"))
    assert [said for _, said in faults(made)] == [
        "cột “Mã nhiệm vụ”: có “NV-1”, cần mã chưa dùng (đã là mã của kế hoạch năm 2019)"
    ]


def test_the_history_cannot_be_changed_and_an_altered_byte_is_found(office: ReformOffice) -> None:
    office.take_in(PLAN)
    office.set(code(1), "in_progress", "10/04/2019", now="10/04/2019 09:00")
    engine = create_engine(office.store.url)
    for statement in ("UPDATE reform_events SET actor = 'x'", "DELETE FROM reform_events"):
        with pytest.raises(DatabaseError, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement))
    with engine.begin() as connection:
        for name in ("reform_events_no_update", "reform_events_append_only"):
            of = " ON reform_events" if engine.dialect.name == "postgresql" else ""
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}{of}"))
        connection.execute(text("UPDATE reform_events SET actor = 'x' WHERE seq = 2"))
    engine.dispose()
    (one,) = Verification(office.store, OFFICE).alterations()
    assert (one.table, one.number, one.column, one.found) == ("reform_events", len(PLAN) + 1, "actor", "x")
