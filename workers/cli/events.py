"""`dunghan events`: a file of events of another system, recorded in the order in which they happened."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated, Final

import typer

from workers.cli.exits import INCOMPLETE, CommandError
from workers.cli.here import JsonOption, OfficeOption, actor, at_desk

if TYPE_CHECKING:
    from workers.use_cases.event_file import EventsReport

_SHOWN: Final = 20


def events(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp JSON, mỗi dòng một sự kiện.")],
    *,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi một tệp sự kiện của phần mềm khác (record a file of events).

    Mỗi dòng là một thông điệp như task intake.record_event nhận. Thứ tự dòng
    không quan trọng: ghi theo thời điểm xảy ra. Sự kiện trái với lịch sử bị
    từ chối và giữ lại, có lý do (mã thoát 1). Cùng tệp hai lần không đổi gì.

    Ví dụ: dunghan events su-kien.jsonl
    """
    from workers.cli.screen import print_json, showing
    from workers.use_cases.event_file import record_file

    try:
        with (
            at_desk(context, office) as desk,
            file.open("rb") as lines,
            showing("Đang đọc sự kiện…", _so_far) as progress,
        ):
            who = f"{actor()} {file.name}"[:128]
            zone = desk.office().sla.zone
            report = record_file(
                desk.store, desk.office_code, lines, actor=who, zone=zone, now=desk.now, progress=progress
            )
    except OSError as error:
        raise CommandError(f"Không đọc được {file}: {error.strerror or error}.") from None
    if as_json:
        faults = [{"line": line, "message": text} for line, text in report.refused]
        print_json({"lines": report.lines, "recorded": report.recorded, "refused": faults})
    else:
        refused = len(report.refused)
        typer.echo(f"{file.name}: {report.lines} sự kiện, ghi {report.recorded}, từ chối {refused}.")
        for line, text in report.refused[:_SHOWN]:
            typer.echo(f"  dòng {line}: {text}", err=True)
        if report.refused:
            typer.echo("Sự kiện bị từ chối được giữ lại: dunghan letters.", err=True)
    raise typer.Exit(INCOMPLETE if report.refused else 0)


def _so_far(report: EventsReport) -> str:
    from workers.cli.screen import number

    return f"{number(report.lines)} sự kiện"
