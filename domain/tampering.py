"""What was done to a chain of rows: which column was altered and what it said, which rows came or went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from domain.hash_chain import SEPARATOR, bind
from domain.recovery import LONGEST, recovered

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from domain.hash_chain import Fault, Link

What = Literal["altered", "missing", "inserted", "differs", "unexplained"]
MOST_SEARCHED: Final = 40_000
"""How many letters of altered rows are searched for what they said: that takes up to a minute."""


class Alteration(NamedTuple):
    """Hold one thing that is otherwise than it was recorded, as exactly as it can be told.

    altered: `column` says `found` and said `expected`, of a long text its hash; with no column named it
    cannot be told which.
    missing: the row is gone. inserted: it was never recorded. differs: what follows from other rows is
    otherwise than this. unexplained: the rows of this place do not give what was remembered of them.
    """

    table: str
    what: What
    chain: str
    number: int | None = None
    column: str = ""
    expected: str = ""
    found: str = ""


class Shape(NamedTuple):
    """Hold how the rows of a table are named: their columns, and which of these are their place.

    A chain is named by its `chain` columns, joined by `SEPARATOR`.
    """

    table: str
    columns: tuple[str, ...]
    number: str
    chain: tuple[str, ...]

    def at(self, link: Link, chain: str, number: int) -> tuple[str, ...]:
        """Return the texts of a row as if it stood in another place."""
        place = {self.number: str(number), **dict(zip(self.chain, chain.split(SEPARATOR), strict=True))}
        return tuple(place.get(name, text) for name, text in zip(self.columns, link.texts, strict=True))


def explained(
    faults: Sequence[Fault], shape: Shape, values: Mapping[str, Collection[str]] | None = None
) -> Iterator[Alteration]:
    """Yield what was done, row by row; `values` are what a column may well have said.

    A row that fits a hole elsewhere was moved there. Of one that fits nowhere every single letter is tried,
    and the values: what gives the recorded hash is what it said.
    """
    loose = {fault.link: fault for fault in faults if fault.kind in ("stray", "unplaced") and fault.link}
    # How a chain ends follows from what else is wrong with it; alone it says that all of it was made anew.
    broken = {fault.chain for fault in faults if fault.kind != "head"}
    for fault in faults:
        if fault.kind == "hash" and fault.link is not None:
            yield _altered(shape, fault, "hash", fault.expected, fault.link.hash)
        elif fault.kind == "head" and fault.chain not in broken:
            told = (fault.chain, fault.number, "hash", fault.expected, fault.previous)
            yield Alteration(shape.table, "differs", *told)
    back = _PuttingBack(loose, shape)
    holes = [hole for fault in faults for hole in back.from_place(fault)]
    yield from back.moved
    yield from _rest(faults, loose, [hole for hole in holes if back.is_true(hole)], shape, values or {})


class _PuttingBack:
    """Put rows that fit nowhere where they fit, place after place; who finds a place is loose no more."""

    def __init__(self, loose: dict[Link, Fault], shape: Shape) -> None:
        self._loose, self._shape = loose, shape
        self._at = {(fault.chain, fault.number): fault.link for fault in loose.values()}
        self._gone: set[Link] = set()
        self.moved: list[Alteration] = []

    def from_place(self, fault: Fault) -> Iterator[Fault]:
        """Fill the places from a hole or a stray on as far as rows fit; yield what is left of a hole."""
        if fault.kind not in ("hole", "stray"):
            return
        chain, number, previous = fault.chain, fault.number, fault.previous
        while number <= fault.until or (chain, number) in self._at:
            link = self._fitting(chain, number, previous)
            if link is None:
                break
            del self._loose[link]
            number, previous = number + 1, link.hash
        if number <= fault.until:
            yield fault._replace(number=number, previous=previous)

    def _fitting(self, chain: str, number: int, previous: str) -> Link | None:
        there = self._at.get((chain, number))
        if there in self._loose and there is not None and bind(previous, there.covered) == there.hash:
            return there
        for link in self._loose:
            if bind(previous, link.cover(self._shape.at(link, chain, number))) == link.hash:
                self._gone.add(link)
                self.moved += _places(self._shape, link, chain, number)
                return link
        return None

    def is_true(self, hole: Fault) -> bool:
        """Say whether rows are missing: in front of one that never belonged there only those remembered."""
        if hole.link in self._gone:
            return hole.end is not None and hole.number <= hole.end
        return not hole.is_beyond


def _places(shape: Shape, link: Link, chain: str, number: int) -> Iterator[Alteration]:
    for column, expected, found in zip(shape.columns, shape.at(link, chain, number), link.texts, strict=True):
        if expected != found:
            yield Alteration(shape.table, "altered", chain, number, column, expected, found)


def _rest(
    faults: Sequence[Fault],
    loose: Mapping[Link, Fault],
    holes: Sequence[Fault],
    shape: Shape,
    values: Mapping[str, Collection[str]],
) -> Iterator[Alteration]:
    followers = {hole.link for hole in holes}
    for hole in holes:
        until = "" if hole.until == hole.number else str(hole.until)
        yield Alteration(shape.table, "missing", hole.chain, hole.number, expected=until)
    searched = 0
    for fault in faults:
        link = fault.link
        if link is None or loose.get(link) is not fault:
            continue
        if fault.kind == "stray":
            searched += sum(len(text) for text in link.covered if len(text) <= LONGEST)
            yield _stray(fault, link, shape, values if searched <= MOST_SEARCHED else None)
        elif link not in followers:
            yield Alteration(shape.table, "inserted", fault.chain, fault.number, found=" ".join(link.texts))


def _stray(
    fault: Fault, link: Link, shape: Shape, values: Mapping[str, Collection[str]] | None
) -> Alteration:
    told = None if values is None else recovered(link, fault.previous, shape.columns, values)
    if told is not None:
        return _altered(shape, fault, *told)
    if fault.is_beyond:
        return Alteration(shape.table, "inserted", fault.chain, fault.number, found=" ".join(link.texts))
    long = [column for column, text in zip(shape.columns, link.texts, strict=True) if len(text) > LONGEST]
    if values is not None and len(long) == 1:
        # Of all others every letter was tried: it is the one that is too long for that.
        given = bind(fault.previous, link.covered)
        return _altered(shape, fault, long[0], f"sha256 {link.hash}", f"sha256 {given}")
    return _altered(shape, fault, "", "", "")


def _altered(shape: Shape, fault: Fault, column: str, expected: str, found: str) -> Alteration:
    return Alteration(shape.table, "altered", fault.chain, fault.number, column, expected, found)
