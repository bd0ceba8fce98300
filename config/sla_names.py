"""The names one file may use of another: known even when the file that gives them has a fault elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config.sla_source import Draft

TEMPLATES: Final = ("reminder", "due_today", "apology", "escalation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Hold the codes of units, roles and ladders; None: their file cannot be read, do not ask."""

    units: Sequence[str] | None
    roles: Sequence[str] | None
    ladders: Sequence[str] | None

    def must_know(self, draft: Draft[Any], path: tuple[str | int, ...], what: str, name: str) -> bool:
        """Say whether a reference is known, or cannot be asked; an unknown one is noted in its draft."""
        known = {"unit": self.units, "role": self.roles, "ladder": self.ladders}[what]
        return known is None or draft.must_know(path, what, name, known)


def gather_names(office: Draft[Any], ladders: Draft[Any]) -> Names:
    """Take the names from the raw values, so that one fault does not cause a hundred more."""
    roles = office.data.get("roles")
    codes = [role.get("code") for role in roles if isinstance(role, dict)] if isinstance(roles, list) else []
    return Names(
        units=_keys(office.data.get("units")),
        roles=[code for code in codes if isinstance(code, str)] or None,
        ladders=_keys(ladders.data.get("ladders")),
    )


def _keys(table: Any) -> list[str] | None:
    return list(table) if isinstance(table, dict) and table else None
