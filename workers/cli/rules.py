"""`dunghan sla`: check the rules that ops edit, and put them in force as the next version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import CommandError
from workers.cli.here import actor, here, open_store
from workers.cli.rules_check import check
from workers.cli.rules_format import format_
from workers.cli.rules_schema import schema

if TYPE_CHECKING:
    from pathlib import Path

    from workers.store.unit_of_work import Store

app = typer.Typer(
    help="Kiểm tra và áp dụng cấu hình sla/*.toml (rules).\n\nVí dụ: dunghan sla check", no_args_is_help=True
)


app.command()(check)
app.command()(schema)
app.command("format")(format_)


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
