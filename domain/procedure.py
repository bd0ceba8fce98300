"""Procedures (thủ tục hành chính): versions, limit cases, steps and communes, each with its legal basis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from domain.bundle import total
from domain.errors import LimitError
from domain.time_limit import CIVIL_CODE, CountingRules

if TYPE_CHECKING:
    from datetime import date

    from domain.time_limit import TimeLimit

Verified = Literal["yes", "limit", "code", "no"]
Effect = Literal["restart", "pause", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """Hold the commune (xã, phường) in which a parcel lies; a remote one has longer limits.

    It is that of the parcel, never that of the applicant.
    """

    code: str
    name: str
    remote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitCase:
    """Hold another limit of the same procedure for one case: a channel, complex work, a remote commune.

    `limit` replaces the procedure's own; `add` is added to whatever applies (a remote commune: +10 days).
    With `channel` or `remote` the case applies by itself.
    """

    code: str
    label: str
    limit: TimeLimit | None = None
    add: TimeLimit | None = None
    channel: str | None = None
    remote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Hold one step (bước xử lý) of the internal process: who does it and how long it may take.

    At most one of `limit` and `share` is set; `share` is a percentage of the dossier's own limit.
    """

    code: str
    name: str
    unit: str
    role: str
    limit: TimeLimit | None = None
    share: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPolicy:
    """Say what each kind of stop does to the clock: count anew, pause, or nothing (DOMAIN decision 4).

    A supplement restarts (Decree 61/2018 art. 19.4), consultation stops nothing (art. 19.5); a financial
    obligation stops only where special law says so, as for land.
    """

    supplement: Effect = "restart"
    financial_obligation: Effect = "none"
    suspended: Effect = "pause"
    consultation: Effect = "none"


BY_DECREE: Final = ClockPolicy()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureVersion:
    """Hold one procedure as the law had it between two dates (both inclusive; `until` None: still in force).

    `unit` handles it when the list names none. `ladder` names the ladder of its notices, `step_ladder` that
    of its steps (None: steps tell nobody). `calendar` names the calendar it is counted on (None: the
    office's). `verified` says how far code, name and limit have been checked against the source; anything
    but "yes" needs a person's eye.
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
    step_ladder: str | None = None
    calendar: str | None = None
    verified: Verified = "no"
    rules: CountingRules = CIVIL_CODE
    clock: ClockPolicy = BY_DECREE
    cases: tuple[LimitCase, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def version(self) -> str:
        """Return the version's name: the day from which it is in force."""
        return self.in_force_from.isoformat()

    def case_for(self, case: str | None, channel: str | None = None, *, remote: bool = False) -> str | None:
        """Return the code of the cases that apply, joined by "+", None where the procedure's own limit does.

        A named case comes first, else that of the channel; that of remote communes comes beside either. An
        unknown case raises LimitError.
        """
        cases = self._cases(case, channel)
        if remote:
            cases += [found for found in self.cases if found.remote and found not in cases]
        return "+".join(found.code for found in cases) or None

    def limit_for(self, case: str | None = None, channel: str | None = None) -> TimeLimit:
        """Return the limit of the cases named (joined by "+"), else of the channel's case, else its own.

        Of several limits the last named one applies; what a case adds comes on top, wherever it is named. An
        unknown case, and an addition in another unit, raise LimitError.
        """
        cases = self._cases(case, channel)
        limit = next((found.limit for found in reversed(cases) if found.limit), self.limit)
        added = [found.add for found in cases if found.add]
        return total([limit, *added]) if added else limit

    def _cases(self, case: str | None, channel: str | None) -> list[LimitCase]:
        # Versions recorded long ago may have two cases for a channel, of which the first applied, and codes
        # with "+" in them: a whole code comes before its parts.
        if not case:
            return [found for found in self.cases if channel and found.channel == channel][:1]
        whole = any(found.code == case for found in self.cases)
        return [self._case(code) for code in ([case] if whole else case.split("+"))]

    def _case(self, code: str) -> LimitCase:
        for candidate in self.cases:
            if candidate.code == code:
                return candidate
        known = ", ".join(candidate.code for candidate in self.cases) or "no_cases"
        raise LimitError("no_such_case", code=self.code, case=code, known=known)

    def in_force_on(self, day: date) -> bool:
        """Say whether this version is in force on a local day."""
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)


def version_on(versions: tuple[ProcedureVersion, ...], day: date) -> ProcedureVersion | None:
    """Return the version in force on a day, or None; a dossier keeps the one of its acceptance."""
    return next((version for version in versions if version.in_force_on(day)), None)
