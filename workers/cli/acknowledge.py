"""`dunghan acknowledge`: somebody who was told of an escalation says that it is in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from workers.cli.exits import INCOMPLETE, CommandError
from workers.cli.here import Desk, JsonOption, OfficeOption, actor, at_desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.errors import DomainError
    from domain.working_calendar import WorkingCalendar
    from workers.use_cases.acknowledge import Acknowledged

_SAID: Final = {
    "recorded": "{code}: đã ghi {by} xác nhận mốc {rung}.",
    "already": "{code}: mốc {rung} đã được {by} xác nhận lúc {at}, không đổi gì.",
}


def acknowledge(
    context: typer.Context,
    code: Annotated[
        str | None, typer.Argument(metavar="MÃ_HỒ_SƠ", help="Mã hồ sơ, hoặc mã nhiệm vụ của kế hoạch CCHC.")
    ] = None,
    *,
    by: Annotated[
        str | None, typer.Option("--by", metavar="MÃ_NGƯỜI", help="Ai xác nhận: mã trong people.toml.")
    ] = None,
    rung: Annotated[str | None, typer.Option("--rung", help="Mốc; mặc định: mốc cao nhất đã báo.")] = None,
    step: Annotated[str | None, typer.Option("--step", help="Chỉ các mốc của bước xử lý này.")] = None,
    token: Annotated[
        str | None, typer.Option("--token", metavar="MÃ", help="Mã xác nhận, chép từ thư.")
    ] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Xác nhận đã nhận việc sau báo cáo quá hạn (acknowledge).

    Người được báo hoặc cấp trên của người đó xác nhận; từ lúc ấy thôi nhắc lại,
    thôi báo lên cấp trên. Ghi vào lịch sử hồ sơ: ai, lúc nào. Hai lần chỉ là
    một. Bị từ chối thì nói vì sao, mã thoát 1.

    Ví dụ: dunghan acknowledge 000.00.19.H51-190531-0001 --by tnmt.truong-phong

    Ví dụ: dunghan acknowledge --token 42-mzxw6ytboi4dcnrvga3tqojq
    """
    from domain.errors import DomainError
    from workers.cli.screen import print_json

    by_token = token is not None and not (code or by or rung or step)
    by_person = token is None and code and by
    if not by_token and not by_person:
        raise CommandError("Hãy ghi mã hồ sơ và --by MÃ_NGƯỜI, hoặc chỉ --token MÃ.")
    with at_desk(context, office) as desk:
        calendar = desk.office().calendar
        found: list[Acknowledged] = []
        error: DomainError | None = None
        try:
            found = _record(desk, token, code or "", by or "", rung=rung or "", step=step or "")
        except DomainError as refused:
            error = refused
    if as_json:
        print_json(_as_json(found, error, calendar))
    else:
        _say(found, error, calendar)
    raise typer.Exit(INCOMPLETE if error else 0)


def _record(desk: Desk, token: str | None, code: str, by: str, *, rung: str, step: str) -> list[Acknowledged]:
    from domain.event import tidy_code
    from workers.use_cases.acknowledge import Source, acknowledge, acknowledge_token
    from workers.use_cases.tokens import tokens_of

    source = Source(way="cli", actor=actor(), now=desk.now)
    if token is not None:
        tokens = tokens_of(desk.settings)
        return acknowledge_token(desk.store, desk.office_code, token, tokens, source)
    return acknowledge(desk.store, desk.office_code, tidy_code(code), by, source, rung=rung, step=step)


def _say(found: Sequence[Acknowledged], error: DomainError | None, calendar: WorkingCalendar) -> None:
    from workers.cli.screen import moment_text

    if error is not None:
        typer.echo(f"Từ chối: {error.said(calendar.zone)}.", err=True)
    for one in found:
        at = moment_text(one.at, calendar)
        typer.echo(_SAID[one.outcome].format(code=one.code, by=one.by, rung=one.rung, at=at))


def _as_json(
    found: Sequence[Acknowledged], error: DomainError | None, calendar: WorkingCalendar
) -> dict[str, Any]:
    from workers.cli.screen import iso

    return {
        "recorded": error is None,
        "changed": any(one.outcome == "recorded" for one in found),
        "acknowledged": [
            {
                "code": one.code,
                "step": one.step or None,
                "rung": one.rung,
                "by": one.by,
                "at": iso(one.at, calendar),
                "outcome": one.outcome,
            }
            for one in found
        ],
        "error": error.code if error else None,
        "message": error.said(calendar.zone) if error else None,
    }
