"""Bundles (nhiều thủ tục cùng lúc): the procedures that may be done at once, and their one limit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from config.columns import fold
from config.said import Said, as_is, say
from config.said_misfits import listed
from config.sla_bundle_limits import allowed_by_parts
from config.sla_source import limit_text
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
    Fault = tuple[Path, Said, Said]
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
        found = say("named_as_procedure", text=text, owner=owner)
        draft.refuse(path, found=found, expected=say("own_name"))


def _check_alone(draft: Draft[BundlesFile], path: Path, model: BundleModel) -> None:
    if (model.limit is not None) != (model.policy == "fixed"):
        found = say("no_limit") if model.limit is None else say("limit_with_policy", policy=model.policy)
        draft.refuse(path, found=found, expected=say("limit_if_fixed"))
    if model.limit is not None and model.limit.unit is Unit.NONE:
        draft.refuse((*path, "limit"), found=say("value", value="none"), expected=say("limit_that_ends"))
    if model.until is not None and model.until < model.valid_from:
        expected = say("day_not_before", day=model.valid_from)
        draft.refuse((*path, "until"), found=as_is(str(model.until)), expected=expected)
    if len(model.components) > MOST_COMPONENTS:
        found = say("many_procedures", count=len(model.components))
        draft.refuse((*path, "components"), found=found, expected=say("at_most", most=MOST_COMPONENTS))
    for index, component in enumerate(model.components):
        if component in model.components[:index]:
            at = (*path, "components", index)
            found = say("code_twice", code=component)
            draft.refuse(at, found=found, expected=say("each_procedure_once"))


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
                    shown = say("not_in_force", code=component, day=day)
                    draft.refuse(at, found=shown, expected=say("version_in_force"))
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
    return ((*path, "limit"), as_is(limit_text(model.limit)), expected) if expected else None


def _apart(path: Path, versions: Sequence[ProcedureVersion], calendar_of: CalendarOf) -> Fault | None:
    """Refuse components that one limit would give several dates: there is one appointment on a slip."""
    first, calendars = versions[0], [calendar_of(version) for version in versions]
    if None in calendars:
        return None  # it could not be built and has been refused already
    for index, version in enumerate(versions):
        at, expected = (*path, "components", index), say("like_first", code=first.code)
        if calendars[index] != calendars[0]:
            own = version.calendar or say("of_the_office")
            return at, say("other_calendar", code=version.code, calendar=own), expected
        if version.rules != first.rules:
            return at, say("other_rules", code=version.code), expected
    return None


def _endless(path: Path, model: BundleModel, versions: Sequence[ProcedureVersion]) -> Fault | None:
    for index, version in enumerate(versions):
        if Unit.NONE in _units(version):
            at, found = (*path, "components", index), say("endless", code=version.code)
            return at, found, say("with_limits", policy=model.policy)
    return None


def _not_added_up(path: Path, versions: Sequence[ProcedureVersion]) -> Fault | None:
    units = {unit for version in versions for unit in _units(version)}
    at, expected = (*path, "policy"), say("can_be_added")
    if len(units) > 1:
        return at, say("components_in", units=listed(sorted(units))), expected
    try:
        total([version.limit for version in versions])
    except LimitError as error:
        return at, say("refused", error=error), expected
    return None


def _units(version: ProcedureVersion) -> set[Unit]:
    """Return the units of every limit a dossier can have: the version's own and those of its cases."""
    return {version.limit.unit, *(case.limit.unit for case in version.cases if case.limit is not None)}
