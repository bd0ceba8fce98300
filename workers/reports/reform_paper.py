"""The report on the reform plan as an official paper: a workbook and a pdf with the same three tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.reform_figures import plan_rates
from workers.reports.printed import Align, Grid, HeadCell, Printed, Row, plain_head
from workers.reports.printed_file import write_paper
from workers.reports.reform import STANDS, rate_words, state_words

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from domain.reform_figures import PlanCounts, StoodTask
    from workers.reports.reform import Part, ReformReport

SHEETS: Final = ("Theo lĩnh vực", "Theo đơn vị", "Danh mục nhiệm vụ")
TOTAL: Final = "Tổng số"
SIGNERS: Final = (
    ("Người lập báo cáo", "(Ký, ghi rõ họ tên)"),
    ("Thủ trưởng đơn vị", "(Ký, ghi rõ họ tên, đóng dấu)"),
)
_TALL: Final = ((0, "STT"), (2, TOTAL))
_GROUPS: Final = ((3, 3, "Hoàn thành"), (6, 5, "Chưa hoàn thành"), (11, 2, "Đến hạn theo kế hoạch"))
_PARTS: Final = (
    *((3, "Đúng hạn"), (4, "Trễ hạn"), (5, "Thường xuyên")),
    *(
        (6, "Đang thực hiện"),
        (7, "Chưa thực hiện"),
        (8, "Quá hạn"),
        (9, "Thường xuyên"),
        (10, "Không thực hiện"),
    ),
    *((11, "Số đến hạn"), (12, "Đã hoàn thành")),
)
_RATES: Final = ((13, "Hoàn thành trên tổng số"), (14, "Hoàn thành trên số đến hạn"))
_WIDTHS: Final = (5, 34, 8, *[9] * 10, 15, 15)
_CENTER: Final[tuple[Align, ...]] = ("center",) * 2
_RIGHT: Final[tuple[Align, ...]] = ("right",) * 11
_LIST: Final = (
    *("STT", "Nhiệm vụ", "Sản phẩm", "Đơn vị chủ trì", "Đơn vị phối hợp"),
    *(
        "Thời gian theo kế hoạch",
        "Đến hết ngày",
        "Trạng thái",
        "Hoàn thành ngày",
        "Trễ (ngày)",
        "Lý do, văn bản",
    ),
)
_LIST_WIDTHS: Final = (5, 36, 22, 20, 18, 13, 11, 15, 11, 7, 24)
_LIST_ALIGNS: Final[tuple[Align, ...]] = (
    *("center", "left", "left", "left", "left", "center"),
    *("center", "left", "center", "right", "left"),
)


def write_reform(report: ReformReport, path: Path) -> None:
    """Write the report to a file .xlsx or .pdf, whole or not at all.

    Raises OSError where it cannot be written, LookupError for a pdf without typst.
    """
    write_paper(paper_of(report), path, sheets=SHEETS, as_of=report.as_of)


def paper_of(report: ReformReport) -> Printed:
    """Return the report as an official paper: by area, by lead unit, and the list of all tasks."""
    day = report.as_of
    notes: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("Tỷ lệ hoàn thành", (*report.rate_lines, report.in_period)),
        ("Cách tính", STANDS),
        ("Đã đưa ra khỏi kế hoạch, không nằm trong tổng số", report.removed),
    )
    return Printed(
        number="",
        office_name=report.office_name,
        title=report.title,
        above=(report.period_words,),
        unit="Đơn vị tính: nhiệm vụ",
        grids=(
            _figures("", "Lĩnh vực", report.by_area, report.total),
            _figures("Theo đơn vị chủ trì", "Đơn vị chủ trì", report.by_unit, report.total),
            _list(report),
        ),
        notes=notes,
        dated=f"{report.place or '.' * 20}, ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        signers=SIGNERS,
        foot=f"Theo những gì đã ghi đến {day:%H:%M %d/%m/%Y}",
    )


def _figures(title: str, what: str, parts: tuple[Part, ...], total: PlanCounts) -> Grid:
    head = [HeadCell(0, column, text, rows=2) for column, text in (*_TALL, (1, what), *_RATES)]
    head += [HeadCell(0, column, text, columns=columns) for column, columns, text in _GROUPS]
    head += [HeadCell(1, column, text) for column, text in _PARTS]
    return Grid(
        title=title,
        widths=_WIDTHS,
        head=tuple(head),
        rows=tuple((number, part.label, *_cells(part.counts)) for number, part in enumerate(parts, 1)),
        total=("", TOTAL, *_cells(total)),
        aligns=("center", "left", *_RIGHT, *_CENTER),
        size=9.5,
    )


def _cells(counts: PlanCounts) -> tuple[int | str, ...]:
    rates = (rate_words(rate) for rate in plan_rates(counts))
    done = (counts.done_in_time, counts.done_late, counts.done_continuous)
    left = (counts.in_progress, counts.not_started, counts.overdue, counts.continuous, counts.not_done)
    return (counts.total, *done, *left, counts.due, counts.due_done, *rates)


def _list(report: ReformReport) -> Grid:
    return Grid(
        title="Danh mục nhiệm vụ",
        widths=_LIST_WIDTHS,
        head=plain_head(_LIST),
        rows=tuple(_row(one, report) for one in report.tasks),
        aligns=_LIST_ALIGNS,
        size=8.5,
    )


def _row(one: StoodTask, report: ReformReport) -> Row:
    task = one.task
    plan = task.plan
    return (
        plan.number,
        plan.title,
        plan.product,
        report.units.get(plan.lead, plan.lead),
        plan.cooperating,
        plan.deadline.text,
        _day(one.due_on),
        state_words(one),
        _day(task.done_on),
        "" if one.late_by is None else one.late_by,
        "; ".join(text for text in (task.reason, task.document) if text),
    )


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
