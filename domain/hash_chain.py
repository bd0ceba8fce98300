"""Hash chains (chuỗi băm): each row is bound to the one before, so that none can be altered unseen."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NO_HASH: Final = "0" * 64
"""What the first row of a chain is bound to."""
SEPARATOR: Final = "\x1f"
"""What stands between the texts that are hashed: nothing that people write holds it."""


class Link(NamedTuple):
    """Hold one row of a chain as it is stored: its place, its texts, its hash.

    `chain` names the chain where a table has many. A place that is no number is -1. The hash covers the texts
    but the first `free` ones and the last `bare` ones.
    """

    chain: str
    number: int
    texts: tuple[str, ...]
    hash: str
    free: int = 0
    bare: int = 0

    @property
    def covered(self) -> tuple[str, ...]:
        """Return the texts its hash covers."""
        return self.cover(self.texts)

    def cover(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Return which of texts in the place of its own its hash covers."""
        return tuple(texts[self.free : len(texts) - self.bare])


class Head(NamedTuple):
    """Hold how a chain should end, as something else remembers it: number and hash of its last row."""

    number: int
    hash: str


class Fault(NamedTuple):
    """Hold one place where a chain does not hold.

    hole: `number` to `until` are missing behind the hash `previous`; `link` is the row after them, if any.
    stray: what `link` says does not give its hash. unplaced: nothing before `link` to hold it against.
    hash: the row's own hash was altered, it was `expected`. head: the chain ends otherwise than remembered.
    `end` is the remembered number of rows, None where nothing remembers it.
    """

    kind: Literal["hole", "stray", "unplaced", "hash", "head"]
    chain: str
    number: int
    link: Link | None = None
    previous: str = NO_HASH
    until: int = 0
    expected: str = ""
    end: int | None = None

    @property
    def is_beyond(self) -> bool:
        """Say whether it lies behind the remembered end."""
        return self.end is not None and self.number > self.end


def bind(previous: str, texts: Iterable[str]) -> str:
    """Return the SHA-256 that binds the texts of a row to the hash of the row before."""
    return sha256(SEPARATOR.join((previous, *texts)).encode(errors="surrogatepass")).hexdigest()


def walk(links: Iterable[Link], *, chain: str = "", head: Head | None = None) -> Iterator[Fault]:
    """Yield where a chain does not hold; its rows come in the order of their numbers, one in memory.

    The numbers of a chain are 1, 2, 3 … without a hole.
    """
    number, previous, end = 0, NO_HASH, None if head is None else head.number
    for link, following in _with_next(links):
        if link.number <= number:
            yield Fault("unplaced", chain, link.number, link, end=end)
            continue
        if link.number > number + 1:
            yield Fault("hole", chain, number + 1, link, previous, link.number - 1, end=end)
            yield Fault("unplaced", chain, link.number, link, end=end)
            number, previous = link.number, link.hash
            continue
        number, given = link.number, bind(previous, link.covered)
        if given == link.hash:
            previous = given
        elif _goes_on_from(given, number, following, head):
            yield Fault("hash", chain, number, link, previous, expected=given, end=end)
            previous = given
        else:
            yield Fault("stray", chain, number, link, previous, end=end)
            previous = link.hash
    yield from _end(chain, Head(number, previous), head)


def _end(chain: str, end: Head, head: Head | None) -> Iterator[Fault]:
    if head is not None and head.number > end.number:
        yield Fault("hole", chain, end.number + 1, None, end.hash, head.number, end=head.number)
    elif head is not None and head.number == end.number and head.hash != end.hash:
        yield Fault("head", chain, end.number, None, end.hash, expected=head.hash)


def _goes_on_from(given: str, number: int, following: Link | None, head: Head | None) -> bool:
    """Say whether what comes behind a row is bound to this hash of it, and so tells which one it had."""
    if following is not None and following.number == number + 1:
        return bind(given, following.covered) == following.hash
    return head is not None and head == Head(number, given)


def _with_next(links: Iterable[Link]) -> Iterator[tuple[Link, Link | None]]:
    before: Link | None = None
    for link in links:
        if before is not None:
            yield before, link
        before = link
    if before is not None:
        yield before, None
