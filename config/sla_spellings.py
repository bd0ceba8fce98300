"""Which spellings name what: capitals and spaces do not matter, and nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Protocol, TypeVar

from config.columns import fold
from config.said import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from config.sla_office_models import AreaModel, CommuneModel, OfficeFile, UnitModel
    from config.sla_source import Draft
    from domain.bundle import Bundle
    from domain.procedure import ProcedureVersion


class Named(Protocol):
    """Be something with a name that is in force on some days and not on others."""

    @property
    def name(self) -> str:
        """Return the name people write."""

    def in_force_on(self, day: date) -> bool:
        """Say whether it is in force on a local day."""


N = TypeVar("N", bound=Named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spellings:
    """Hold what folded texts name: units, communes and areas by every spelling, the rest by name."""

    units: Mapping[str, str]
    communes: Mapping[str, str]
    areas: Mapping[str, str]
    procedures: Mapping[str, tuple[ProcedureVersion, ...]]
    bundles: Mapping[str, tuple[Bundle, ...]]


def name_units(office: Draft[OfficeFile]) -> dict[str, str]:
    """Map every spelling of a unit (code, name, alias; folded) to its code; one spelling for two is noted."""
    return _spelled(office, "unit", office.model.units if office.model else {})


def name_communes(office: Draft[OfficeFile]) -> dict[str, str]:
    """Map every spelling of a commune to its code, as those of units."""
    return _spelled(office, "commune", office.model.communes if office.model else {})


def name_areas(office: Draft[OfficeFile]) -> dict[str, str]:
    """Map every spelling of an area of reform to its code, as those of units."""
    return _spelled(office, "area", office.model.areas if office.model else {})


def _spelled(
    office: Draft[OfficeFile], what: str, models: Mapping[str, UnitModel | CommuneModel | AreaModel]
) -> dict[str, str]:
    spellings: dict[str, str] = {}
    for code, model in models.items():
        table = (f"{what}s", code)
        for path, text in (
            (table, code),
            ((*table, "name"), model.name),
            *(((*table, "aliases", index), alias) for index, alias in enumerate(model.aliases)),
        ):
            owner = spellings.setdefault(fold(text), code)
            if owner != code:
                office.refuse(
                    path,
                    found=say("spelled_already", text=text, what=say(what), owner=owner),
                    expected=say("spelled_once", what=say(what)),
                )
    return spellings


def by_name(entries: Iterable[N]) -> dict[str, tuple[N, ...]]:
    """Map every folded name to the versions or bundles that bear it."""
    named: dict[str, tuple[N, ...]] = {}
    for entry in entries:
        name = fold(entry.name)
        named[name] = (*named.get(name, ()), entry)
    return named


def only_on(entries: Iterable[N], day: date) -> N | None:
    """Return the one entry in force on a day; None where there is none, or more than one."""
    found = [entry for entry in entries if entry.in_force_on(day)]
    return found[0] if len(found) == 1 else None


def code_of(text: str, names: Mapping[str, str]) -> str | None:
    """Return the code a text is or names, of {code: name}; a name that two bear names neither."""
    wanted = fold(text)
    codes = [code for code in names if fold(code) == wanted]
    found = codes or [code for code, name in names.items() if fold(name) == wanted]
    return found[0] if len(found) == 1 else None


def nearest(text: str, codes: Iterable[str]) -> str | None:
    """Return the code a text looks most like, to be asked about and never to be taken; None: like none."""
    spelled = {fold(code): code for code in codes}
    near = get_close_matches(fold(text), spelled, n=1)
    return spelled[near[0]] if near else None
