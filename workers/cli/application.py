"""The commands of `dunghan` in the order in which an office meets them."""

from __future__ import annotations

import importlib.util
from typing import Annotated, Final

import typer

from workers.cli import calc, database, dossier, event, healthcheck, import_list, letters, office_folder
from workers.cli import report, rules, status, up
from workers.cli.exits import IN_WORDS
from workers.cli.here import Here, HomeOption

START: Final = "Bắt đầu"
DAILY: Final = "Hằng ngày"
WATCH: Final = "Theo dõi"
OPERATE: Final = "Vận hành"


def make_application() -> typer.Typer:
    """Build the command line; nothing but typer is imported before a command runs."""
    app = typer.Typer(
        name="dunghan",
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        epilog=IN_WORDS,
    )
    app.callback()(root)
    if importlib.util.find_spec("workers.cli.demo"):
        from workers.cli.demo import demo

        app.command(rich_help_panel=START)(demo)
    app.command("init", rich_help_panel=START)(office_folder.init)
    app.command("up", rich_help_panel=START)(up.up)
    app.command("import", rich_help_panel=DAILY)(import_list.import_)
    app.command("event", rich_help_panel=DAILY)(event.event)
    app.command("dossier", rich_help_panel=DAILY)(dossier.dossier)
    app.command("status", rich_help_panel=WATCH)(status.status)
    app.command("report", rich_help_panel=WATCH)(report.report)
    app.command("letters", rich_help_panel=WATCH)(letters.letters)
    app.add_typer(calc.app, name="calc", rich_help_panel=OPERATE)
    app.add_typer(rules.app, name="sla", rich_help_panel=OPERATE)
    app.add_typer(database.app, name="db", rich_help_panel=OPERATE)
    app.command("healthcheck", rich_help_panel=OPERATE)(healthcheck.healthcheck)
    return app


def root(
    context: typer.Context,
    *,
    home: HomeOption = None,
    version: Annotated[bool, typer.Option("--version", help="In phiên bản rồi thôi.", is_eager=True)] = False,
) -> None:
    """Theo dõi hạn giải quyết của mọi hồ sơ hành chính: nhắc trước hạn, báo khi trễ, tính tỷ lệ đúng hạn.

    Ví dụ: dunghan demo

    Ví dụ: dunghan --home /srv/huyen status
    """
    if version:
        from importlib.metadata import version as version_of

        typer.echo(f"dunghan {version_of('dunghan')}")
        raise typer.Exit
    context.obj = Here(home=home)
