"""Which terms bind a dossier: those it was accepted under, or a later version gave to open dossiers too."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.event import BOUND_BY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workers.store.events import Entry
    from workers.store.unit_of_work import UnitOfWork
    from workers.store.versions import Said


def bound_under(entry: Entry, accepted_under: int) -> int | None:
    """Return what binds a dossier after the event that gave it other terms; None: what it was accepted under.

    That is the configuration that records the event, unless it says another: going back gives a dossier the
    terms it had.
    """
    bound = int(entry.event.data.get(BOUND_BY, entry.sla_version))
    return None if bound == accepted_under else bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Bindings:
    """Hold what was said of each version by its number: which of them gave their terms to open dossiers."""

    said: Mapping[int, Said] = field(default_factory=dict)

    def at(self, number: int, name: str, accepted_under: int) -> int:
        """Return which version's terms bound an open dossier of a procedure or bundle when one was in force.

        The dossier was accepted under that version or an earlier one.
        """
        bound = accepted_under
        for version in sorted(self.said):
            if accepted_under < version <= number and name in self.said[version].also_open:
                bound = self.given_by(version, self.said[version].back_to, name, accepted_under)
        return bound

    def given_by(self, version: int, back_to: int | None, name: str, accepted_under: int) -> int:
        """Return which version's terms one gives to an open dossier of a procedure or bundle it names.

        One that goes back gives each those it had then; what was accepted since had none, and gets those of
        the copy.
        """
        if back_to is None or accepted_under > back_to:
            return version
        return self.at(back_to, name, accepted_under)


def bindings_of(work: UnitOfWork) -> Bindings:
    """Return what the versions of an office said, from the first to the one in force."""
    return Bindings(said={version.number: version.said for version in work.versions.all()})
