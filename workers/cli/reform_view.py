"""What the commands of the reform plan show to people, and to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.text import Text

from domain.catalogue import say
from domain.reform_figures import plan_rates
from workers.cli.screen import columns, screen
from workers.reports.reform import STANDS, rate_words, state_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from domain.reform_figures import PlanCounts, StoodTask
    from workers.reports.reform import Part, ReformReport
    from workers.use_cases.reform_import import PlanImported
    from workers.use_cases.reform_plan import StateSet

_NAME_WIDTH: Final = 19
_HEADS: Final = ("Tổng", "Xong", "Trễ", "Quá\nhạn", "Đang\nlàm", "Chưa\nlàm", "T.\nxuyên", "Không\nlàm")
_FIELDS: Final = {
    "number": "STT", "title": "nhiệm vụ", "area": "lĩnh vực", "product": "sản phẩm", "lead": "chủ trì",
    "cooperating": "phối hợp", "deadline": "thời gian", "last": "ngày cuối",
}  # fmt: skip


def show_import(file: Path, made: PlanImported) -> None:
    """Print what came of a plan: every fault with row and column, or what is new, changed and missing."""
    console = screen()
    if made.bad:
        for row in made.bad:
            for problem in row.problems:
                console.print(f"{file.name}, dòng {row.line}, {problem}", soft_wrap=True, style="red")
        console.print(f"Kế hoạch năm {made.year}: chưa nhập gì; sửa {len(made.bad)} dòng rồi nhập lại.")
        return
    console.print(
        f"Kế hoạch năm {made.year}: {len(made.new)} nhiệm vụ mới, {len(made.changed)} thay đổi, "
        f"{made.unchanged} không đổi."
    )
    for changed in made.changed:
        for name, (before, after) in changed.changes.items():
            if name in _FIELDS:
                shown = f"  {changed.code}, {_FIELDS[name]}: “{before}” → “{after}”"
                console.print(shown, soft_wrap=True)
    if made.missing:
        console.print(
            f"Không có trong tệp, vẫn giữ: {', '.join(made.missing)}. Đưa ra khỏi kế hoạch: "
            "dunghan reform set MÃ --state removed --reason … --document …",
            style="yellow",
            soft_wrap=True,
        )


def import_json(file: Path, made: PlanImported) -> dict[str, Any]:
    """Return what came of a plan for programs."""
    return {
        "file": str(file),
        "year": made.year,
        "recorded": not made.bad,
        "new": list(made.new),
        "changed": [
            {"code": one.code, "changes": {name: list(pair) for name, pair in one.changes.items()}}
            for one in made.changed
        ],
        "unchanged": made.unchanged,
        "missing": list(made.missing),
        "refused_rows": [
            {"line": row.line, "column": problem.column, "found": problem.found, "expected": problem.expected}
            for row in made.bad
            for problem in row.problems
        ],
    }


def set_json(made: StateSet) -> dict[str, Any]:
    """Return what came of a new state for programs."""
    task = made.task
    return {
        "code": task.code,
        "state": task.state,
        "since": task.since.isoformat(),
        "changed": made.outcome == "recorded",
    }


def said_of(made: StateSet) -> str:
    """Say what came of a new state."""
    task = made.task
    words = f"{task.code}: {say(task.state)} từ {task.since:%d/%m/%Y}"
    return f"{words}." if made.outcome == "recorded" else f"{words}, đã ghi như vậy, không đổi gì."


def show_reform(report: ReformReport) -> None:
    """Print the report: by area, by lead unit, the rates with their definitions, the list."""
    console = screen()
    console.print(Text.assemble((report.office_name, "bold"), "\n", (report.title, "bold")))
    console.print(f"{report.period_words}.\n")
    for title, parts in (("Lĩnh vực", report.by_area), ("Đơn vị chủ trì", report.by_unit)):
        _show_parts(title, parts, report.total)
        console.print()
    for line in (*report.rate_lines, report.in_period):
        console.print(line)
    console.print()
    show_tasks(report, report.tasks)
    console.print()
    for line in STANDS:
        console.print(f"– {line}", style="dim")


def _show_parts(title: str, parts: Sequence[Part], total: PlanCounts) -> None:
    counts = columns(title, *_HEADS, right=range(1, 9))
    shares = columns("Hoàn thành", "trên tổng số", "trên số đến hạn", right=(1, 2))
    for table in (counts, shares):
        table.columns[0].min_width = _NAME_WIDTH
    for part in parts:
        counts.add_row(part.label, *_cells(part.counts))
        shares.add_row(part.label, *_shares(part.counts))
    counts.add_row("Tổng số", *_cells(total), style="bold")
    shares.add_row("Tổng số", *_shares(total), style="bold")
    console = screen()
    console.print(counts)
    console.print()
    console.print(shares)


def _cells(counts: PlanCounts) -> list[str]:
    cells = (
        counts.total, counts.done, counts.done_late, counts.overdue,
        counts.in_progress, counts.not_started, counts.continuous, counts.not_done,
    )  # fmt: skip
    return [str(cell) if cell else "·" for cell in cells]


def _shares(counts: PlanCounts) -> list[str]:
    return [rate_words(rate) for rate in plan_rates(counts)]


def show_tasks(report: ReformReport, tasks: Sequence[StoodTask]) -> None:
    """Print tasks: code, what is to be done by whom, until when, how it stands."""
    table = columns("Mã", "Nhiệm vụ", "Chủ trì", "Hạn", "Trạng thái", whole=(0,))
    for one in tasks:
        plan = one.task.plan
        late = one.late_by is not None
        table.add_row(
            one.task.code,
            plan.title,
            report.units.get(plan.lead, plan.lead),
            _due(one),
            _standing(one),
            style="red" if late else "dim" if one.cell == "removed" else "",
        )
    screen().print(table)
    screen().print(f"{len(tasks)}/{len(report.tasks)} nhiệm vụ, {report.at_words}.", style="dim")


def _due(one: StoodTask) -> str:
    text = one.task.plan.deadline.text
    return f"{text}\n{one.due_on:%d/%m/%Y}" if one.due_on and _is_other(text, one.due_on) else text


def _is_other(text: str, day: date) -> bool:
    return f"{day:%d/%m/%Y}" != text


def _standing(one: StoodTask) -> str:
    done = f" {one.task.done_on:%d/%m/%Y}" if one.task.done_on else ""
    late = f", muộn {one.late_by} ngày" if one.late_by else ""
    return f"{state_words(one)}{done}{late}"
