"""`dunghan import`: take a list of the one-stop software in, and give back the rows that could not go in."""

from __future__ import annotations

import re
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from workers.cli.exits import INCOMPLETE, OK, CommandError
from workers.cli.here import ARGUMENTS, OPTIONS, Desk, JsonOption, OfficeOption, actor, at_desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from workers.use_cases.import_file import Imported
    from workers.use_cases.intake import ImportReport

_SHOWN: Final = 50
_OWN_NAME: Final = re.compile(r"(?:-loi(?:-\d+)?)+$")


def import_(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="TỆP", help="Danh sách .csv hoặc .xlsx.", rich_help_panel=ARGUMENTS)
    ],
    *,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", help="Danh sách được xuất lúc nào; mặc định: bây giờ.", rich_help_panel=OPTIONS
        ),
    ] = None,
    rejects: Annotated[
        Path | None,
        typer.Option(
            "--rejects",
            help="Ghi dòng bị từ chối vào đây; mặc định: TÊN-loi.csv cạnh tệp.",
            rich_help_panel=OPTIONS,
        ),
    ] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Nhập danh sách xuất từ phần mềm một cửa: hồ sơ mới được tiếp nhận, chỗ khác lần trước thành sự kiện.

    Nhập lại cùng tệp không đổi gì. Dòng lỗi không vào, được ghi ra tệp riêng để sửa rồi nhập lại; các dòng khác
    vẫn vào (mã thoát 1).

    Ví dụ: dunghan import danh-sach-31-05.xlsx

    Ví dụ: dunghan import danh-sach.csv --as-of "31/05/2019 17:00" --json
    """
    file = file.expanduser()
    if not file.is_file():
        raise CommandError(f"Không có tệp {file}.")
    with at_desk(context, office) as desk:
        note = differing_rules(desk)
        seen_at = _seen_at(desk, as_of)
        target = _reject_path(file, rejects)
        with _progress() as progress:
            imported = _import(desk, file, target, seen_at, progress)
        if as_json:
            _print_json(desk, file, imported, seen_at or desk.now)
        else:
            _show(file, imported, note)
    raise typer.Exit(INCOMPLETE if imported.report.refused else OK)


def differing_rules(desk: Desk) -> str:
    """Say in one line that the files on disk are not what is in force; empty when they are."""
    from config.errors import ConfigError
    from config.sla import parse, read_folder

    office = desk.office()
    try:
        same = parse(read_folder(desk.settings.home / "sla")).digest == office.sla.digest
    except ConfigError as error:
        return (
            f"Cấu hình trên đĩa có {len(error.problems)} lỗi (dunghan sla check); "
            f"đang áp dụng phiên bản {office.version}."
        )
    if same:
        return ""
    return (
        f"Cấu hình trên đĩa đã sửa; đang áp dụng phiên bản {office.version} (dunghan sla record --reason …)."
    )


def _seen_at(desk: Desk, as_of: str | None) -> datetime | None:
    from workers.cli.screen import last_moment, read_moment

    if as_of is None:
        return None
    calendar = desk.office().calendar
    moment = read_moment(as_of, calendar, "--as-of")
    if moment.at > desk.now:
        raise CommandError(f"--as-of: {as_of} nằm ở tương lai.")
    return min(last_moment(moment, calendar), desk.now)  # a day alone: all that happened on it is in the list


def _reject_path(file: Path, wanted: Path | None) -> Path:
    """Choose a name that writes over nothing: an earlier reject file may be being corrected right now."""
    if wanted is not None:
        if wanted.exists() and wanted.samefile(file):
            raise CommandError(f"--rejects: {wanted} là chính tệp đang nhập; hãy chọn tên khác.")
        return wanted.expanduser()
    stem = _OWN_NAME.sub("", file.stem)
    names = (f"{stem}-loi.csv" if n == 1 else f"{stem}-loi-{n}.csv" for n in count(1))
    return next(path for path in map(file.with_name, names) if not path.exists())


def _import(
    desk: Desk, file: Path, rejects: Path, seen_at: datetime | None, progress: Callable[[ImportReport], None]
) -> Imported:
    from workers.use_cases.import_file import import_file

    return import_file(
        desk.store,
        desk.office_code,
        file,
        rejects=rejects,
        actor=actor(),
        now=desk.now,
        seen_at=seen_at,
        progress=progress,
    )


@contextmanager
def _progress() -> Iterator[Callable[[ImportReport], None]]:
    from workers.cli.screen import is_watched, number, screen

    if not is_watched():
        yield lambda _: None
        return
    with screen(err=True).status("Đang đọc danh sách…") as shown:
        yield lambda report: shown.update(
            f"{number(report.rows)} dòng: {number(report.accepted)} mới, {number(report.changed)} thay đổi, "
            f"{len(report.refused)} bị từ chối"
        )


def _show(file: Path, imported: Imported, note: str) -> None:
    from workers.cli.screen import columns, number, screen

    report, console = imported.report, screen()
    console.print(
        f"[bold]{file.name.replace('[', chr(92) + '[')}[/]: {number(report.rows)} dòng", markup=True
    )
    counts = columns("", "", right=(1,))
    counts.add_row("  tiếp nhận mới", number(report.accepted))
    counts.add_row("  có thay đổi", number(report.changed))
    counts.add_row("  không đổi", number(report.unchanged))
    counts.add_row("  bị từ chối", number(len(report.refused)), style="red" if report.refused else "")
    console.print(counts)
    if imported.absent_heads:
        console.print(f"Danh sách không có cột: {', '.join(imported.absent_heads)}.", style="dim")
    if note:
        console.print(note, style="yellow")
    if report.refused:
        _show_refused(imported)


def _show_refused(imported: Imported) -> None:
    from workers.cli.screen import columns, screen

    refused, console = imported.report.refused, screen()
    table = columns("Dòng", "Vì sao không nhập", right=(0,))
    for line, text in refused[:_SHOWN]:
        table.add_row(str(line), text)
    console.print()
    console.print(table)
    if len(refused) > _SHOWN:
        console.print(f"… và {len(refused) - _SHOWN} dòng nữa trong tệp.")
    console.print(f"\nSửa rồi nhập lại: dunghan import {imported.rejects}", soft_wrap=True)


def _print_json(desk: Desk, file: Path, imported: Imported, seen_at: datetime) -> None:
    from workers.cli.screen import iso, print_json

    refused: list[dict[str, Any]] = [
        {"line": line, "reason": reason} for line, reason in imported.report.refused
    ]
    print_json(
        {
            "office": desk.office_code,
            "file": str(file),
            "as_of": iso(seen_at, desk.office().calendar),
            **imported.report.counts(),
            "refused_rows": refused,
            "rejects_file": str(imported.rejects) if imported.rejects else None,
            "absent_columns": list(imported.absent_heads),
        }
    )
