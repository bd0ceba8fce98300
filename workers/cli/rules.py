"""`dunghan sla …`: the configuration that ops edit, seen, checked, put in force and gone back to."""

from __future__ import annotations

import typer

from workers.cli.rules_apply import apply, approve
from workers.cli.rules_check import check
from workers.cli.rules_format import format_
from workers.cli.rules_history import diff, history, show
from workers.cli.rules_moved import moved
from workers.cli.rules_plan import plan
from workers.cli.rules_rollback import rollback
from workers.cli.rules_schema import schema

app = typer.Typer(
    help="Kiểm tra và áp dụng cấu hình sla/*.toml (rules).\n\nVí dụ: dunghan sla check", no_args_is_help=True
)
for command in (check, schema, plan, apply, approve, moved, history, show, diff, rollback):
    app.command()(command)
app.command("format")(format_)
