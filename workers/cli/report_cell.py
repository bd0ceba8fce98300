"""`dunghan report --cell`: the dossiers behind one figure, and the way on from there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from workers.cli.screen import columns, number, print_json, screen

if TYPE_CHECKING:
    from domain.tally import Counted
    from workers.cli.here import Desk
    from workers.use_cases.as_of import Frame
    from workers.use_cases.office import Office
    from workers.use_cases.tally import Cell


def show_cell(desk: Desk, frame: Frame, text: str, *, limit: int, as_json: bool) -> None:
    """Print the dossiers of a cell, the first by code.

    Raises CommandError or FiguresError for a cell there cannot be.
    """
    from workers.cli.report_ask import read_cell
    from workers.use_cases.figures import dossiers_in

    office = desk.office()
    cell = dossiers_in(desk.store, office, frame, read_cell(text), limit=limit)
    if as_json:
        listed = [_facts(each, frame, office) for each in cell.dossiers]
        print_json({"office": desk.office_code, "cell": text, "number": cell.number, "dossiers": listed})
        return
    _show(cell, frame, office, text)


def _show(cell: Cell, frame: Frame, office: Office, text: str) -> None:
    typer.echo(f"{text}: {number(cell.number)} hồ sơ.")
    if not cell.dossiers:
        return
    table = columns(
        "Mã hồ sơ", "Đơn vị", "Tiếp nhận", "Hạn trả", "Có kết quả", "Tình trạng", whole=(0, 1, 2, 3, 4)
    )
    for each in cell.dossiers:
        facts = _facts(each, frame, office)
        days = (_day(facts[name]) for name in ("accepted", "due", "finished"))
        table.add_row(each.code, each.unit, *days, _words(facts["stand"]))
    screen().print(table)
    left = cell.number - len(cell.dossiers)
    if left:
        typer.echo(f"Còn {number(left)} hồ sơ nữa; thêm --limit {cell.number} để xem hết.")
    typer.echo(f"Xem tiếp: dunghan dossier {cell.dossiers[0].code}; dunghan explain {cell.dossiers[0].code}")


def _facts(counted: Counted, frame: Frame, office: Office) -> dict[str, Any]:
    from domain.tally import stand_of
    from workers.use_cases.form_06a_view import due_day

    local, due = office.calendar.local, due_day(counted, office)
    return {
        "code": counted.code,
        "unit": counted.unit,
        "procedure": counted.procedure,
        "accepted": local(counted.accepted_at).date().isoformat(),
        "due": due.isoformat() if due else None,
        "finished": local(counted.finished_at).date().isoformat() if counted.finished_at else None,
        "stand": stand_of(counted, at=frame.at),
    }


def _day(text: str | None) -> str:
    return f"{date.fromisoformat(text):%d/%m/%y}" if text else ""


def _words(stand: str | None) -> str:
    from domain.catalogue import say

    return say(stand) if stand else ""
