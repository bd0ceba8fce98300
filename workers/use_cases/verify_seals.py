"""The seals held against their hashes, their lists, their own figures, and the record they were made from."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from domain.errors import FiguresError
from domain.hash_chain import SEPARATOR, Fault, Head, walk
from domain.seal import DEFINITION, canonical, figures_of
from domain.tampering import Alteration, explained
from workers.store.ledger import SEALED, SEALS
from workers.store.seals import Seal
from workers.use_cases.seal_check import unlike_then
from workers.use_cases.sealing import SEALED as LAST_SEAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from domain.hash_chain import Link
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office
    from workers.use_cases.verify_totals import Totals

MOST_NAMED: Final = 20
"""How many dossiers of a seal are named that come out otherwise; `dunghan seal check` lists all."""

MOST_PLACES: Final = 1_000
"""How many places are remembered, as what an altered one may have said: most reports have fewer."""


class SealCheck:
    """Go through the seals of one office; the list of one is in memory at a time."""

    def __init__(self, store: Store, office_code: str, office: Office | None, totals: Totals) -> None:
        self._store, self._code, self._office, self._totals = store, office_code, office, totals
        self._faults: list[Fault] = []
        self._places: set[str] = set()
        self._links: dict[int, Link] = {}

    def alterations(
        self, remembered: Head | None, progress: Callable[[Totals], None]
    ) -> Iterator[Alteration]:
        """Yield what was altered; `remembered` is the last seal an anchor knows of."""
        found, numbers = self.chain(remembered)
        yield from found
        for number in numbers:
            yield from self.one(number)
            progress(self._totals)
        yield from self.told()

    def chain(self, remembered: Head | None) -> tuple[list[Alteration], list[int]]:
        """Return what is wrong with the chain of the seals, and the numbers of those there are.

        What is wrong with lists of no seal is kept until it is `told`, like that of the others.
        """
        with self._store.read(self._code) as work:
            links, offices = list(work.ledger.seals()), self._store.offices()
            known = {link.number for link in links}
            for number in work.ledger.listed():
                lost = work.ledger.sealed(number) if number not in known else ()
                self._faults += [Fault("unplaced", one.chain, one.number, one) for one in lost]
            strays = work.ledger.of_no_office(offices, SEALED)
            self._faults += [Fault("unplaced", one.chain, one.number, one) for one in strays]
            found = list(self._chain_of(work, links, remembered, offices))
        self._links = {link.number: link for link in links}
        return found, [link.number for link in links]

    def one(self, number: int) -> Iterator[Alteration]:
        """Yield what is wrong with a seal that `chain` has read: its figures, the report counted again."""
        with self._store.read(self._code) as work:
            yield from self._one(work, self._links[number])

    def told(self) -> Iterator[Alteration]:
        """Yield what is wrong with the lists since it was last told."""
        yield from explained(self._faults, SEALED, {"place": self._places})
        self._faults.clear()

    def _chain_of(
        self, work: UnitOfWork, links: list[Link], remembered: Head | None, offices: list[str]
    ) -> Iterator[Alteration]:
        head = last_known(work, LAST_SEAL, remembered)
        faults = list(walk(links, chain=self._code, head=head))
        strays = work.ledger.of_no_office(offices, SEALS)
        faults += [Fault("unplaced", link.chain, link.number, link) for link in strays]
        yield from explained(faults, SEALS)

    def _one(self, work: UnitOfWork, link: Link) -> Iterator[Alteration]:
        self._totals.seals += 1
        text = link.texts[SEALS.columns.index("document")]
        document = _read(text)
        if document is None or canonical(document) != text:
            return  # its hash has told so already
        end = Head(document["dossiers"]["number"], document["dossiers"]["hash"])
        chain = f"{self._code}{SEPARATOR}{link.number}"
        faults = list(walk(self._counted(work.ledger.sealed(link.number)), chain=chain, head=end))
        self._faults += faults
        if faults:
            return
        figures = figures_of(place for _, place in work.seals.places(link.number))
        if figures != document["figures"]:
            said = ("figures", canonical(figures), canonical(document["figures"]))
            yield Alteration("report_seals", "differs", self._code, link.number, *said)
        yield from self._again(work, Seal(link.number, document, link.hash))

    def _counted(self, links: Iterable[Link]) -> Iterator[Link]:
        for link in links:
            self._totals.sealed += 1
            if len(self._places) < MOST_PLACES:
                self._places.add(link.texts[SEALED.columns.index("place")])
            yield link

    def _again(self, work: UnitOfWork, seal: Seal) -> Iterator[Alteration]:
        """Count the report again as of its own moment."""
        if self._office is None or seal.document["versions"]["definition"] != DEFINITION:
            return
        try:
            unlike = unlike_then(work, self._office, seal)
        except (FiguresError, LookupError, ValueError) as error:
            yield Alteration("report_seals", "unexplained", self._code, seal.number, found=str(error))
            return
        for one in islice(unlike, MOST_NAMED):
            yield Alteration("report_seals", "differs", self._code, seal.number, one.code, one.was, one.now)


def last_known(work: UnitOfWork, name: str, remembered: Head | None) -> Head | None:
    """Return the last row of a chain that a sign of life or something else remembers; None: nothing does."""
    beat = work.journal.heartbeat(name)
    heads = [Head(beat.data["number"], beat.data["hash"])] if beat else []
    return max([*heads, *([remembered] if remembered else [])], default=None)


def _read(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
