"""`dunghan sla moved`: the dossiers whose appointment a version moved, to tell their applicants."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from workers.cli.here import JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from workers.use_cases.moved_dates import MovedDate
    from workers.use_cases.office import Office

SHOWN: Final = 50
HEADS: Final = {
    "code": "Mã hồ sơ",
    "procedure": "Mã thủ tục",
    "unit": "Đơn vị",
    "officer": "Cán bộ thụ lý",
    "was": "Hẹn cũ",
    "now": "Hẹn mới",
    "open": "Đang mở",
    "reason": "Lý do",
    "document": "Văn bản",
}


def moved(
    context: typer.Context,
    number: Annotated[
        int | None,
        typer.Argument(metavar="SỐ", help="Số của phiên bản; không ghi: phiên bản đang áp dụng."),
    ] = None,
    *,
    out: Annotated[
        Path | None, typer.Option("--out", help="Ghi mọi hồ sơ vào tệp .csv, .json hoặc .xlsx.")
    ] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Danh sách hồ sơ đổi ngày hẹn để báo người nộp (moved).

    Người đứng đầu Bộ phận Một cửa nhận một thư cho mỗi phiên bản làm đổi hẹn;
    danh sách đầy đủ lấy ở đây.

    Ví dụ: dunghan sla moved 3 --out doi-hen.xlsx
    """
    from contextlib import ExitStack

    from workers.cli.screen import columns, print_json, screen
    from workers.cli.screen import number as counted
    from workers.reports.rows import RowFile
    from workers.use_cases.moved_dates import moved_dates

    shown: list[dict[str, str]] = []
    count = 0
    with at_desk(context, office) as desk, desk.store.read(desk.office_code) as work, ExitStack() as files:
        in_force = desk.office()
        version = number or in_force.version
        work.versions.digest(version)
        file = files.enter_context(RowFile(out, HEADS)) if out else None
        for row in moved_dates(work, version):
            cells = _cells(row, in_force)
            count += 1
            if len(shown) < SHOWN:
                shown.append(cells)
            if file is not None:
                file.write(cells)
    if as_json:
        found: dict[str, Any] = {"version": version, "count": count, "moved": shown}
        print_json(found | {"file": str(out) if out else None})
        return
    table = columns("Hồ sơ", "Hẹn cũ", "Hẹn mới", "Đơn vị", "", whole=(0, 1, 2))
    for cells in shown:
        closed = "" if cells["open"] == "có" else "đã đóng"
        table.add_row(cells["code"], cells["was"], cells["now"], cells["unit"], closed)
    if shown:
        screen().print(table)
    typer.echo(f"Phiên bản {version}: {counted(count)} hồ sơ đổi ngày hẹn.")
    if out is not None:
        typer.echo(f"Đã ghi {out}.")


def _cells(row: MovedDate, office: Office) -> dict[str, str]:
    dossier, data, units = row.stored.dossier, row.entry.event.data, office.sla.lines.units
    return {
        "code": dossier.code,
        "procedure": dossier.procedure,
        "unit": units[dossier.unit].name if dossier.unit in units else dossier.unit,
        "officer": dossier.officer or "",
        "was": row.was,
        "now": row.now,
        "open": "có" if dossier.is_open else "không",
        "reason": data.get("reason", ""),
        "document": data.get("document", ""),
    }
