"""Putting a change in force at the keyboard: held against its plan, asked about, done, followed, told."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from workers.cli.exits import INCOMPLETE, CommandError

if TYPE_CHECKING:
    from collections.abc import Callable

    from workers.cli.rules_folder import Change
    from workers.store.unit_of_work import Store
    from workers.use_cases.follow import Followed
    from workers.use_cases.put_in_force import Outcome

ReasonOption = Annotated[
    str | None, typer.Option("--reason", help="Vì sao đổi; ghi vào lịch sử cấu hình và hồ sơ.")
]
DocumentOption = Annotated[str | None, typer.Option("--document", help="Số văn bản, ví dụ 12/QĐ-UBND.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Không hỏi lại.")]
_WAIT_SECONDS: Final = 600
_LET_OTHERS: Final = 0.05
"""Seconds between batches on SQLite, whose writers do not queue: somebody else gets in."""
_SAID: Final = {
    "stale": "Cấu hình đang áp dụng đã đổi (phiên bản {number}): hãy xem lại, dunghan sla plan.",
    "unknown": "Không có đề nghị số này; xem: dunghan sla history.",
    "approved_before": "Đề nghị này đã được duyệt, thành phiên bản {number}.",
    "same_person": "Người đề nghị không tự duyệt: cần người thứ hai (--by).",
}


def needed(reason: str | None) -> str:
    """Return the reason somebody gave; raises CommandError without one."""
    if reason is None or not reason.strip():
        raise CommandError("--reason: hãy ghi vì sao đổi cấu hình.")
    return reason.strip()


def check_plan(change: Change, digest: str | None, *, yes: bool, as_json: bool) -> None:
    """Hold a change against the plan somebody saw, or show one and ask."""
    if digest is not None:
        if digest != change.digest:
            raise CommandError(
                f"--plan {digest}: thư mục hoặc cấu hình đang áp dụng đã khác bản xem trước ấy; "
                "hãy xem lại: dunghan sla plan"
            )
        return
    if as_json and yes:
        return
    from workers.cli.rules_plan import work_out
    from workers.cli.rules_plan_view import show_plan

    show_plan(work_out(change))
    if yes:
        return
    if not sys.stdin.isatty():
        raise CommandError("Không có ai để hỏi lại: hãy dùng --yes, hoặc --plan với tên bản xem trước.")
    if not typer.confirm("Áp dụng?", default=False):
        raise CommandError("Đã thôi, không ghi gì.")


def put(change: Change, *, as_json: bool, then: Callable[[], None] | None = None) -> None:
    """Put a change in force or keep it as a proposal, let open dossiers follow, and end."""
    from workers.use_cases.put_in_force import put_in_force

    base = change.office.version
    made = put_in_force(change.store, change.sla, change.said, base=base, now=change.now)
    if made.what == "proposed":
        typer.echo(
            f"Đề nghị số {made.number} chờ người thứ hai duyệt: dunghan sla approve {made.number} --by …"
        )
        return
    told(made, change.sla.name, quiet=as_json)
    if then is not None:
        then()
    end(followed(change.store, change.sla.code), as_json=as_json)


def told(made: Outcome, name: str = "", *, quiet: bool = False) -> None:
    """Say what came of it; raises CommandError for what was refused."""
    if made.what in _SAID:
        raise CommandError(_SAID[made.what].format(number=made.number))
    if not quiet:
        words = "cấu hình mới" if made.what == "in_force" else "cấu hình không đổi"
        typer.echo(f"{name + ': ' if name else ''}{words}, phiên bản {made.number}.")


def followed(store: Store, office_code: str) -> Followed:
    """Let open dossiers follow; where somebody else is at it, wait for that."""
    from workers import clock
    from workers.cli.screen import showing
    from workers.use_cases.follow import follow

    until = clock.monotonic() + _WAIT_SECONDS
    with showing("Đang tính lại hạn…", _so_far) as shown:

        def progress(done: Followed) -> None:
            shown(done)
            if store.url.startswith("sqlite"):
                clock.sleep(_LET_OTHERS)

        while True:
            followed = follow(store, office_code, clock=clock.now, progress=progress)
            if not followed.busy or clock.monotonic() > until:
                return followed
            clock.sleep(1.0)


def end(followed: Followed, *, as_json: bool, quiet: bool = False) -> None:
    """Say whom it moved and end; with 1 where somebody could not follow, or not all have yet."""
    from workers.cli.screen import number, print_json

    if as_json:
        print_json(
            {
                "version": followed.version,
                "looked_at": followed.looked_at,
                "moved": followed.moved,
                "failed": followed.failed,
                "done": followed.done,
            }
        )
    elif followed.busy:
        typer.echo("Tiến trình khác vẫn đang tính lại; xem: dunghan status")
    elif followed.looked_at or not quiet:
        typer.echo(f"{number(followed.moved)} hồ sơ đang mở đã đổi hạn.")
    for code, reason in followed.failed.items():
        typer.echo(f"  {code}: giữ nguyên hạn, không tính lại được: {reason}", err=True)
    raise typer.Exit(INCOMPLETE if followed.failed or not followed.done else 0)


def _so_far(done: Followed) -> str:
    from workers.cli.screen import number

    return f"Đã xem {number(done.looked_at)}, đổi hạn {number(done.moved)}…"
