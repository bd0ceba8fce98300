"""The commands of `dunghan` in the order in which an office meets them."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from workers.cli import (
    acknowledge,
    audit,
    calc,
    calendar,
    database,
    demo,
    doctor,
    dossier,
    event,
    events,
    explain,
    facts,
    form,
    healthcheck,
    import_list,
    letters,
    metrics,
    notices,
    office_folder,
    people,
    reform,
    report,
    rules,
    score,
    seal,
    status,
    up,
)
from workers.cli.exits import IN_WORDS
from workers.cli.here import Here, HomeOption

ORDER: Final = (
    *("demo", "init", "up"),
    *("import", "event", "events", "dossier", "explain", "acknowledge", "form"),
    *("status", "report", "score", "facts", "reform", "seal", "audit"),
    *("notices", "letters", "doctor", "metrics"),
    *("people", "sla", "calendar", "db", "calc", "healthcheck"),
)
START: Final = "Bắt đầu"
DAILY: Final = "Hằng ngày"
WATCH: Final = "Theo dõi"
OPERATE: Final = "Vận hành"


class InOrder(TyperGroup):
    """List the commands in the order of their use; typer would put those with subcommands last."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands in the order of ORDER."""
        return sorted(super().list_commands(ctx), key=ORDER.index)


def make_application() -> typer.Typer:
    """Build the command line; nothing but typer is imported before a command runs."""
    name_panels()
    app = typer.Typer(
        name="dunghan",
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        epilog=IN_WORDS,
        cls=InOrder,
    )
    app.callback()(root)
    app.command("demo", rich_help_panel=START, short_help="Xem cả công việc trong một phút (see it work).")(
        demo.demo
    )
    app.command("init", rich_help_panel=START)(office_folder.init)
    app.command("up", rich_help_panel=START)(up.up)
    app.command("import", rich_help_panel=DAILY)(import_list.import_)
    app.command("event", rich_help_panel=DAILY)(event.event)
    app.command("events", rich_help_panel=DAILY)(events.events)
    app.command("dossier", rich_help_panel=DAILY)(dossier.dossier)
    app.command("explain", rich_help_panel=DAILY)(explain.explain)
    app.command("acknowledge", rich_help_panel=DAILY)(acknowledge.acknowledge)
    app.command("form", rich_help_panel=DAILY)(form.form)
    app.command("status", rich_help_panel=WATCH)(status.status)
    app.command("report", rich_help_panel=WATCH)(report.report)
    app.command("score", rich_help_panel=WATCH)(score.score)
    app.add_typer(facts.app, name="facts", rich_help_panel=WATCH)
    app.add_typer(reform.app, name="reform", rich_help_panel=WATCH)
    app.add_typer(seal.app, name="seal", rich_help_panel=WATCH)
    app.add_typer(audit.app, name="audit", rich_help_panel=WATCH)
    app.add_typer(notices.app, name="notices", rich_help_panel=WATCH)
    app.command("letters", rich_help_panel=WATCH)(letters.letters)
    app.command("doctor", rich_help_panel=WATCH)(doctor.doctor)
    app.command("metrics", rich_help_panel=WATCH)(metrics.metrics)
    app.add_typer(
        calc.app,
        name="calc",
        rich_help_panel=OPERATE,
        short_help="Tính một hạn trả kết quả (when is it due?).",
    )
    app.add_typer(people.app, name="people", rich_help_panel=OPERATE)
    app.add_typer(rules.app, name="sla", rich_help_panel=OPERATE)
    app.add_typer(calendar.app, name="calendar", rich_help_panel=OPERATE)
    app.add_typer(database.app, name="db", rich_help_panel=OPERATE)
    app.command("healthcheck", rich_help_panel=OPERATE)(healthcheck.healthcheck)
    return app


def name_panels() -> None:
    """Give the parts of every help text Vietnamese names; typer has no other way for all of them."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = "Đối số"
    rich_utils.OPTIONS_PANEL_TITLE = "Tuỳ chọn"
    rich_utils.COMMANDS_PANEL_TITLE = "Lệnh"


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer hands the value over by position
    if wanted:
        from importlib.metadata import version

        typer.echo(f"dunghan {version('dunghan')}")
        raise typer.Exit


def root(
    context: typer.Context,
    *,
    home: HomeOption = None,
    version: Annotated[  # noqa: ARG001 - answered by its callback, before any command
        bool,
        typer.Option("--version", help="In phiên bản rồi thôi.", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    """Theo dõi hạn giải quyết của mọi hồ sơ hành chính: nhắc trước hạn, báo khi trễ, tính tỷ lệ đúng hạn.

    Ví dụ: dunghan demo

    Ví dụ: dunghan --home /srv/huyen status
    """
    context.obj = Here(home=home)
