"""The verification of the whole record in pieces of some seconds, so that it can stop between any two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.errors import ConfigError
from domain.tampering import Alteration
from workers.use_cases.office import load_office
from workers.use_cases.verify_anchors import AnchorCheck
from workers.use_cases.verify_events import EventCheck
from workers.use_cases.verify_record import Place
from workers.use_cases.verify_registers import RegisterCheck
from workers.use_cases.verify_seals import SealCheck

if TYPE_CHECKING:
    from workers.store.unit_of_work import Store
    from workers.use_cases.office import Office
    from workers.use_cases.verify_totals import Totals

Piece = tuple[list[Alteration], Place | None]


class Pieces:
    """Do one piece of a verification after the other; `totals` count what was looked at.

    It finds what `Verification` finds. What was moved from one piece to another it calls missing here and
    inserted there, and of an anchor that does not hold it does not search which event was altered.
    """

    def __init__(self, store: Store, office_code: str, totals: Totals) -> None:
        self._store, self._code, self.totals = store, office_code, totals
        self._unreadable: list[Alteration] = []
        self._office = self._read_office()
        self._events = EventCheck(store, office_code, self._office, totals)
        self._anchors = AnchorCheck(store, office_code, totals, {})
        self._seals = SealCheck(store, office_code, self._office, totals)
        self._chained: list[Alteration] | None = None
        self._sealed: list[int] | None = None
        self._doing = {
            "events": self._of_events,
            "rest": self._of_rest,
            "anchors": self._of_anchors,
            "registers": self._of_registers,
            "seals": self._of_seals,
        }

    def do(self, place: Place) -> Piece:
        """Do the piece at a place; return what it found, and where to go on, None at the end."""
        return self._doing[place.stage](place.after)

    def _read_office(self) -> Office | None:
        try:
            return load_office(self._store, self._code)
        except (ConfigError, LookupError, ValueError) as error:
            self._unreadable = [Alteration("sla_versions", "unexplained", self._code, found=str(error))]
            return None

    def _of_events(self, after: str) -> Piece:
        found, last = self._events.page(after)
        found = [*([] if after else self._unreadable), *found, *self._events.told()]
        return found, Place("rest") if last is None else Place("events", last)

    def _of_rest(self, _: str) -> Piece:
        return list(self._events.rest()), Place("anchors")

    def _of_anchors(self, after: str) -> Piece:
        if not after:
            return self._chain(), Place("anchors", "0")
        self._chain_read()
        number = self._anchors.after(int(after))
        if number is None:
            return [], Place("registers")
        self._anchors.segment(number)
        return self._anchors.unexplained(), Place("anchors", str(number))

    def _of_registers(self, _: str) -> Piece:
        self._chain_read()
        check = RegisterCheck(self._store, self._code, self.totals, self._anchors.registers)
        return list(check.alterations(lambda _: None)), Place("seals")

    def _of_seals(self, after: str) -> Piece:
        found = self._seals_read(first=not after)
        number = next((one for one in self._sealed or () if one > int(after or 0)), None)
        if number is None:
            return found, None
        found += [*self._seals.one(number), *self._seals.told()]
        return found, Place("seals", str(number))

    def _chain(self) -> list[Alteration]:
        if self._chained is None:
            self._chained = list(self._anchors.chain())
        return self._chained

    def _chain_read(self) -> None:
        """Read the anchors where another piece has told what is wrong with them, and counted them."""
        anchors = self.totals.anchors
        self._chain()
        self.totals.anchors = anchors

    def _seals_read(self, *, first: bool) -> list[Alteration]:
        """Read the seals, once; what is wrong with all of them together only the first piece tells."""
        if self._sealed is not None:
            return []
        self._chain_read()
        found, self._sealed = self._seals.chain(self._anchors.seals)
        found += self._seals.told()
        return found if first else []
