"""The anchors of one office: appended, read, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select

from domain.anchor import COLUMNS, Anchor
from domain.hash_chain import NO_HASH, bind
from workers.store.holding import hold_office
from workers.store.ledger import raw_text
from workers.store.seal_tables import anchors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_FIELDS: Final = Anchor._fields


class Anchors:
    """Append and read the anchors of one office."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def last(self) -> Anchor | None:
        """Return the newest anchor; None before the first."""
        query = self._all().order_by(anchors.c.number.desc()).limit(1)
        row = self._connection.execute(query).first()
        return None if row is None else Anchor._make(row)

    def all(self) -> Iterator[Anchor]:
        """Yield every anchor, the oldest first."""
        query = self._all().order_by(anchors.c.number).execution_options(yield_per=1_000)
        yield from (Anchor._make(row) for row in self._connection.execute(query))

    def append(self, anchor: Anchor) -> Anchor | None:
        """Append an anchor behind the one it was made for and return it with its hash.

        None where somebody else has made one in between.
        """
        hold_office(self._connection, f"anchors {self._office}", alone=True)
        last = self.last()
        if anchor.number != (last.number if last else 0) + 1:
            return None
        values: dict[str, Any] = anchor._asdict() | {"office": self._office}
        covered = [raw_text(values[name]) for name in COLUMNS]  # a new anchor knows all of them
        values["hash"] = bind(last.hash if last else NO_HASH, covered)
        self._connection.execute(insert(anchors).values(values))
        return anchor._replace(hash=values["hash"])

    def _all(self) -> Any:
        return select(*(anchors.c[name] for name in _FIELDS)).where(anchors.c.office == self._office)
