"""`dunghan event`: what happened to one dossier, told by hand, on the same way as other systems tell it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Final

import typer

from workers.cli.exits import INCOMPLETE, CommandError
from workers.cli.here import Desk, JsonOption, OfficeOption, actor, at_desk

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from domain.errors import DomainError
    from domain.snapshot import Moment
    from domain.working_calendar import WorkingCalendar

_NEEDED: Final = {
    "accepted": "procedure",
    "handed_over": "unit",
    "officer_changed": "officer",
    "promise_changed": "promised",
}


def event(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="MÃ_HỒ_SƠ", help="Mã hồ sơ.")],
    kind: Annotated[
        str,
        typer.Argument(metavar="SỰ_KIỆN", help="Ví dụ finished; gõ sai thì được liệt kê."),
    ],
    *,
    at: Annotated[
        str | None,
        typer.Option("--at", help="Xảy ra lúc nào; mặc định: bây giờ."),
    ] = None,
    procedure: Annotated[
        str | None,
        typer.Option("--procedure", help="Mã hoặc tên thủ tục (accepted)."),
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Đơn vị xử lý (handed_over).")] = None,
    officer: Annotated[str | None, typer.Option("--officer", help="Mã người thụ lý.")] = None,
    promised: Annotated[
        str | None,
        typer.Option("--promised", help="Ngày hẹn ghi trên phiếu (promise_changed)."),
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Lý do.")] = None,
    document: Annotated[str | None, typer.Option("--document", help="Số văn bản.")] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi một sự kiện của một hồ sơ (record an event).

    Sự kiện trái với lịch sử bị từ chối, có lý do (mã thoát 1). Cùng một lời
    ghi hai lần chỉ là một sự kiện.

    Ví dụ: dunghan event 000.00.19.H51-190531-0001 finished --at "13/06/2019 09:30"

    Ví dụ: dunghan event 000.00.19.H51-190531-0002 handed_over --unit "Phòng Tư pháp"
    """
    told = {
        "procedure": procedure,
        "unit": unit,
        "officer": officer,
        "promised": promised,
        "reason": reason,
        "document": document,
    }
    given = {name: value for name, value in told.items() if value is not None}
    kind = _kind(kind, given)
    with at_desk(context, office) as desk:
        data = _data(given, desk.office().sla.zone)
        moment = _moment(desk, code, at)
        before = _length(desk, code)
        error = _record(desk, code, kind, moment, data, is_now=at is None)
        changed = _length(desk, code) > before
        if as_json:
            _print_json(desk, code, kind, moment, error, changed=changed)
        else:
            _show(desk, code, kind, moment, error, changed=changed)
    raise typer.Exit(INCOMPLETE if error else 0)


def _kind(text: str, given: dict[str, str]) -> str:
    from domain.catalogue import say
    from workers.use_cases.record_event import KINDS

    kind = text.strip().lower().replace("-", "_")
    if kind not in KINDS:
        known = "; ".join(f"{name} ({say(name)})" for name in KINDS)
        raise CommandError(f"Không có sự kiện “{text}”; có: {known}.")
    needed = _NEEDED.get(kind)
    if needed and needed not in given:
        raise CommandError(f"Sự kiện {kind} ({say(kind)}) cần --{needed}.")
    return kind


def _data(given: dict[str, str], zone: ZoneInfo) -> dict[str, str]:
    from workers.cli.screen import read_moment

    data = dict(given)
    if "promised" in data:
        moment = read_moment(data.pop("promised"), zone, "--promised")
        data["promised_at"] = moment.at.isoformat() + ("/day" if moment.date_only else "")
    return data


def _moment(desk: Desk, code: str, at: str | None) -> datetime:
    from workers.cli.screen import read_moment

    if at is None:
        return desk.now
    office = desk.office()
    moment = read_moment(at, office.sla.zone, "--at")
    with desk.store.read(desk.office_code) as work:
        known = work.dossiers.load([code]).get(code)
    return _later_that_day(moment, known.dossier.last_at, office.calendar) if known else moment.at


def _later_that_day(moment: Moment, last_at: datetime, calendar: WorkingCalendar) -> datetime:
    # Only the day was given: on that day, after what is known of it already.
    same_day = calendar.local(moment.at).date() == calendar.local(last_at).date()
    return max(moment.at, last_at) if moment.date_only and same_day else moment.at


def _length(desk: Desk, code: str) -> int:
    with desk.store.read(desk.office_code) as work:
        found = work.dossiers.load([code]).get(code)
    return found.last_seq if found else 0


def _record(
    desk: Desk, code: str, kind: str, at: datetime, data: dict[str, str], *, is_now: bool
) -> DomainError | None:
    from workers.use_cases.record_event import SCHEMA, record_event

    occurred_at = at.isoformat()
    # The same words typed twice are one event; "now" is another moment each time.
    content = "\x1f".join([code, kind, occurred_at, *(f"{name}={data[name]}" for name in sorted(data))])
    key = f"cli:{sha256(content.encode()).hexdigest()[:32]}{':now' if is_now else ''}"
    payload = {
        "schema": SCHEMA,
        "key": key,
        "code": code,
        "kind": kind,
        "occurred_at": occurred_at,
        "data": data,
    }
    return record_event(desk.store, desk.office_code, payload, actor=actor(), now=desk.now)


def _show(
    desk: Desk, code: str, kind: str, at: datetime, error: DomainError | None, *, changed: bool
) -> None:
    from domain.catalogue import say
    from workers.cli.screen import moment_text
    from workers.use_cases.look import look_at

    calendar = desk.office().calendar
    what = f"{say(kind)} lúc {calendar.local(at):%H:%M %d/%m/%Y}"
    if error is not None:
        typer.echo(
            f"Từ chối “{what}”: {error.said(calendar.zone)}. Đã giữ lại với lý do (dunghan letters).",
            err=True,
        )
        return
    typer.echo(
        f"{code}: đã ghi “{what}”." if changed else f"{code}: “{what}” đã được ghi từ trước, không đổi gì."
    )
    view = look_at(desk.store, desk.office_code, code, now=desk.now)
    if view.deadline is not None:
        due = moment_text(view.deadline.appointment_at, calendar)
        typer.echo(f"Hạn trả kết quả: {due} ({view.words}).")


def _print_json(
    desk: Desk, code: str, kind: str, at: datetime, error: DomainError | None, *, changed: bool
) -> None:
    from workers.cli.screen import iso, print_json

    print_json(
        {
            "office": desk.office_code,
            "code": code,
            "kind": kind,
            "occurred_at": iso(at, desk.office().calendar),
            "recorded": error is None,
            "changed": changed,
            "error": error.code if error else None,
            "message": error.said(desk.office().calendar.zone) if error else None,
        }
    )
