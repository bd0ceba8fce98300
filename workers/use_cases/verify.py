"""Verifying the whole record: history, anchors, tables, registers and seals; what was altered is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.errors import ConfigError
from domain.tampering import Alteration
from workers.use_cases.office import load_office
from workers.use_cases.verify_anchors import AnchorCheck
from workers.use_cases.verify_events import EventCheck, why_not
from workers.use_cases.verify_registers import RegisterCheck
from workers.use_cases.verify_seals import SealCheck
from workers.use_cases.verify_totals import Totals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from workers.store.unit_of_work import Store
    from workers.use_cases.office import Office


class Verification:
    """Go once through what an office has recorded; `totals` grow on the way and stay.

    Held against each other are: every event and the hash it has; the events up to each anchor and the anchor;
    the anchors and those `kept` outside (hash by number); the tables of dossiers, clocks and steps and what
    the events give; the registers of the reform plan and of corrective actions; every seal, its list, its
    figures, and the report counted again as of its moment. Nothing is written. A batch of dossiers, or the
    list of one seal, is in memory at a time.

    What follows from no event is not looked at: what the last list said, notices, heartbeats.
    """

    def __init__(self, store: Store, office_code: str, kept: Mapping[int, str] | None = None) -> None:
        self._store, self._code = store, office_code
        self.totals = Totals()
        self._anchors = AnchorCheck(store, office_code, self.totals, kept or {})

    def alterations(self, progress: Callable[[Totals], None] = lambda _: None) -> Iterator[Alteration]:
        """Yield what was altered, as soon as it is known."""
        for one in self._all(progress):
            self.totals.found[one.table] += 1
            yield one

    def _all(self, progress: Callable[[Totals], None]) -> Iterator[Alteration]:
        office: Office | None = None
        try:
            office = load_office(self._store, self._code)
        except (ConfigError, LookupError, ValueError) as error:
            yield Alteration("sla_versions", "unexplained", self._code, found=why_not(error))
        events = EventCheck(self._store, self._code, office, self.totals)
        yield from events.alterations(progress)
        yield from self._anchors.alterations(progress)
        registers = RegisterCheck(self._store, self._code, self.totals, self._anchors.registers)
        yield from registers.alterations(progress)
        seals = SealCheck(self._store, self._code, office, self.totals)
        yield from seals.alterations(self._anchors.seals, progress)
