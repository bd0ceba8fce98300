"""Units, communes, roles and people of the office, and the lines along which notices go up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from config.said import say
from config.sla_absences import read_absences
from domain.procedure import Commune
from domain.routing import Lines, OfficeUnit, Person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from config.locate import KeyPath
    from config.sla_office_models import OfficeFile, PeopleFile, PersonModel
    from config.sla_source import Draft
    from domain.absence import Absence
    from domain.working_calendar import WorkingCalendar

UTC_ZONE: Final = ZoneInfo("UTC")


def read_zone(office: Draft[OfficeFile]) -> ZoneInfo:
    """Return the office's zone; a name that does not exist is noted."""
    if office.model is None:
        return UTC_ZONE
    try:
        return ZoneInfo(office.model.zone)
    except (ValueError, OSError, KeyError):
        office.misfit(
            ("zone",),
            found=say("value", value=office.model.zone),
            expected=say("zone"),
        )
        return UTC_ZONE


def build_lines(office: Draft[OfficeFile], people: Draft[PeopleFile]) -> Lines:
    """Build units, people and the order of roles; unknown references and doubles are noted."""
    if office.model is None:
        return Lines(units={}, people=(), role_order=())
    _check_units(office)
    _check_roles(office, people)
    units = {
        code: OfficeUnit(code=code, name=unit.name, parent=unit.parent)
        for code, unit in office.model.units.items()
    }
    roles = [role.code for role in office.model.roles]
    _check_people(people, roles, units)
    found = people.model.people if people.model else []
    away = read_absences(people)
    return Lines(
        units=units,
        people=tuple(_person(model, away.get(model.code, ())) for model in found),
        role_order=tuple(roles),
    )


def _person(model: PersonModel, absences: tuple[Absence, ...]) -> Person:
    return Person(
        code=model.code,
        role=model.role,
        unit=model.unit,
        email=model.email,
        delivery=model.delivery,
        ways=tuple(model.channels),
        sms=model.phone or model.gateway_id or "",
        lang=model.lang,
        absences=absences,
    )


def build_communes(office: Draft[OfficeFile]) -> dict[str, Commune]:
    """Build the communes; remote ones have a limit case of their own in the procedures."""
    models = office.model.communes if office.model else {}
    return {code: Commune(code=code, name=model.name, remote=model.remote) for code, model in models.items()}


def build_unit_calendars(
    office: Draft[OfficeFile], calendars: Mapping[str, WorkingCalendar]
) -> dict[str, WorkingCalendar]:
    """Return the calendars of the units that keep hours of their own; an unknown one is noted."""
    own: dict[str, WorkingCalendar] = {}
    for code, unit in office.model.units.items() if office.model else ():
        known = office.model.calendars if office.model else {}
        if unit.calendar is None:
            continue
        office.must_know(("units", code, "calendar"), "calendar", unit.calendar, known)
        if unit.calendar in calendars:
            own[code] = calendars[unit.calendar]
    return own


def _check_units(office: Draft[OfficeFile]) -> None:
    units = office.model.units if office.model else {}
    for code, unit in units.items():
        if unit.parent is None:
            continue
        path = ("units", code, "parent")
        if office.must_know(path, "unit", unit.parent, units) and _stands_above_itself(code, office):
            office.refuse(path, found=say("unit_above_itself", code=code), expected=say("line_that_ends"))


def _stands_above_itself(code: str, office: Draft[OfficeFile]) -> bool:
    units = office.model.units if office.model else {}
    seen: set[str] = set()
    place = units[code].parent
    while place in units and place not in seen:
        if place == code:
            return True
        seen.add(place)
        place = units[place].parent
    return False


def _check_roles(office: Draft[OfficeFile], people: Draft[PeopleFile]) -> None:
    held = {person.role for person in people.model.people} if people.model else None
    seen: set[str] = set()
    for index, role in enumerate(office.model.roles if office.model else []):
        path = ("roles", index, "code")
        if role.code in seen:
            office.refuse(path, found=say("role_twice", code=role.code), expected=say("role_once"))
        elif held is not None and role.code not in held:
            office.warn(
                path,
                found=say("role_unheld", code=role.code),
                expected=say("role_holder", file=people.file),
                advice=say("role_goes_up"),
            )
        seen.add(role.code)


def _check_people(people: Draft[PeopleFile], roles: list[str], units: Mapping[str, OfficeUnit]) -> None:
    seen: set[str] = set()
    for index, person in enumerate(people.model.people if people.model else []):
        path = ("people", index)
        people.must_know((*path, "role"), "role", person.role, roles)
        people.must_know((*path, "unit"), "unit", person.unit, units)
        if person.code in seen:
            people.refuse(
                (*path, "code"), found=say("code_twice", code=person.code), expected=say("person_once")
            )
        seen.add(person.code)
        _check_ways(people, path, person)


def _check_ways(people: Draft[PeopleFile], path: KeyPath, person: PersonModel) -> None:
    given = [key for key in ("phone", "gateway_id") if getattr(person, key)]
    if len(set(person.channels)) < len(person.channels):
        people.refuse((*path, "channels"), found=say("way_twice"), expected=say("way_once"))
    if len(given) > 1:
        people.refuse((*path, "gateway_id"), found=say("phone_and_id"), expected=say("one_of_them"))
    if "sms" in person.channels and not given:
        people.refuse((*path, "channels"), found=say("sms_without_address"), expected=say("phone_or_id"))
    if given and "sms" not in person.channels:
        people.warn(
            (*path, given[0]),
            found=say("unused_address"),
            expected=say("ways_with_sms"),
            advice=say("told_by_mail", person=person.code),
        )
