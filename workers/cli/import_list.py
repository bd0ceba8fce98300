"""`dunghan import`: take a list of the one-stop software in, and give back the rows that could not go in."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated, Final

import typer

from workers.cli.exits import INCOMPLETE, OK, CommandError
from workers.cli.here import Desk, JsonOption, OfficeOption, actor, at_desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from workers.use_cases.import_file import Imported
    from workers.use_cases.intake import ImportReport

_OWN_NAME: Final = re.compile(r"(?:-loi(?:-\d+)?)+$")


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Danh sách .csv hoặc .xlsx.")],
    *,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="Danh sách được xuất lúc nào; mặc định: bây giờ."),
    ] = None,
    rejects: Annotated[
        Path | None,
        typer.Option("--rejects", help="Ghi dòng bị từ chối vào đây; mặc định: TÊN-loi.csv cạnh tệp."),
    ] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Nhập danh sách xuất từ phần mềm một cửa (import a list).

    Hồ sơ mới được tiếp nhận, chỗ khác lần trước thành sự kiện; nhập lại cùng
    tệp không đổi gì. Dòng lỗi được ghi ra tệp riêng để sửa rồi nhập lại, các
    dòng khác vẫn vào (mã thoát 1). Người thụ lý không có trong people.toml
    hoặc thuộc đơn vị khác thì được nêu ra, dòng ấy vẫn vào.

    Ví dụ: dunghan import danh-sach-31-05.xlsx

    Ví dụ: dunghan import danh-sach.csv --as-of "31/05/2019 17:00" --json
    """
    from workers.cli.import_view import print_report, show_report
    from workers.cli.rules_folder import folder_note
    from workers.cli.screen import showing

    file = file.expanduser()
    if not file.is_file():
        raise CommandError(f"Không có tệp {file}.")
    with at_desk(context, office) as desk:
        note = folder_note(desk.settings, desk.office())
        seen_at = _seen_at(desk, as_of)
        target = _reject_path(file, rejects)
        with showing("Đang đọc danh sách…", _so_far) as progress:
            imported = _import(desk, file, target, seen_at, progress)
        if as_json:
            print_report(desk, file, imported, seen_at or desk.now)
        else:
            show_report(file, imported, note)
    raise typer.Exit(INCOMPLETE if imported.report.refused else OK)


def _seen_at(desk: Desk, as_of: str | None) -> datetime | None:
    from workers.cli.screen import last_moment, read_moment

    if as_of is None:
        return None
    office = desk.office()
    moment = read_moment(as_of, office.sla.zone, "--as-of")
    if moment.at > desk.now:
        raise CommandError(f"--as-of: {as_of} nằm ở tương lai.")
    return min(
        last_moment(moment, office.calendar), desk.now
    )  # a day alone: all that happened on it is in the list


def _reject_path(file: Path, wanted: Path | None) -> Path:
    """Choose a name that writes over nothing: an earlier reject file may be being corrected right now."""
    if wanted is not None:
        if wanted.exists() and wanted.samefile(file):
            raise CommandError(f"--rejects: {wanted} là chính tệp đang nhập; hãy chọn tên khác.")
        if not wanted.absolute().parent.is_dir():
            raise CommandError(f"--rejects: không có thư mục {wanted.absolute().parent}.")
        return wanted
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


def _so_far(report: ImportReport) -> str:
    from workers.cli.screen import number

    return (
        f"{number(report.rows)} dòng: {number(report.accepted)} mới, {number(report.changed)} thay đổi, "
        f"{len(report.refused)} bị từ chối"
    )
