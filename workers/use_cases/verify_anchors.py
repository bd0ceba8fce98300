"""The anchors held against their hashes, against what they cover, and against those kept outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.sla_source import digest_of
from domain.anchor import Running, goes_back, moved_by
from domain.hash_chain import NO_HASH, SEPARATOR, Fault, Head, bind, walk
from domain.tampering import Alteration, explained
from workers.store.ledger import ANCHORS
from workers.use_cases.anchor_rows import anchor_of, known, mended
from workers.use_cases.anchoring import ANCHORED
from workers.use_cases.verify_seals import last_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from domain.anchor import Anchor
    from domain.hash_chain import Link
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.verify_totals import Totals


class AnchorCheck:
    """Go through the anchors of one office, and through all events they cover, in the order of their ids.

    `kept` are hashes by number that were kept outside; `seals` says afterwards which seal the last sound
    anchor knows, `registers` which ends of the registers all of them do, hash by number.
    """

    def __init__(self, store: Store, office_code: str, totals: Totals, kept: Mapping[int, str]) -> None:
        self._store, self._code, self._totals, self._kept = store, office_code, totals, kept
        self._lacking: dict[int, int] = {}
        self._found: dict[int, Alteration] = {}
        self._segments: dict[int, tuple[int, Anchor]] = {}
        self._rules_told = False
        self.seals: Head | None = None
        self.registers: dict[str, dict[int, str]] = {"tasks": {}, "treatments": {}}

    def alterations(self, progress: Callable[[Totals], None]) -> Iterator[Alteration]:
        """Yield what was altered."""
        yield from self.chain()
        for number in sorted(self._segments):
            self.segment(number)
            progress(self._totals)
        with self._store.read(self._code) as work:
            yield from self._moved(work)
        yield from self.unexplained()

    def chain(self) -> Iterator[Alteration]:
        """Yield what is wrong with the anchors and the configurations; read what each of them covers."""
        with self._store.read(self._code) as work:
            links = list(work.ledger.anchors())
            head = last_known(work, ANCHORED, self._last_kept())
            faults = list(walk(links, chain=self._code, head=head))
            strays = work.ledger.of_no_office(self._store.offices(), ANCHORS)
            faults += [Fault("unplaced", link.chain, link.number, link) for link in strays]
            found = list(explained(faults, ANCHORS))
            yield from found
            yield from self._outside(links)
            versions, wrong = dict(_bound(work)), {fault.number for fault in faults}
            for before, anchor in self._sound(mended(links, found), wrong - known(found)):
                yield from self._versions(work, anchor, versions)
                self._segments[anchor.number] = before, anchor

    def after(self, number: int) -> int | None:
        """Return the next anchor that can be held against what it covers; None behind the last."""
        return min((one for one in self._segments if one > number), default=None)

    def segment(self, number: int) -> None:
        """Hold an anchor against the events it covers."""
        before, anchor = self._segments[number]
        running = Running()
        with self._store.read(self._code) as work:
            for event in work.ledger.recorded(after=before, until=anchor.last_id):
                running.add(event)
        self._totals.anchored += running.events
        if (running.running, running.events) != (anchor.running, anchor.events):
            told = ("events", str(anchor.events), str(running.events))
            self._found[number] = Alteration("anchors", "unexplained", self._code, number, *told)
            self._lacking[moved_by(anchor.total, running.total)] = number

    def unexplained(self) -> list[Alteration]:
        """Return the anchors whose events are others, as far as it is not told which."""
        found = list(self._found.values())
        self._found.clear()
        return found

    def _last_kept(self) -> Head | None:
        return max((Head(*one) for one in self._kept.items()), default=None)

    def _outside(self, links: list[Link]) -> Iterator[Alteration]:
        here = {link.number: link.hash for link in links}
        for number, kept in self._kept.items():
            if number in here and here[number] != kept:
                yield Alteration("anchors", "differs", self._code, number, "hash", kept, here[number])

    def _sound(self, links: list[Link], wrong: set[int]) -> Iterator[tuple[int, Anchor]]:
        """Yield the anchors that hold, each with the last id of the one before, if that holds too."""
        last_id: int | None = 0
        for place, link in enumerate(links, start=1):
            self._totals.anchors += 1
            if link.number in wrong or link.number < 1:
                last_id = None
                continue
            anchor = anchor_of(link)
            self._totals.last_anchor = anchor.number
            self.seals = Head(anchor.seals, anchor.seals_hash) if anchor.seals else None
            self._remember(anchor)
            if last_id is not None or place == 1:
                yield last_id or 0, anchor
            last_id = anchor.last_id

    def _remember(self, anchor: Anchor) -> None:
        for name, ends in self.registers.items():
            number, last = getattr(anchor, name), getattr(anchor, f"{name}_hash")
            if number:
                ends[number] = last

    def _moved(self, work: UnitOfWork) -> Iterator[Alteration]:
        """Yield the events whose id was altered: what an anchor lacks tells which they are."""
        for event in work.ledger.recorded(after=-1) if self._lacking else ():
            found = goes_back(event, self._lacking)
            if found is not None:
                number = int(event.seq) if event.seq.isdecimal() else None
                chain = f"{self._code}{SEPARATOR}{event.code}"
                yield Alteration("dossier_events", "altered", chain, number, "id", found[0], event.id)
                self._found.pop(found[1], None)

    def _versions(
        self, work: UnitOfWork, anchor: Anchor, versions: Mapping[int, str]
    ) -> Iterator[Alteration]:
        found = versions.get(anchor.versions, NO_HASH)
        if found == anchor.versions_hash or self._rules_told:
            return
        self._rules_told = True  # of all later ones it is so too
        named = _otherwise_named(work, anchor.versions)
        said = ("files" if named else "", anchor.versions_hash, found)
        yield Alteration("sla_versions", "unexplained", self._code, named or anchor.versions, *said)


def _bound(work: UnitOfWork) -> Iterator[tuple[int, str]]:
    previous = NO_HASH
    for link in work.ledger.versions():
        previous = bind(previous, link.texts)
        yield link.number, previous


def _otherwise_named(work: UnitOfWork, last: int) -> int | None:
    """Return the first configuration whose files are not those its digest names; None where all are."""
    for number in range(1, last + 1):
        try:
            if digest_of(work.versions.files(number)) != work.versions.digest(number):
                return number
        except (LookupError, ValueError, AttributeError):
            return number
    return None
