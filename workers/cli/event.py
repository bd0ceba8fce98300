"""`dunghan event`: what happened to one dossier, told by hand, on the same way as other systems tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.event_words import data_of, kind_of, meant, moment_of
from workers.cli.exits import INCOMPLETE
from workers.cli.here import Desk, JsonOption, OfficeOption, actor, at_desk

if TYPE_CHECKING:
    from datetime import datetime

    from domain.errors import DomainError


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
    bundle: Annotated[
        str | None, typer.Option("--bundle", help="Nhóm thủ tục làm cùng lúc (accepted).")
    ] = None,
    case: Annotated[str | None, typer.Option("--case", help="Trường hợp thời hạn (accepted).")] = None,
    channel: Annotated[
        str | None, typer.Option("--channel", help="Hình thức tiếp nhận: trực tiếp, trực tuyến, bưu chính.")
    ] = None,
    commune: Annotated[str | None, typer.Option("--commune", help="Xã của thửa đất (accepted).")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Đơn vị xử lý (handed_over).")] = None,
    step: Annotated[str | None, typer.Option("--step", help="Bước quy trình (handed_over).")] = None,
    officer: Annotated[str | None, typer.Option("--officer", help="Mã người thụ lý.")] = None,
    promised: Annotated[
        str | None,
        typer.Option("--promised", help="Ngày hẹn ghi trên phiếu (promise_changed)."),
    ] = None,
    cause: Annotated[
        str | None, typer.Option("--cause", help="financial_obligation: nghĩa vụ tài chính (suspended).")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Lý do.")] = None,
    basis: Annotated[str | None, typer.Option("--basis", help="Căn cứ pháp lý (suspended).")] = None,
    document: Annotated[str | None, typer.Option("--document", help="Số văn bản.")] = None,
    agency: Annotated[
        str | None, typer.Option("--agency", help="Cơ quan được lấy ý kiến (consultation_…).")
    ] = None,
    reply_by: Annotated[
        str | None, typer.Option("--reply-by", help="Ngày phải trả lời, ví dụ 2019-06-12.")
    ] = None,
    appointed: Annotated[
        str | None, typer.Option("--appointed", help="Ngày hẹn lại, ví dụ 2019-06-20 (reappointed).")
    ] = None,
    forced_by: Annotated[
        str | None, typer.Option("--forced-by", help="Ai chịu trách nhiệm khi ghi điều bất thường.")
    ] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi một sự kiện của một hồ sơ (record an event).

    Sự kiện trái với lịch sử bị từ chối, có lý do (mã thoát 1). Cùng một lời
    ghi hai lần chỉ là một sự kiện.

    Ví dụ: dunghan event 000.00.19.H51-190531-0001 finished --at "13/06/2019 09:30"

    Ví dụ: dunghan event 000.00.19.H51-190531-0002 handed_over --unit "Phòng Tư pháp"

    Ví dụ: dunghan event 000.00.19.H51-190531-0003 suspended --cause financial_obligation
    --reason "nộp thuế" --basis "NĐ 43/2014 Đ.61" --document "12/TB-CCT"
    """
    from domain.event import tidy_code

    told = {
        "procedure": procedure,
        "bundle": bundle,
        "limit_case": case,
        "channel": channel,
        "commune": commune,
        "unit": unit,
        "step": step,
        "officer": officer,
        "promised_at": promised,
        "cause": cause,
        "reason": reason,
        "legal_basis": basis,
        "document": document,
        "agency": agency,
        "reply_by": reply_by,
        "appointed_on": appointed,
        "forced_by": forced_by,
    }
    given = {name: value for name, value in told.items() if value is not None}
    kind = kind_of(kind, given)
    code = tidy_code(code)
    with at_desk(context, office) as desk:
        data = data_of(given, desk.office().sla.zone)
        moment = moment_of(desk, code, at)
        before = _length(desk, code)
        error = _record(desk, code, kind, moment, data, is_now=at is None)
        changed = _length(desk, code) > before
        if as_json:
            _print_json(desk, code, kind, moment, error, changed=changed)
        else:
            _show(desk, code, kind, moment, error, changed=changed)
    raise typer.Exit(INCOMPLETE if error else 0)


def _length(desk: Desk, code: str) -> int:
    return sum(stored.last_seq for stored in meant(desk, code).values())


def _record(
    desk: Desk, code: str, kind: str, at: datetime, data: dict[str, str], *, is_now: bool
) -> DomainError | None:
    from workers.use_cases.by_hand import told_by_hand
    from workers.use_cases.record_event import record_event

    payload = told_by_hand(code, kind, at, data, is_now=is_now)
    return record_event(desk.store, desk.office_code, payload, actor=actor(), now=desk.now, by_hand=True)


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
    for each in meant(desk, code):
        view = look_at(desk.store, desk.office_code, each, now=desk.now)
        if view.target is not None:
            due = moment_text(view.target.appointment_at, calendar)
            which = "" if each == code else f"{each}: "
            typer.echo(f"{which}Hạn trả kết quả: {due} ({view.words}).")


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
