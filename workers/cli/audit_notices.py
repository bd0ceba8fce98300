"""`dunghan audit notices`: which rungs should have fired, which did, and whether people were told in time."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import INCOMPLETE, OK, CommandError
from workers.cli.here import Desk, JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from workers.cli.audit_notices_facts import AuditedNotices, UnlikeFile
    from workers.use_cases.audit_notices import NoticeAudit, Proven
    from workers.use_cases.unlike import Unlike


def notices(
    context: typer.Context,
    *,
    from_: Annotated[str | None, typer.Option("--from", help="Đến mốc từ ngày này.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Đến mốc đến hết ngày này.")] = None,
    slack: Annotated[
        int | None, typer.Option("--slack", min=1, help="Sau mốc bao nhiêu phút mới coi là muộn.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="In nhiều nhất bao nhiêu chỗ lệch.")] = 50,
    csv: Annotated[Path | None, typer.Option("--csv", help="Ghi mọi chỗ lệch vào tệp này.")] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Đối chiếu thông báo lẽ ra phải có với thông báo đã ghi, đã gửi (notices).

    Dựng lại từ sự kiện và các phiên bản cấu hình: mốc nào phải báo, cho ai,
    lúc nào; rồi so với sổ thông báo. Thiếu, thừa, muộn, chưa đến người nhận:
    kể từng hồ sơ. Trống là đúng. Mã thoát 1 nếu có chỗ lệch.

    Ví dụ: dunghan audit notices --from 01/05/2019 --to 31/05/2019
    """
    from workers.cli.audit_notices_json import print_notices
    from workers.cli.audit_notices_view import show_notices

    if csv is not None and not csv.absolute().parent.is_dir():
        raise CommandError(f"--csv: không có thư mục {csv.absolute().parent}.")
    with at_desk(context, office) as desk:
        patience = timedelta(minutes=slack) if slack else None
        found = _audited(desk, (from_, to), patience, limit, csv)
    (print_notices if as_json else show_notices)(found)
    raise typer.Exit(INCOMPLETE if found.totals.unlike.total() else OK)


def _audited(
    desk: Desk, days: tuple[str | None, str | None], slack: timedelta | None, limit: int, csv: Path | None
) -> AuditedNotices:
    from workers.cli.audit_notices_facts import AuditedNotices
    from workers.cli.period import read_period
    from workers.cli.screen import showing
    from workers.use_cases.audit_notices import NoticeAudit
    from workers.use_cases.outages import patience_for
    from workers.use_cases.unlike import Window

    period = read_period(*days, desk.office().sla.zone)
    patience = slack or patience_for(timedelta(seconds=desk.settings.sweep_seconds))
    window = Window(period.begin, period.end)
    audit = NoticeAudit(desk.store, desk.office_code, window, now=desk.now, slack=patience)
    rows: list[Unlike] = []
    with showing("Đang đối chiếu…", _so_far) as progress, _file(csv, audit) as file:
        for row in audit.differences(progress):
            if len(rows) < limit:
                rows.append(row)
            if file is not None:
                file.write(row)
    return AuditedNotices(
        office=audit.office,
        totals=audit.totals,
        outages=audit.outages,
        rows=rows,
        period=period,
        slack=patience,
        csv=csv,
    )


def _file(path: Path | None, audit: NoticeAudit) -> AbstractContextManager[UnlikeFile | None]:
    from workers.cli.audit_notices_facts import UnlikeFile

    return nullcontext() if path is None else UnlikeFile(path, audit.office)


def _so_far(totals: Proven) -> str:
    from workers.cli.screen import number

    return f"Đã đối chiếu {number(totals.dossiers)} hồ sơ, {number(totals.unlike.total())} chỗ lệch…"
