"""What `dunghan people` shows: each person with role and unit, and who is told while somebody is away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workers.cli.screen import columns, screen

if TYPE_CHECKING:
    from datetime import date

    from config.sla import Sla
    from domain.routing import Person


def show_people(sla: Sla, today: date) -> None:
    """Print the people of an office by their codes, and who is or will be away on a local day and after."""
    table = columns("Mã", "Chức danh", "Đơn vị", whole=(0, 2))
    for person in sla.lines.people:
        table.add_row(person.code, sla.role_titles.get(person.role, person.role), person.unit)
    screen().print(table)
    _show_absences(sla, today)


def _show_absences(sla: Sla, today: date) -> None:
    found = [(absence.first, p, absence) for p in sla.lines.people for absence in p.absences]
    coming = sorted((entry for entry in found if entry[2].last >= today), key=lambda entry: entry[0])
    if not coming:
        screen().print("\nHôm nay không ai vắng.")
        return
    table = columns("", "", "", "", whole=(0, 1, 2), title=f"\nVắng mặt, từ {today:%d/%m/%Y}")
    for first, person, absence in coming:
        told = _told(person, sla, max(first, today))
        instead = "không còn ai để báo thay" if told == person.code else f"báo {told}"
        state = "đang vắng" if absence.covers(today) else "sẽ vắng"
        table.add_row(person.code, state, f"{first:%d/%m/%Y}–{absence.last:%d/%m/%Y}", instead)
    screen().print(table)


def _told(person: Person, sla: Sla, day: date) -> str:
    """Return who is told on a day of what is for a person; the person where nobody can be in the place."""
    return sla.lines.told(person.role, person.unit, person.code, on=day)[0].person.code


def as_json(sla: Sla, version: int, today: date) -> dict[str, Any]:
    """Return the same for programs, with every absence of the file."""
    return {
        "office": sla.code,
        "sla_version": version,
        "day": today.isoformat(),
        "people": [_person(person, sla, today) for person in sla.lines.people],
    }


def _person(person: Person, sla: Sla, today: date) -> dict[str, Any]:
    return {
        "code": person.code,
        "role": person.role,
        "unit": person.unit,
        "away": person.away_on(today) is not None,
        "told": _told(person, sla, today),
        "absences": [
            {
                "from": absence.first.isoformat(),
                "to": absence.last.isoformat(),
                "substitute": absence.substitute,
            }
            for absence in person.absences
        ],
    }
