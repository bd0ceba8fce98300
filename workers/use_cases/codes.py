"""Codes: which dossiers one means, and that each is given once: to a dossier, a slip or a component of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from domain.bundle import MARK, slip_of
from domain.errors import HistoryError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from workers.store.dossiers import OnSlip, Stored
    from workers.store.unit_of_work import UnitOfWork

    Slips = Mapping[str, Mapping[str, OnSlip]]
    """What stands on each slip, by its code."""


def meant_by(code: str, work: UnitOfWork, *, lock: bool = False) -> dict[str, Stored]:
    """Return the dossiers a code means: the one that bears it, else those on the slip that does."""
    return work.dossiers.load([code], lock=lock) or work.dossiers.load_slip(code, lock=lock)


def slips_around(codes: Iterable[str], work: UnitOfWork) -> Slips:
    """Return the slips among the codes, and those the codes look like components of."""
    asked = set(codes)
    asked |= {slip for code in asked if MARK in code and (slip := slip_of(code)) is not None}
    found: dict[str, dict[str, OnSlip]] = {}
    for component in work.dossiers.on_slips(sorted(asked)):
        found.setdefault(component.slip, {})[component.code] = component
    return found


class Slip(NamedTuple):
    """Hold the code on a slip and those of all its components."""

    code: str
    components: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GivenCodes:
    """Refuse a code a second time; what is given here counts for those that come after.

    `known` are the codes of dossiers, `slips` what stands on the slips, among all that will be asked for.
    """

    known: Container[str]
    slips: Slips
    _own: set[str] = field(default_factory=set)
    _begun: set[str] = field(default_factory=set)

    def give(self, code: str, slip: Slip | None = None) -> None:
        """Give a dossier its code, as a component of a slip or as its own; raises HistoryError.

        A component gets none while another one of its slip could not get its own.
        """
        if slip is None:
            self._give_own(code)
        elif code not in self.slips.get(slip.code, ()):
            self._give_slip(slip)

    def _give_own(self, code: str) -> None:
        if code in self.known:
            return
        self._must_not_stand_on_a_slip(code)
        if self._is_slip(code):
            raise HistoryError("code_of_slip", code=code, slip=code)
        self._own.add(code)

    def _give_slip(self, slip: Slip) -> None:
        self._must_not_stand_on_a_slip(slip.code)
        there = self.slips.get(slip.code, ())
        for code in (slip.code, *slip.components):
            if code not in there and (code in self.known or code in self._own):
                raise HistoryError("code_of_dossier", code=code, slip=slip.code)
        self._begun.add(slip.code)

    def _must_not_stand_on_a_slip(self, code: str) -> None:
        slip = slip_of(code)
        if slip is not None and self._is_slip(slip):
            raise HistoryError("code_of_slip", code=code, slip=slip)

    def _is_slip(self, code: str) -> bool:
        return code in self.slips or code in self._begun
