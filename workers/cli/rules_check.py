"""`dunghan sla check`: every fault of the rules at once, and what a person should look at."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from workers.cli.exits import INCOMPLETE, OK, REFUSED, NotSetUpError
from workers.cli.here import JsonOption, here, open_store
from workers.cli.rules_folder import checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from config.errors import Problem
    from config.settings import Settings
    from config.sla import Sla


class _Findings(NamedTuple):
    """Hold what was found; `held_against` is the version whose targets these were compared with."""

    sla: Sla | None
    problems: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()
    held_against: int | None = None


def check(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="THƯ_MỤC", help="Thư mục sla; mặc định: của cơ quan."),
    ] = None,
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Có cảnh báo thì mã thoát là 1, cho kiểm tra tự động.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Đọc mọi tệp cấu hình, nêu mọi lỗi và điều đáng ngờ một lượt (check).

    Không ghi gì. Mã thoát 2 nếu có lỗi; cảnh báo thì vẫn 0, trừ khi có --strict.

    Ví dụ: dunghan --home /srv/my-xuyen sla check

    Ví dụ: dunghan sla check config/sla --strict --json
    """
    found = _findings(context, folder)
    if as_json:
        _print_json(found)
    else:
        _print_words(found)
    warned = INCOMPLETE if strict and found.warnings else OK
    raise typer.Exit(REFUSED if found.problems else warned)


def _findings(context: typer.Context, folder: Path | None) -> _Findings:
    from config.errors import ConfigError
    from config.sla import calendar_warnings, read_folder
    from config.sla_doubts import doubts
    from workers import clock

    settings = None if folder else here(context).settings()
    rules = folder or here(context).settings().home / "sla"
    try:
        sla = checked(rules, read_folder(rules))
    except ConfigError as error:
        return _Findings(None, error.problems)
    today = clock.now().astimezone(sla.zone).date()
    warnings = [*sla.warnings, *calendar_warnings(sla, today=today), *doubts(sla, today=today)]
    if settings is None:
        return _Findings(sla, (), warnings)
    number, weaker = _weaker(sla, settings)
    return _Findings(sla, (), [*warnings, *weaker, *_unheard(sla, settings)], number)


def _weaker(sla: Sla, settings: Settings) -> tuple[int | None, tuple[Problem, ...]]:
    """Hold the targets against those the year began with, where the office's database has them."""
    from config.sla_doubts import weaker_targets
    from workers import clock
    from workers.store.errors import StoreError
    from workers.use_cases.last_year import last_years

    try:
        with open_store(settings) as store:
            number, before = last_years(store, sla.code, now=clock.now())
    except (NotSetUpError, StoreError, LookupError):
        return None, ()  # an office that is not set up yet, or a server that sleeps: the files can be checked
    return number, weaker_targets(sla, before, version=number)


def _unheard(sla: Sla, settings: Settings) -> Iterator[Problem]:
    """Warn of people who are told by short messages where the office has no gateway of them."""
    from config.errors import Problem
    from config.said import say
    from config.said_misfits import listed

    told = [person.code for person in sla.lines.people if "sms" in person.ways]
    if told and settings.webhook_url is None:
        yield Problem(
            file="people.toml",
            found=say("sms_without_gateway", people=listed(told)),
            expected=say("sms_gateway"),
            advice=say("sms_by_mail"),
        )


def _print_words(found: _Findings) -> None:
    from workers.cli.rules_check_view import print_findings
    from workers.cli.screen import screen

    if found.sla is None:
        print_findings(screen(err=True), "Lỗi", found.problems)
        return
    print_findings(screen(), "Cảnh báo", found.warnings)
    sla = found.sla
    typer.echo(
        f"Cấu hình đúng: {sla.name}, {len(sla.procedures)} thủ tục, {len(sla.lines.units)} đơn vị, "
        f"{len(sla.lines.people)} người, {len(sla.ladders)} thang nhắc."
    )


def _print_json(found: _Findings) -> None:
    from workers.cli.screen import print_json

    print_json(
        {
            "ok": not found.problems,
            "office": found.sla.code if found.sla else None,
            "digest": found.sla.digest if found.sla else None,
            "problems": [problem.as_json() for problem in found.problems],
            "warnings": [warning.as_json() for warning in found.warnings],
            "held_against": found.held_against,
        }
    )
