"""What a rung may say beside its moment: a part of the limit, for which dossiers, how often again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.dossier import Dossier
    from domain.time_limit import TimeLimit

Until = Literal["closed", "handed_over", "acknowledged"]
Key = tuple[str, str]
"""What tells a rung from every other of a dossier: its step (empty: of the dossier itself) and its code."""
REPEAT_MARK: Final = "#"
MOST_REPEATS: Final = 30


@dataclass(frozen=True, slots=True)
class PartOfLimit:
    """Hold the place of a rung as a percentage of what there is between the beginning and the due date."""

    percent: int

    @property
    def is_after(self) -> bool:
        """Say whether it lies after the due date."""
        return self.percent > 100  # noqa: PLR2004 - the whole of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Hold for which dossiers a rung is; an empty list means any.

    `still_at` are steps of the internal process: the dossier stands in one of them now.
    """

    procedures: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    still_at: tuple[str, ...] = ()

    def holds(self, dossier: Dossier) -> bool:
        """Say whether a dossier is one of those meant, as things are now."""
        return (
            (not self.procedures or dossier.procedure in self.procedures)
            and (not self.units or dossier.unit in self.units)
            and (not self.channels or dossier.channel in self.channels)
            and (not self.still_at or dossier.step in self.still_at)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Say that a rung is told again: after every so much working time, at most so many times.

    A dossier that closes ends it, whatever `until` says; "handed_over" ends it when the dossier was handed
    over after the rung, "acknowledged" when somebody has acknowledged the rung.
    """

    every: TimeLimit
    at_most: int
    until: Until = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stops:
    """Hold what may have ended repeats: the last hand-over, and when which rung was acknowledged (aware)."""

    handed_over_at: datetime | None = None
    acknowledged: Mapping[Key, datetime] = field(default_factory=dict)

    def stop_of(self, repeat: Repeat, keys: set[Key], *, first: datetime) -> datetime | None:
        """Return the instant from which a rung that came due `first` is told no more; None: not stopped.

        `keys` are those of the rung and of its repeats: who acknowledges one of them has heard.
        """
        if repeat.until == "handed_over":
            moment = self.handed_over_at
            return moment if moment is not None and moment > first else None
        if repeat.until == "acknowledged":
            return min((at for key, at in self.acknowledged.items() if key in keys), default=None)
        return None


NOTHING: Final = Stops()


def repeated(code: str, number: int) -> str:
    """Return the code under which the repeat of a rung is told; the first repeat is number 1."""
    return f"{code}{REPEAT_MARK}{number}"


def code_in_ladder(code: str) -> str:
    """Return the code a rung has in its ladder: that of the rung a repeat repeats."""
    return code.partition(REPEAT_MARK)[0]
