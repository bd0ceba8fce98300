"""`dunghan people`: who holds which role, who is away, and putting an absence in force at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import CommandError
from workers.cli.here import JsonOption, OfficeOption, actor, at_desk, here, open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from config.sla import Sla
    from domain.absence import Absence

app = typer.Typer(invoke_without_command=True)
PersonArgument = Annotated[
    str, typer.Argument(metavar="MÃ", help="Mã người trong people.toml, hoặc chức danh chỉ một người giữ.")
]
ReasonOption = Annotated[str, typer.Option("--reason", help="Vì sao; ghi vào lịch sử cấu hình.")]


@app.callback()
def people(context: typer.Context, *, office: OfficeOption = None, as_json: JsonOption = False) -> None:
    """Xem ai giữ chức danh nào, hôm nay ai vắng và ai được báo thay (people).

    Ghi người vắng: dunghan people away; về sớm: dunghan people back.

    Ví dụ: dunghan people --json
    """
    if context.invoked_subcommand is not None:
        return
    from workers.cli.people_view import as_json as for_programs
    from workers.cli.people_view import show_people
    from workers.cli.screen import print_json

    with at_desk(context, office) as desk:
        found, today = desk.office(), desk.office().calendar.local(desk.now).date()
    if as_json:
        print_json(for_programs(found.sla, found.version, today))
    else:
        show_people(found.sla, today)


@app.command()
def away(
    context: typer.Context,
    person: PersonArgument,
    *,
    to: Annotated[str, typer.Option("--to", help="Ngày vắng cuối cùng, kể cả ngày đó.")],
    reason: ReasonOption,
    from_: Annotated[
        str | None, typer.Option("--from", help="Ngày vắng đầu tiên; mặc định: hôm nay.")
    ] = None,
    substitute: Annotated[
        str | None,
        typer.Option("--substitute", help="Mã người được báo thay; không ghi: người kế tiếp, rồi cấp trên."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi một người vắng mặt vào people.toml và áp dụng ngay thành phiên bản mới (away).

    Chú thích trong tệp giữ nguyên. Cấu hình sai thì không đổi gì. Từ lúc đó
    thông báo đến người thay, kể cả thông báo đang chờ; hết vắng, người vắng nhận
    một thư kể việc còn mở.

    Ví dụ: dunghan people away chair --to 05/12/2026 --reason "đi công tác"

    Ví dụ: dunghan people away MÃ --from 01/12/2026 --to 05/12/2026 --substitute MÃ --reason "nghỉ phép"
    """
    from config.people_file import with_absence
    from domain.absence import Absence

    def change(text: str, sla: Sla, today: date) -> tuple[str, str, str]:
        from workers.cli.period import read_period

        period = read_period(from_ or f"{today:%d/%m/%Y}", to, sla.zone)
        first, last = period.first or today, period.last or today
        if last < today:
            raise CommandError(f"--to {last:%d/%m/%Y} đã qua: không còn thông báo nào để báo thay.")
        code, standing_in = _code(sla, person), _code(sla, substitute) if substitute else None
        absence = Absence(first=first, last=last, substitute=standing_in)
        return code, with_absence(text, code, absence), f"vắng {_days(absence)}"

    _change(context, change, reason=reason, as_json=as_json)


@app.command()
def back(
    context: typer.Context,
    person: PersonArgument,
    *,
    reason: ReasonOption,
    from_: Annotated[
        str | None, typer.Option("--from", help="Ngày có mặt trở lại; mặc định: hôm nay.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi một người có mặt trở lại: lần vắng có ngày đó kết thúc hôm trước (back).

    Lần vắng bắt đầu đúng ngày đó thì được bỏ. Áp dụng ngay thành phiên bản mới.

    Ví dụ: dunghan people back tnmt.chuyen-vien-1 --reason "về sớm"
    """
    from config.people_file import back_from

    def change(text: str, sla: Sla, today: date) -> tuple[str, str, str]:
        from workers.cli.period import read_period

        code, day = _code(sla, person), read_period(from_, None, sla.zone).first or today
        try:
            changed = back_from(text, code, day)
        except LookupError:
            known = next(other.absences for other in sla.lines.people if other.code == code)
            others = "; ".join(map(_days, known)) or "không có lần vắng nào"
            raise CommandError(f"{code} không vắng ngày {day:%d/%m/%Y} (people.toml: {others}).") from None
        return code, changed, f"có mặt từ {day:%d/%m/%Y}"

    _change(context, change, reason=reason, as_json=as_json)


def _change(
    context: typer.Context,
    change: Callable[[str, Sla, date], tuple[str, str, str]],
    *,
    reason: str,
    as_json: bool,
) -> None:
    """Change people.toml; `change` gives of text, configuration and today: person, new text, what it is."""
    from config.sla import parse, read_folder
    from workers import clock
    from workers.cli.people_view import as_json as for_programs
    from workers.cli.screen import print_json
    from workers.use_cases.change_people import UnrecordedError, change_people
    from workers.use_cases.follow import follow

    settings, now = here(context).settings(), clock.now()
    folder = settings.home / "sla"
    sla = parse(read_folder(folder), recorded=True)
    today = now.astimezone(sla.zone).date()
    code, _, what = change(sla.files["people.toml"], sla, today)
    with open_store(settings) as store:
        try:
            changed = change_people(
                store,
                folder,
                lambda text: change(text, sla, today)[1],
                author=actor(),
                reason=f"{code} {what}: {reason}",
                now=now,
            )
            follow(store, changed.sla.code, clock=clock.now)  # nobody moves: it says that at once
        except UnrecordedError as error:
            raise CommandError(
                f"sla/ có thay đổi chưa ghi: {', '.join(error.names)}; chưa đổi gì. Hãy xem lại, chạy "
                'dunghan sla apply --reason "…", rồi chạy lại lệnh này.'
            ) from None
    if as_json:
        print_json(for_programs(changed.sla, changed.version, today))
    else:
        typer.echo(f"{code} {what}. Đã ghi thành phiên bản {changed.version}, có hiệu lực ngay.")


def _code(sla: Sla, text: str) -> str:
    """Return the person a text names: by code, or by a role that one person alone holds."""
    from config.sla_spellings import nearest

    codes = [person.code for person in sla.lines.people]
    if text in codes:
        return text
    holders = [person.code for person in sla.lines.people if person.role == text]
    if len(holders) == 1:
        return holders[0]
    if holders:
        raise CommandError(
            f"{len(holders)} người giữ chức danh {text}: {', '.join(holders)}; hãy ghi mã người."
        )
    near = nearest(text, codes)
    raise CommandError(f"Không có ai mang mã {text}." + (f" Có phải là {near}?" if near else ""))


def _days(absence: Absence) -> str:
    days = f"{absence.first:%d/%m/%Y}–{absence.last:%d/%m/%Y}"
    return f"{days}, báo {absence.substitute} thay" if absence.substitute else days
