"""Looking again: when other rules come in force, at the dossiers of which something waits to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import or_, select, update

from workers.store.dialect import among, locked
from workers.store.tables import clocks, notices

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

# What is held is asked of anew when its dossier goes on: whoever lets it go on has it looked at.
WAITING: Final = ("planned", "failed", "claimed")
_CHUNK: Final = 1_000


def look_where_something_waits(connection: Connection, office: str, *, now: datetime) -> None:
    """Have the open dossiers of which something waits to be told looked at now, and no other.

    What waits is found by the index of what waits: it costs nothing where nothing does, however many
    dossiers are open. Nobody is waited for: whoever holds a clock meanwhile is about to record something
    under the rules of before, and has its dossier looked at again by itself (`recording`).
    """
    waiting = (notices.c.office == office, notices.c.state.in_(WAITING))
    query = select(notices.c.code).where(*waiting).distinct()
    codes = sorted(connection.scalars(query))
    for begin in range(0, len(codes), _CHUNK):
        _look(codes[begin : begin + _CHUNK], connection, office, now)


def _look(codes: Sequence[str], connection: Connection, office: str, now: datetime) -> None:
    later = or_(clocks.c.next_action_at.is_(None), clocks.c.next_action_at > now)
    mine = (clocks.c.office == office, among(clocks.c.code, codes, connection), later)
    free = locked(select(clocks.c.code).where(*mine).order_by(clocks.c.code), connection, skip=True)
    meant = (clocks.c.office == office, clocks.c.code.in_(free))
    connection.execute(update(clocks).where(*meant).values(next_action_at=now))
