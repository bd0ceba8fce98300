"""The registers held against their hashes: what was recorded of the reform plan and of corrective actions."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, get_args

from domain.hash_chain import Fault, Head, walk
from domain.reform_plan import TaskEventKind
from domain.tampering import Alteration, explained
from workers.store.ledger import PLAN, TREATMENTS
from workers.use_cases.verify_seals import last_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from domain.hash_chain import Link
    from domain.tampering import Shape
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.verify_totals import Totals

REGISTERS: Final = {"tasks": PLAN, "treatments": TREATMENTS}
"""What an anchor calls each of them."""
_REMEMBERED: Final = 2_000
_ALIKE: Final = ("recorded_at", "actor", "code")


class RegisterCheck:
    """Go through the registers of one office, a row in memory at a time.

    `anchored` are the ends the anchors know, hash by number, of each register.
    """

    def __init__(
        self, store: Store, office_code: str, totals: Totals, anchored: Mapping[str, Mapping[int, str]]
    ) -> None:
        self._store, self._code, self._totals, self._anchored = store, office_code, totals, anchored

    def alterations(self, progress: Callable[[Totals], None]) -> Iterator[Alteration]:
        """Yield what was altered."""
        with self._store.read(self._code) as work:
            for name, shape in REGISTERS.items():
                yield from self._one(work, shape, self._anchored.get(name, {}))
                progress(self._totals)

    def _one(self, work: UnitOfWork, shape: Shape, anchored: Mapping[int, str]) -> Iterator[Alteration]:
        head = last_known(work, shape.table, max((Head(*one) for one in anchored.items()), default=None))
        read = _Reading(shape, anchored, self._totals)
        faults = list(walk(read.rows(work.ledger.register(shape)), chain=self._code, head=head))
        strays = work.ledger.of_no_office(self._store.offices(), shape)
        faults += [Fault("unplaced", link.chain, link.number, link) for link in strays]
        # A chain that does not hold says where; one that does, and is not the anchored one, was made anew.
        yield from explained(faults, shape, read.values) if faults else read.otherwise


class _Reading:
    """Count the rows of a register that are read, and keep what they may have said."""

    def __init__(self, shape: Shape, anchored: Mapping[int, str], totals: Totals) -> None:
        self._shape, self._anchored, self._totals = shape, anchored, totals
        self._places = [(name, shape.columns.index(name)) for name in _ALIKE]
        self.values: dict[str, set[str]] = defaultdict(set)
        self.values["kind"].update(get_args(TaskEventKind))
        self.otherwise: list[Alteration] = []

    def rows(self, links: Iterable[Link]) -> Iterator[Link]:
        """Yield the rows as they come."""
        for link in links:
            self._totals.rows[self._shape.table] += 1
            for name, place in self._places:
                if len(self.values[name]) < _REMEMBERED:
                    self.values[name].add(link.texts[place])
            self._compare(link)
            yield link

    def _compare(self, link: Link) -> None:
        kept = self._anchored.get(link.number, link.hash)
        if kept != link.hash:
            said = (link.chain, link.number, "hash", kept, link.hash)
            self.otherwise.append(Alteration(self._shape.table, "differs", *said))
