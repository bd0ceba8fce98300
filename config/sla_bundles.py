"""Bundles (nhiều thủ tục cùng lúc): the procedures that may be done at once, and their one limit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from config.columns import fold
from config.sla_bundle_limits import allowed_by_parts
from config.sla_source import limit_text, listed
from domain.bundle import MOST_COMPONENTS, Bundle, total
from domain.errors import LimitError
from domain.procedure import version_on
from domain.time_limit import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from config.sla_procedures import Procedures
    from config.sla_rule_models import BundleModel, BundlesFile
    from config.sla_source import Draft
    from domain.procedure import ProcedureVersion
    from domain.working_calendar import WorkingCalendar

    CalendarOf = Callable[[ProcedureVersion], WorkingCalendar | None]
    Path = tuple[str | int, ...]
    Fault = tuple[Path, str, str]
    """Where it stands, what was found, what was expected."""

_DAY: Final = timedelta(days=1)


def build_bundles(
    draft: Draft[BundlesFile], procedures: Procedures, calendar_of: CalendarOf, *, complete: bool
) -> dict[str, Bundle]:
    """Build every bundle; `complete` False: some procedure could not be read, so do not ask for them."""
    bundles = {}
    named = _named(procedures)
    for code, model in draft.model.bundles.items() if draft.model else ():
        path = ("bundles", code)
        _check_alone(draft, path, model)
        _check_name(draft, path, code, named)
        _check_name(draft, (*path, "name"), model.name, named)
        if complete and _all_known(draft, path, model, procedures):
            _check_components(draft, path, model, procedures, calendar_of)
        bundles[code] = Bundle(
            code=code,
            name=model.name,
            components=tuple(model.components),
            policy=model.policy,
            in_force_from=model.valid_from,
            in_force_until=model.until,
            limit=model.limit,
        )
    return bundles


def _named(procedures: Procedures) -> dict[str, str]:
    """Map the folded codes and names of all procedures to their codes."""
    versions = [version for versions in procedures.values() for version in versions]
    return {fold(text): version.code for version in versions for text in (version.name, version.code)}


def _check_name(draft: Draft[BundlesFile], path: Path, text: str, named: Mapping[str, str]) -> None:
    """Refuse a code or name that a procedure bears: a list names both in one column."""
    owner = named.get(fold(text))
    if owner is not None:
        found = f"{text!r}, which is the procedure {owner!r} already"
        draft.refuse(path, found=found, expected="a code and a name of its own")


def _check_alone(draft: Draft[BundlesFile], path: Path, model: BundleModel) -> None:
    if (model.limit is not None) != (model.policy == "fixed"):
        found = "no limit" if model.limit is None else f"a limit with the policy {model.policy!r}"
        draft.refuse(path, found=found, expected="a limit with the policy 'fixed', else none")
    if model.limit is not None and model.limit.unit is Unit.NONE:
        draft.refuse((*path, "limit"), found="'none'", expected="a limit that ends")
    if model.until is not None and model.until < model.valid_from:
        expected = f"a day not before {model.valid_from}"
        draft.refuse((*path, "until"), found=str(model.until), expected=expected)
    if len(model.components) > MOST_COMPONENTS:
        found = f"{len(model.components)} procedures"
        draft.refuse((*path, "components"), found=found, expected=f"at most {MOST_COMPONENTS}")
    for index, component in enumerate(model.components):
        if component in model.components[:index]:
            at = (*path, "components", index)
            draft.refuse(at, found=f"{component!r} a second time", expected="each procedure once")


def _all_known(draft: Draft[BundlesFile], path: Path, model: BundleModel, procedures: Procedures) -> bool:
    known = [
        draft.must_know((*path, "components", index), "procedure", component, procedures)
        for index, component in enumerate(model.components)
    ]
    return all(known)


def _check_components(
    draft: Draft[BundlesFile],
    path: Path,
    model: BundleModel,
    procedures: Procedures,
    calendar_of: CalendarOf,
) -> None:
    """Refuse the first day on which the components are not what the bundle makes of them."""
    for day in _turning_days(model, procedures):
        found = [version_on(procedures[component], day) for component in model.components]
        versions = [version for version in found if version is not None]
        if len(versions) < len(found):
            for index, component in enumerate(model.components):
                if found[index] is None:
                    at = (*path, "components", index)
                    shown = f"{component!r}, not in force on {day}"
                    draft.refuse(at, found=shown, expected="a version in force then")
            return
        fault = _fault(path, model, versions, calendar_of)
        if fault is not None:
            draft.refuse(fault[0], found=fault[1], expected=fault[2])
            return


def _turning_days(model: BundleModel, procedures: Procedures) -> list[date]:
    """Return the first day of a bundle and those on which a version of a component begins or has ended."""
    days = {model.valid_from}
    for component in model.components:
        for version in procedures[component]:
            days.add(version.in_force_from)
            if version.in_force_until is not None and version.in_force_until < date.max:
                days.add(version.in_force_until + _DAY)
    return sorted(day for day in days if model.valid_from <= day <= (model.until or date.max))


def _fault(
    path: Path, model: BundleModel, versions: Sequence[ProcedureVersion], calendar_of: CalendarOf
) -> Fault | None:
    apart = _apart(path, versions, calendar_of)
    if apart is not None:
        return apart
    if model.policy != "fixed":
        return _endless(path, model, versions) or (
            _not_added_up(path, versions) if model.policy == "sum" else None
        )
    if model.limit is None or model.limit.unit is Unit.NONE:
        return None
    calendar = calendar_of(versions[0])
    if calendar is None:
        return None  # it could not be built and has been refused already
    expected = allowed_by_parts(
        model.limit, [version.limit for version in versions], calendar, versions[0].rules
    )
    return ((*path, "limit"), limit_text(model.limit), expected) if expected else None


def _apart(path: Path, versions: Sequence[ProcedureVersion], calendar_of: CalendarOf) -> Fault | None:
    """Refuse components that one limit would give several dates: there is one appointment on a slip."""
    first, calendars = versions[0], [calendar_of(version) for version in versions]
    if None in calendars:
        return None  # it could not be built and has been refused already
    for index, version in enumerate(versions):
        at, expected = (*path, "components", index), f"like {first.code!r}: on a slip stands one appointment"
        if calendars[index] != calendars[0]:
            found = f"{version.code!r}, counted on the calendar {version.calendar or 'of the office'}"
            return at, found, expected
        if version.rules != first.rules:
            return at, f"{version.code!r}, counted by rules of its own", expected
    return None


def _endless(path: Path, model: BundleModel, versions: Sequence[ProcedureVersion]) -> Fault | None:
    for index, version in enumerate(versions):
        if Unit.NONE in _units(version):
            at, found = (*path, "components", index), f"{version.code!r}, a procedure without a limit"
            return at, found, f"procedures with a limit, for the policy {model.policy!r}"
    return None


def _not_added_up(path: Path, versions: Sequence[ProcedureVersion]) -> Fault | None:
    units = {unit for version in versions for unit in _units(version)}
    at, expected = (*path, "policy"), "limits that can be added up: in one unit, and not for ever"
    if len(units) > 1:
        return at, f"components with limits in {listed(sorted(units))}", expected
    try:
        total([version.limit for version in versions])
    except LimitError as error:
        return at, str(error), expected
    return None


def _units(version: ProcedureVersion) -> set[Unit]:
    """Return the units of every limit a dossier can have: the version's own and those of its cases."""
    return {version.limit.unit, *(case.limit.unit for case in version.cases if case.limit is not None)}
