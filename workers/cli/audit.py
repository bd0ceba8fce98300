"""`dunghan audit`: hold what the office has recorded against the law."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.audit_action import action, actions
from workers.cli.audit_anchors import anchors
from workers.cli.audit_marks import marks
from workers.cli.audit_notices import notices
from workers.cli.audit_pack import pack
from workers.cli.audit_steps import steps
from workers.cli.audit_verify import verify
from workers.cli.exits import INCOMPLETE, OK, CommandError
from workers.cli.here import Desk, JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from workers.cli.audit_csv import SlipFile
    from workers.cli.audit_view import AuditedSlips
    from workers.use_cases.audit_slips import Differing, SlipAudit
    from workers.use_cases.slip_totals import SlipTotals

app = typer.Typer(no_args_is_help=True)
app.command()(steps)
app.command()(marks)
app.command()(notices)
app.command()(verify)
app.command()(anchors)
app.command()(pack)
app.command()(action)
app.command()(actions)


@app.callback()
def audit() -> None:
    """Đối chiếu những gì đã ghi với luật (audit).

    Ví dụ: dunghan audit slips
    """


@app.command()
def slips(
    context: typer.Context,
    *,
    from_: Annotated[str | None, typer.Option("--from", help="Tiếp nhận từ ngày này.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Tiếp nhận đến hết ngày này.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Chỉ hồ sơ của đơn vị này (mã, tên).")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="In nhiều nhất bao nhiêu phiếu.")] = 50,
    csv: Annotated[Path | None, typer.Option("--csv", help="Ghi mọi phiếu lệch vào tệp này.")] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """So ngày hẹn trên phiếu với hạn theo luật (slips).

    Mỗi phiếu lệch kèm lý do khả dĩ: phần mềm bỏ qua ngày làm bù, thiếu ngày
    nghỉ, đếm cả ngày nghỉ, tính cả ngày tiếp nhận… Mã thoát 1 nếu có phiếu lệch.

    Ví dụ: dunghan audit slips --from 01/05/2019 --to 31/05/2019 --csv lech.csv
    """
    from workers.cli.audit_json import print_slips
    from workers.cli.audit_view import show_slips

    if csv is not None and not csv.absolute().parent.is_dir():
        raise CommandError(f"--csv: không có thư mục {csv.absolute().parent}.")
    with at_desk(context, office) as desk:
        found = _audited(desk, (from_, to), unit, limit, csv)
    (print_slips if as_json else show_slips)(found)
    raise typer.Exit(INCOMPLETE if found.totals.miscounted else OK)


def _audited(
    desk: Desk, days: tuple[str | None, str | None], unit: str | None, limit: int, csv: Path | None
) -> AuditedSlips:
    from workers.cli.audit_view import AuditedSlips
    from workers.cli.period import read_period
    from workers.cli.screen import showing
    from workers.store.slips import Chosen
    from workers.use_cases.audit_slips import SlipAudit

    sla = desk.office().sla
    period, code = read_period(*days, sla.zone), sla.unit_code(unit) if unit else None
    if unit and code is None:
        raise CommandError(f"--unit: không có đơn vị {unit}; có: {', '.join(sla.lines.units)}.")
    chosen = Chosen(begin=period.begin, end=period.end, unit=code)
    audit = SlipAudit(desk.store, desk.office_code, chosen)
    rows: list[Differing] = []
    with showing("Đang đối chiếu…", _so_far) as progress, _file(csv, audit) as file:
        for row in audit.differences(progress):
            if len(rows) < limit:
                rows.append(row)
            if file is not None:
                file.write(row)
    return AuditedSlips(
        office=audit.office, totals=audit.totals, rows=rows, period=period, unit=code, csv=csv
    )


def _file(path: Path | None, audit: SlipAudit) -> AbstractContextManager[SlipFile | None]:
    from workers.cli.audit_csv import SlipFile

    return nullcontext() if path is None else SlipFile(path, audit.office)


def _so_far(totals: SlipTotals) -> str:
    from workers.cli.screen import number

    return f"Đã đối chiếu {number(totals.compared)} phiếu, {number(totals.miscounted)} lệch…"
