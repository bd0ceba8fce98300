"""Procedures (thủ tục hành chính): their versions, limit cases and steps, each with its legal basis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from domain.errors import LimitError
from domain.time_limit import CIVIL_CODE, CountingRules, TimeLimit

if TYPE_CHECKING:
    from datetime import date

Verified = Literal["yes", "limit", "code", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitCase:
    """Hold another limit of the same procedure for one case: a channel, a remote commune, complex work."""

    code: str
    label: str
    limit: TimeLimit
    channel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Hold one step (bước xử lý) of the internal process: who does it and how long it may take."""

    code: str
    name: str
    unit: str
    role: str
    limit: TimeLimit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureVersion:
    """Hold one procedure as the law had it between two dates (both inclusive; `until` None: still in force).

    `unit` handles it when the list names none. `ladder` names the ladder of its notices. `verified` says how
    far code, name and limit have been checked against the source; anything but "yes" needs a person's eye.
    """

    code: str
    name: str
    field: str
    unit: str
    limit: TimeLimit
    legal_basis: str
    in_force_from: date
    in_force_until: date | None = None
    ladder: str = "default"
    verified: Verified = "no"
    rules: CountingRules = CIVIL_CODE
    cases: tuple[LimitCase, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def version(self) -> str:
        """Return the version's name: the day from which it is in force."""
        return self.in_force_from.isoformat()

    def limit_for(self, case: str | None = None, channel: str | None = None) -> TimeLimit:
        """Return the limit of a named case, else of the channel's case, else the procedure's own.

        An unknown case raises LimitError.
        """
        for candidate in self.cases:
            if case == candidate.code or (case is None and channel and candidate.channel == channel):
                return candidate.limit
        if case is not None:
            known = ", ".join(candidate.code for candidate in self.cases) or "none"
            raise LimitError(f"procedure {self.code} has no limit case {case!r}; its cases: {known}")
        return self.limit

    def in_force_on(self, day: date) -> bool:
        """Say whether this version is in force on a local day."""
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)


def version_on(versions: tuple[ProcedureVersion, ...], day: date) -> ProcedureVersion | None:
    """Return the version in force on a day, or None; a dossier keeps the one of its acceptance."""
    return next((version for version in versions if version.in_force_on(day)), None)
