"""`dunghan calendar`: a year of the office at a glance, announced days taken in, a coming year proposed."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import CommandError
from workers.cli.here import JsonOption, here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config.sla import Sla
    from workers.inbox.announced import Announced, Verified
    from workers.use_cases.announce_days import Merge

app = typer.Typer(
    help="Lịch làm việc: xem một năm, nhập thông báo, đề nghị năm tới (calendar).\n\n"
    "Ví dụ: dunghan calendar show 2026",
    no_args_is_help=True,
)
YearArgument = Annotated[int, typer.Argument(metavar="NĂM", min=1900, max=9000, help="Năm, ví dụ 2026.")]
CalendarOption = Annotated[
    str | None, typer.Option("--calendar", help="Mã lịch; mặc định: lịch của cơ quan.")
]


@app.command()
def show(
    context: typer.Context,
    year: YearArgument,
    *,
    calendar: CalendarOption = None,
    as_json: JsonOption = False,
) -> None:
    """Xem một năm: ngày nghỉ, ngày hoán đổi, ngày làm bù, kèm văn bản (show).

    Theo các tệp trong sla/, kể cả khi chưa áp dụng.

    Ví dụ: dunghan calendar show 2026

    Ví dụ: dunghan calendar show 2026 --json
    """
    from workers.cli.calendar_facts import facts_of
    from workers.cli.calendar_view import print_year
    from workers.cli.screen import print_json, screen

    sla = _rules(context)
    facts = facts_of(sla, _calendar(sla, calendar, owner=False), year)
    if as_json:
        print_json(facts.as_json())
        return
    print_year(screen(), facts)


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp .ics hoặc .csv (date;kind;name;source).")],
    *,
    year: Annotated[int | None, typer.Option("--year", help="Chỉ nhập ngày của năm này.")] = None,
    calendar: CalendarOption = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Văn bản, khi tệp không ghi: số, ngày, cơ quan.")
    ] = None,
    confirmed: Annotated[
        bool, typer.Option("--confirmed", help='Đã đọc thông báo: ghi verified = "yes".')
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ nêu sẽ đổi gì, không ghi.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Nhập ngày nghỉ, ngày làm bù từ tệp iCalendar hoặc csv (import).

    Ghi vào sla/calendar/NĂM.toml, giữ mọi ghi chú và mọi ngày đã có. Ngày đã có
    với loại khác là mâu thuẫn: không ghi gì. Chưa có hiệu lực: xem lại, chạy
    dunghan sla check rồi áp dụng.

    Ví dụ: dunghan calendar import nghi-le-2027.ics --source "Công văn 12/VPCP" --dry-run

    Ví dụ: dunghan calendar import hoan-doi.csv --confirmed
    """
    from domain.week_hours import hours_on
    from workers.inbox.announced import read_announcement
    from workers.use_cases.announce_days import announce

    sla = _rules(context)
    code = _calendar(sla, calendar)
    weeks = sla.calendars[code].weeks
    days = read_announcement(file, lambda day: bool(hours_on(weeks, day).windows[day.weekday()]))
    found = [day for day in days if year in {None, day.day.year}]
    if not found:
        raise CommandError(f"{file.name}: không có ngày nào của năm {year}.")
    verified: Verified = "yes" if confirmed else "partial"
    merge = announce(sla, found, calendar=code, source=source or f"Tệp {file.name}", verified=verified)
    _finish(context, sla, merge, dry_run=dry_run, as_json=as_json)


@app.command()
def propose(
    context: typer.Context,
    year: YearArgument,
    *,
    calendar: CalendarOption = None,
    stdout: Annotated[bool, typer.Option("--stdout", help="Chỉ in ra, không ghi tệp.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Đề nghị ngày nghỉ của một năm chưa có, để một người đối chiếu (propose).

    Suy từ luật và lịch âm bằng gói holidays; ngày hoán đổi và làm bù không bao
    giờ được đoán. Ghi sla/calendar/NĂM.toml, mọi ngày verified = "computed".

    Ví dụ: dunghan calendar propose 2027 --stdout

    Ví dụ: dunghan calendar propose 2027
    """
    from workers.use_cases.announce_days import announce

    sla = _rules(context)
    code = _calendar(sla, calendar)
    days, heading = _proposed(year)
    merge = announce(sla, days, calendar=code, source="", verified="computed", heading=heading)
    known = sorted(file for file in merge.files if file in sla.files)
    if known or not merge.files:
        raise CommandError(
            f"Năm {year} đã có tệp của lịch {code}; sửa tệp đó, hoặc dùng: dunghan calendar import."
        )
    if stdout:
        typer.echo("".join(merge.files.values()), nl=False)
        return
    _finish(context, sla, merge, dry_run=False, as_json=as_json)


def _rules(context: typer.Context) -> Sla:
    """Return the rules as they stand on disk; raises ConfigError for faulty ones."""
    from config.sla import load_sla

    return load_sla(here(context).settings().home / "sla")


def _calendar(sla: Sla, wanted: str | None, *, owner: bool = True) -> str:
    """Return the calendar that is meant; `owner`: its days off are its own, not taken over from another."""
    code = wanted or sla.default_calendar
    if code not in sla.calendars:
        raise CommandError(f"Không có lịch {code}; có: {', '.join(sla.calendars)}.")
    if owner and code not in sla.day_lists:
        raise CommandError(f"Lịch {code} lấy ngày nghỉ của lịch khác; hãy chọn: {', '.join(sla.day_lists)}.")
    return code


def _proposed(year: int) -> tuple[list[Announced], Sequence[str]]:
    from workers.inbox.proposed import NoPackageError, propose

    try:
        return propose(year)
    except NoPackageError:
        raise CommandError("Cần gói holidays; hãy chạy: pip install -e '.[calendars]'") from None


def _finish(context: typer.Context, sla: Sla, merge: Merge, *, dry_run: bool, as_json: bool) -> None:
    """Write what changes if the rules are still right with it; raises CommandError or ConfigError."""
    from config.sla import parse
    from workers.cli.calendar_view import print_merge
    from workers.cli.rules_format import write_whole
    from workers.cli.screen import print_json, screen

    if merge.clashes:
        raise CommandError("Mâu thuẫn, không ghi gì:\n  " + "\n  ".join(merge.clashes))
    parse({**sla.files, **merge.files})
    for name, text in () if dry_run else merge.files.items():
        write_whole(here(context).settings().home / "sla" / name, text)
    if as_json:
        print_json(_as_json(merge, dry_run=dry_run))
        return
    print_merge(screen(), merge, dry_run=dry_run)


def _as_json(merge: Merge, *, dry_run: bool) -> dict[str, object]:
    return {
        "files": sorted(merge.files),
        "written": bool(merge.files) and not dry_run,
        "added": [
            {"date": day.day.isoformat(), "kind": day.kind, "name": day.name, "source": day.source}
            for day in merge.added
        ],
        "known": [day.day.isoformat() for day in merge.known],
    }
