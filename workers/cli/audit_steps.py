"""`dunghan audit steps`: planned and actual time of every unit, and steps and dossiers that disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.here import JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

    from domain.time_limit import Unit
    from workers.use_cases.audit_steps import Standoff, StepsAudit, UnitTime


def steps(
    context: typer.Context,
    *,
    from_: Annotated[str | None, typer.Option("--from", help="Bước xong từ ngày này.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Bước xong đến hết ngày này.")] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Thời gian từng đơn vị so với quy trình (steps).

    Bước đã xong: dự kiến và thực tế, trước hạn, đúng hạn, trễ. Hồ sơ đang mở:
    bước trễ mà hồ sơ còn hạn, và hồ sơ trễ mà bước còn hạn.

    Ví dụ: dunghan audit steps --from 01/05/2019 --to 31/05/2019
    """
    from workers.cli.period import read_period
    from workers.cli.screen import print_json, screen
    from workers.use_cases.audit_steps import audit_steps

    with at_desk(context, office) as desk:
        period = read_period(from_, to, desk.office().sla.zone)
        found = audit_steps(desk.store, desk.office_code, now=desk.now, begin=period.begin, end=period.end)
    if as_json:
        print_json(_as_json(found))
        return
    console = screen()
    _units(console, found)
    _standoffs(console, found, "Bước trễ, hồ sơ còn hạn", found.step_late)
    _standoffs(console, found, "Hồ sơ trễ, bước còn hạn", found.dossier_late)


def _units(console: Console, found: StepsAudit) -> None:
    from workers.cli.screen import columns, number

    if not found.units:
        console.print("Chưa có bước nào xong trong thời gian này.")
        return
    names = found.office.sla.lines.units
    heads = ("Đơn vị", "Bước xong", "trước", "đúng", "trễ", "Dự kiến", "Đã dùng", "Giờ/bước")
    table = columns(*heads, right=range(1, 8))
    for code, unit in sorted(found.units.items()):
        timings = [number(unit.timings[name]) for name in ("early", "on_time", "late")]
        hours = f"{unit.worked / unit.stays / 3600:.1f}".replace(".", ",")
        name = names[code].name if code in names else code
        table.add_row(name, number(unit.stays), *timings, _sum(unit.planned), _sum(unit.used), hours)
    console.print(table)


def _sum(amounts: Mapping[Unit, int]) -> str:
    from domain.time_limit import TimeLimit
    from workers.use_cases.calc_due import limit_in_words

    return "\n".join(limit_in_words(TimeLimit(n, unit), "vi") for unit, n in amounts.items() if n) or "—"


def _standoffs(console: Console, found: StepsAudit, title: str, entries: list[Standoff]) -> None:
    from workers.cli.screen import columns, moment_text

    if not entries:
        return
    table = columns("Hồ sơ", "Bước", "Hạn bước", "Hạn hồ sơ", whole=(0, 2, 3), title=f"\n{title}")
    calendar = found.office.calendar
    for entry in entries:
        step = found.office.terms(entry.stored).step_of(entry.stored.dossier)
        dates = (
            moment_text(deadline.appointment_at, calendar) if deadline else "—"
            for deadline in (entry.step, entry.deadline)
        )
        table.add_row(entry.clock.code, step.name if step else "—", *dates)
    console.print(table)


def _as_json(found: StepsAudit) -> dict[str, Any]:
    return {
        "units": {code: _unit(unit) for code, unit in sorted(found.units.items())},
        "step_late": [_standoff(entry, found) for entry in found.step_late],
        "dossier_late": [_standoff(entry, found) for entry in found.dossier_late],
    }


def _unit(unit: UnitTime) -> dict[str, Any]:
    return {
        "stays": unit.stays,
        "timings": dict(unit.timings),
        "planned": {str(name): amount for name, amount in unit.planned.items()},
        "used": {str(name): amount for name, amount in unit.used.items()},
        "worked_seconds": unit.worked,
    }


def _standoff(entry: Standoff, found: StepsAudit) -> dict[str, Any]:
    from workers.cli.screen import iso

    calendar, dossier = found.office.calendar, entry.stored.dossier
    return {
        "code": dossier.code,
        "step": dossier.step,
        "unit": dossier.unit,
        "step_due_at": iso(entry.clock.step_due_at, calendar),
        "due_at": iso(entry.clock.due_at, calendar),
    }
