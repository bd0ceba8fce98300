"""The anchor of a day (mốc neo): one hash for all that was recorded since the one before, to keep outside."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.hash_chain import NO_HASH

if TYPE_CHECKING:
    from datetime import date, datetime

COLUMNS: Final = (
    "office",
    "number",
    "day",
    "made_at",
    "last_id",
    "events",
    "running",
    "total",
    "seals",
    "seals_hash",
    "versions",
    "versions_hash",
    "tasks",
    "tasks_hash",
    "treatments",
    "treatments_hash",
)
"""What the hash of an anchor covers, in this order."""
LATER: Final = 4
"""How many of them, the last, were not known once: the hash of an anchor without them covers the others."""
_WIDE: Final = 1 << 256


class Anchor(NamedTuple):
    """Hold the anchor of a local day, made at an aware instant.

    It covers the `events` of the office with an id above that of the anchor before and not above `last_id`:
    `running` is the hash of all of them in order, `total` the sum of their marks. `seals`,
    `versions`, `tasks` and `treatments` are the numbers of the last seal, the last configuration, the last
    event of the reform plan and the last word on a corrective action, each with the hash up to it.
    """

    number: int
    day: date
    made_at: datetime
    last_id: int
    events: int
    running: str
    total: str
    seals: int
    seals_hash: str
    versions: int
    versions_hash: str
    tasks: int | None = None
    tasks_hash: str | None = None
    treatments: int | None = None
    treatments_hash: str | None = None
    hash: str = ""


class Recorded(NamedTuple):
    """Hold what an anchor takes of an event: where it stands, whose it is and the hash it has, as texts."""

    id: str
    code: str
    seq: str
    hash: str

    @property
    def mark(self) -> int:
        """Return a number that tells this event in this place from every other."""
        return int.from_bytes(sha256("\x1f".join(self).encode()).digest(), "big")


class Running:
    """Add up events in the order of their ids."""

    def __init__(self) -> None:
        self.running, self.events, self._total = NO_HASH, 0, 0

    def add(self, event: Recorded) -> None:
        """Take the next event."""
        text = "\x1f".join((self.running, *event))
        self.running = sha256(text.encode()).hexdigest()
        self._total = (self._total + event.mark) % _WIDE
        self.events += 1

    @property
    def total(self) -> str:
        """Return the sum of the marks."""
        return f"{self._total:064x}"


def moved_by(expected: str, found: str) -> int:
    """Return what a sum of marks lacks; one event in another place lacks its own mark, less the new one."""
    return (int(expected, 16) - int(found, 16)) % _WIDE


def goes_back(event: Recorded, missing: dict[int, int]) -> tuple[str, int] | None:
    """Return the id an event had, and the anchor it is missing in; None where no digit of it was altered.

    `missing` says which anchor lacks which sum of marks.
    """
    found = event.mark
    for text in _other_digits(event.id):
        mark = event._replace(id=text).mark
        for lack in (mark, (mark - found) % _WIDE):
            if lack in missing:
                return text, missing[lack]
    return None


def _other_digits(text: str) -> list[str]:
    digits = "0123456789"
    places = range(len(text) + 1)
    changed = [text[:at] + digit + text[at + 1 :] for at in places if at < len(text) for digit in digits]
    put_in = [text[:at] + digit + text[at:] for at in places for digit in digits]
    left_out = [text[:at] + text[at + 1 :] for at in places if at < len(text)]
    return [one for one in dict.fromkeys((*changed, *put_in, *left_out)) if one not in ("", text)]
