"""`dunghan sla`: check the rules that ops edit, and put them in force as the next version."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import REFUSED, CommandError
from workers.cli.here import JsonOption, actor, here, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from config.errors import Problem
    from config.sla import Sla
    from workers.store.unit_of_work import Store

app = typer.Typer(
    help="Kiểm tra và áp dụng cấu hình sla/*.toml (rules).\n\nVí dụ: dunghan sla check", no_args_is_help=True
)


@app.command()
def check(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="THƯ_MỤC", help="Thư mục sla; mặc định: của cơ quan."),
    ] = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Đọc mọi tệp cấu hình, nêu mọi lỗi một lượt (check).

    Không ghi gì. Mã thoát 2 nếu có lỗi.

    Ví dụ: dunghan --home /srv/my-xuyen sla check
    """
    from config.errors import ConfigError
    from config.sla import calendar_warnings
    from workers import clock

    try:
        sla = _checked(folder or here(context).settings().home / "sla")
    except ConfigError as error:
        if as_json:
            _print_findings(None, error.problems, ())
            raise typer.Exit(REFUSED) from None
        raise
    today = clock.now().astimezone(sla.zone).date()
    warnings = (*sla.warnings, *calendar_warnings(sla, today=today), *_unheard(sla, folder, context))
    if as_json:
        _print_findings(sla, (), warnings)
        return
    for warning in warnings:
        typer.echo(f"Cảnh báo: {warning}")
    typer.echo(
        f"Cấu hình đúng: {sla.name}, {len(sla.procedures)} thủ tục, {len(sla.lines.units)} đơn vị, "
        f"{len(sla.lines.people)} người, {len(sla.ladders)} thang nhắc."
    )


def _unheard(sla: Sla, folder: Path | None, context: typer.Context) -> Iterator[Problem]:
    """Warn of people who are told by short messages where the office has no gateway of them."""
    from config.errors import Problem

    told = [person.code for person in sla.lines.people if "sms" in person.ways]
    if told and folder is None and here(context).settings().webhook_url is None:
        yield Problem(
            file="people.toml",
            found=f'channels with "sms" for {", ".join(told[:5])}{" …" if len(told) > 5 else ""}',  # noqa: PLR2004 - enough to find them
            expected="DUNGHAN_WEBHOOK_URL in .env",
            advice="until then they are told by mail, or not at all",
        )


def _checked(rules: Path) -> Sla:
    """Read the rules, try the mails and forms kept beside them; raises ConfigError with every problem."""
    from config.errors import ConfigError
    from config.sla import load_sla
    from workers.letters.samples import check_forms
    from workers.notify.compose import check_templates
    from workers.notify.own_templates import check_own_templates

    sla = load_sla(rules)
    own = rules.parent / "templates"
    folder = own if own.is_dir() else None
    own_mails = check_own_templates(sla, folder)
    if problems := [*check_templates(folder), *own_mails, *check_forms(folder)]:
        raise ConfigError(problems)
    return sla


def _print_findings(sla: Sla | None, problems: Sequence[Problem], warnings: Sequence[Problem]) -> None:
    from workers.cli.screen import print_json

    print_json(
        {
            "ok": not problems,
            "office": sla.code if sla else None,
            "digest": sla.digest if sla else None,
            "problems": [asdict(problem) for problem in problems],
            "warnings": [asdict(warning) for warning in warnings],
        }
    )


@app.command()
def record(
    context: typer.Context,
    *,
    reason: Annotated[
        str,
        typer.Option("--reason", help="Vì sao đổi, số văn bản; ghi vào lịch sử."),
    ],
    new_office: Annotated[
        bool,
        typer.Option("--new-office", help="Đây là cơ quan mới trong cùng cơ sở dữ liệu."),
    ] = False,
) -> None:
    """Áp dụng cấu hình trên đĩa thành phiên bản mới (record).

    Hồ sơ đã tiếp nhận giữ thời hạn của phiên bản lúc tiếp nhận; hạn của hồ sơ
    đang mở không được tính lại ở đây.

    Ví dụ: dunghan sla record --reason "QĐ 12/QĐ-UBND: đổi người nhận báo cáo"
    """
    from config.sla import read_folder

    settings = here(context).settings()
    files, templates = read_folder(settings.home / "sla"), settings.home / "templates"
    with open_store(settings) as store:
        words = put_in_force(store, files, templates, reason=reason, new_office=new_office)
    typer.echo(words)


def put_in_force(
    store: Store, files: dict[str, str], templates: Path, *, reason: str, new_office: bool = False
) -> str:
    """Record the rules of a folder if they changed and say which version is in force now.

    `templates` is the office's folder of mails: those that rungs name must be there. Raises ConfigError for
    faulty files that are not in force already, CommandError when the office's code is not the one it was.
    """
    from config.errors import ConfigError
    from config.sla import parse
    from workers import clock
    from workers.notify.own_templates import check_own_templates
    from workers.use_cases.office import load_office, office_under, record_configuration

    same = office_under(store, files)
    if same is not None:
        return f"{same.sla.name}: cấu hình không đổi, phiên bản {same.version}."
    sla = parse(files)
    if problems := check_own_templates(sla, templates):
        raise ConfigError(problems)
    code, offices = sla.code, store.offices()
    if offices and code not in offices and not new_office:
        raise CommandError(
            f"office.toml: mã cơ quan là {code}, cơ sở dữ liệu có {', '.join(offices)}; hãy ghi lại mã cũ, "
            "hoặc chạy: dunghan sla record --new-office --reason …"
        )
    sla, number = record_configuration(store, files, author=actor(), reason=reason, now=clock.now())
    if number is not None:
        return f"{sla.name}: cấu hình mới, phiên bản {number}."
    return f"{sla.name}: cấu hình không đổi, phiên bản {load_office(store, code).version}."
