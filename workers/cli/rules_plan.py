"""`dunghan sla plan`: what the folder would change if it were put in force, shown and listed, not written."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated, Final

import typer

from workers.cli.exits import CommandError
from workers.cli.here import JsonOption, OfficeOption  # noqa: TC001 - typer reads the annotations when it runs
from workers.cli.rules_folder import AlsoOpenOption, author_of, change_on_disk

if TYPE_CHECKING:
    from datetime import datetime

    from workers.cli.rules_folder import Change
    from workers.use_cases.forecast import Letter
    from workers.use_cases.plan import Move, Plan

SHOWN: Final = 20
_FIRST_DAY: Final = 15
"""Administrative periods run from the 15th to the 14th."""


def plan(
    context: typer.Context,
    *,
    also_open: AlsoOpenOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Ghi mọi hồ sơ đổi hạn vào tệp .csv, .json hoặc .xlsx.")
    ] = None,
    notices: Annotated[
        Path | None,
        typer.Option("--notices", help="Ghi mọi thông báo thêm, bớt vào tệp .csv, .json hoặc .xlsx."),
    ] = None,
    from_: Annotated[str | None, typer.Option("--from", help="Kỳ báo cáo: từ ngày tiếp nhận này.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Kỳ báo cáo: đến hết ngày này.")] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Xem trước áp dụng cấu hình trên đĩa thì gì thay đổi (plan).

    Không ghi gì: giá trị nào đổi, hồ sơ nào đổi hạn và vì sao, thông báo của
    10 ngày làm việc tới, tỷ lệ của kỳ đang chạy (mặc định từ ngày 15 gần nhất).

    Ví dụ: dunghan sla plan --out ho-so-doi-han.csv

    Ví dụ: dunghan sla plan --also-open 1.004206 --json
    """
    from workers.cli.rules_plan_view import print_plan, show_plan
    from workers.store.versions import Said

    said = Said(author=author_of(None), reason="", also_open=tuple(also_open or ()))
    with change_on_disk(context, said, office) as change:
        planned = work_out(change, days=(from_, to), out=out, notices=notices)
        (print_plan if as_json else show_plan)(planned)


@dataclass(slots=True, kw_only=True)
class Planned:
    """Hold a plan with the first of its rows, and where all of them were written."""

    change: Change
    plan: Plan
    period: tuple[datetime, datetime]
    moves: list[Move] = field(default_factory=list)
    files: tuple[Path, ...] = ()


def work_out(
    change: Change,
    *,
    days: tuple[str | None, str | None] = (None, None),
    out: Path | None = None,
    notices: Path | None = None,
) -> Planned:
    """Work the plan of a change out; rows go to the files as they are found."""
    from workers.cli.rules_rows import letter_rows, move_rows
    from workers.cli.screen import showing
    from workers.reports.rows import RowFile
    from workers.use_cases.plan import Planner

    period = _period(change, days)
    moves: list[Move] = []
    with ExitStack() as files, showing("Đang tính thử…", _so_far) as progress:
        row_of, letter_row = move_rows(change.office), letter_rows()
        move_file = files.enter_context(RowFile(out, row_of.heads)) if out else None
        letter_file = files.enter_context(RowFile(notices, letter_row.heads)) if notices else None

        def on_move(move: Move) -> None:
            if len(moves) < SHOWN:
                moves.append(move)
            if move_file is not None:
                move_file.write(row_of.cells(move))

        def on_letter(letter: Letter, comes: bool) -> None:  # noqa: FBT001 - as the planner calls it
            if letter_file is not None:
                letter_file.write(letter_row.cells((letter, comes)))

        planner = Planner(
            store=change.store,
            office=change.office,
            sla=change.sla,
            said=change.said,
            now=change.now,
            period=period,
            on_move=on_move,
            on_letter=on_letter,
        )
        plan = planner.plan(progress)
    written = tuple(path for path in (out, notices) if path is not None)
    return Planned(change=change, plan=plan, period=period, moves=moves, files=written)


def _period(change: Change, days: tuple[str | None, str | None]) -> tuple[datetime, datetime]:
    """Return the running period: the one asked for, or since the last 15th."""
    from datetime import datetime, time, timedelta

    from workers.cli.period import read_period

    zone = change.office.sla.zone
    asked = read_period(*days, zone)
    today = change.now.astimezone(zone).date()
    month = today if today.day >= _FIRST_DAY else today.replace(day=1) - timedelta(days=1)
    first = month.replace(day=_FIRST_DAY)
    begin = asked.begin or datetime.combine(first, time(), tzinfo=zone)
    end = asked.end or datetime.combine(today + timedelta(days=1), time(), tzinfo=zone)
    if end <= begin:
        raise CommandError("--to trước ngày đầu kỳ; hãy ghi cả --from.")
    return begin, end


def _so_far(plan: Plan) -> str:
    from workers.cli.screen import number

    return f"Đã xem {number(plan.looked_at)} hồ sơ, {number(plan.moved)} đổi hạn…"
