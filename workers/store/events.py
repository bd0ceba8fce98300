"""The events of the dossiers: append-only, each hash bound to the one before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from sqlalchemy import and_, case, func, or_, select, text

from domain.event import Event, EventKind
from domain.hash_chain import SEPARATOR, bind
from workers.store.dialect import among, bulk_insert
from workers.store.holding import hold_events, is_quiet
from workers.store.instant import iso
from workers.store.tables import dossier_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

_COLUMNS: Final = (
    "office",
    "code",
    "seq",
    "kind",
    "occurred_at",
    "recorded_at",
    "actor",
    "sla_version",
    "data",
    "hash",
)
_quoted: Final = json.encoder.encode_basestring


class Entry(NamedTuple):
    """Hold one event as it is recorded: its place in the dossier's chain, who said so and when.

    `data` is the canonical text of the event's data, the very text that is hashed and stored. A NamedTuple:
    a list makes a hundred thousand of them, and a frozen dataclass takes three times as long to make.
    """

    code: str
    seq: int
    event: Event
    data: str
    recorded_at: datetime
    actor: str
    sla_version: int
    hash: str


class Told(NamedTuple):
    """Say of a dossier's events whether every one of them counts, and how many of a kind do."""

    whole: bool
    number: int


def chain(
    code: str,
    events: Sequence[Event],
    *,
    after: tuple[int, str],
    recorded_at: datetime,
    actor: str,
    sla_version: int,
) -> list[Entry]:
    """Return the entries of new events behind the dossier's last one (`after`: its seq and hash)."""
    seq, previous = after
    source = source_of(recorded_at, actor, sla_version)
    entries = []
    for event in events:
        seq += 1
        data = canonical(event.data)
        previous = digest_of(previous, event, code=code, seq=seq, source=source, data=data)
        entries.append(Entry(code, seq, event, data, recorded_at, actor, sla_version, previous))
    return entries


def digest_of(previous: str, event: Event, *, code: str, seq: int, source: str, data: str) -> str:
    """Return the SHA-256 that binds an event to the one before; any altered byte changes it.

    `source` says who recorded it, when and under which configuration; `data` is its canonical text.
    """
    return bind(previous, (code, str(seq), event.kind, iso(event.occurred_at), source, data))


def source_of(recorded_at: datetime, actor: str, sla_version: int) -> str:
    """Return who recorded an event, when and under which configuration, as it is hashed."""
    return SEPARATOR.join((iso(recorded_at), actor, str(sla_version)))


def bound_text(kind: str, occurred_at: datetime, source: str, data: str) -> str:
    """Return what the hash of an event binds behind its place in the chain; alike events have the same."""
    return SEPARATOR.join(("", kind, iso(occurred_at), source, data))


def canonical(data: Mapping[str, str]) -> str:
    """Return JSON of one form for one content: sorted, no spaces, letters as they are."""
    if not data:
        return "{}"
    return "{" + ",".join([f"{_quoted(name)}:{_quoted(data[name])}" for name in sorted(data)]) + "}"


class Events:
    """Append and read the events of one office's dossiers; there is no way to change one."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def append(self, entries: Iterable[Entry]) -> None:
        """Append entries; a seq that is taken (a concurrent writer) raises ConflictError."""
        rows = (
            (
                self._office,
                entry.code,
                entry.seq,
                entry.event.kind,
                entry.event.occurred_at,
                entry.recorded_at,
                entry.actor,
                entry.sla_version,
                entry.data,
                entry.hash,
            )
            for entry in entries
        )
        hold_events(self._connection, self._office)
        bulk_insert(self._connection, dossier_events, _COLUMNS, rows)

    def last_id(self) -> int | None:
        """Return the id behind which no event recorded before this transaction will ever come; 0: no event.

        None while somebody is writing events: theirs may have lower ids than others that are there already.
        """
        if not is_quiet(self._connection, self._office):
            return None
        query = select(func.max(dossier_events.c.id)).where(dossier_events.c.office == self._office)
        return self._connection.scalar(query) or 0

    def codes(self, *, after: str, limit: int) -> list[str]:
        """Return the codes of the next dossiers behind `after` ("": the first), in the order of the database.

        Its order is not Python's: whoever pages goes on behind the last of these, never behind the greatest.
        """
        table = dossier_events
        query = select(table.c.code).distinct().where(table.c.office == self._office, table.c.code > after)
        return list(self._connection.scalars(query.order_by(table.c.code).limit(limit)))

    def histories(self, codes: Sequence[str], *, last_id: int | None = None) -> dict[str, list[Entry]]:
        """Return the events of dossiers, each oldest first; unknown codes are left out.

        With `last_id` those with no higher id: what was recorded by the time it was the last.
        """
        table = dossier_events
        query = select(table).where(
            table.c.office == self._office, among(table.c.code, codes, self._connection)
        )
        if last_id is not None:
            query = query.where(table.c.id <= last_id)
        found: dict[str, list[Entry]] = {}
        for row in self._connection.execute(query.order_by(table.c.code, table.c.seq)).mappings():
            found.setdefault(row["code"], []).append(_entry(row))
        return found

    def told(
        self, codes: Sequence[str], kind: EventKind, *, until: datetime, known: datetime | None
    ) -> dict[str, Told]:
        """Say of the events of dossiers whether all happened before `until` and were recorded by `known`.

        None: everything recorded counts. Beside it stands how many of `kind` do. Whoever asks this of a
        hundred thousand dossiers is told it for a small part of what reading their histories costs.
        """
        event = dossier_events.c
        clauses = [event.occurred_at < until, *([] if known is None else [event.recorded_at <= known])]
        own = [case((and_(*clauses, *more), 1), else_=0) for more in ((), (event.kind == kind,))]
        query = (
            select(event.code, func.count(), *(func.sum(each) for each in own))
            .where(event.office == self._office, among(event.code, codes, self._connection))
            .group_by(event.code)
        )
        return {
            code: Told(whole=int(counting) == number, number=int(of_kind))
            for code, number, counting, of_kind in self._connection.execute(query)
        }

    def history(self, code: str) -> list[Entry]:
        """Return a dossier's events, oldest first; none for an unknown code."""
        table = dossier_events
        query = select(table).where(table.c.office == self._office, table.c.code == code)
        return [_entry(row) for row in self._connection.execute(query.order_by(table.c.seq)).mappings()]

    def of_rules(self, number: int, *, after: str, limit: int) -> list[Entry]:
        """Return the next events, behind the code `after`, by which a configuration moved dossiers."""
        table = dossier_events
        where = (table.c.office == self._office, table.c.sla_version == number, table.c.code > after)
        # The very words of the index, so that both databases use it.
        kinds = text("kind IN ('calendar_changed', 'terms_changed')")
        query = select(table).where(*where, kinds).order_by(table.c.code, table.c.seq).limit(limit)
        return [_entry(row) for row in self._connection.execute(query).mappings()]

    def marked(
        self, marks: Iterable[str], *, begin: datetime | None, end: datetime | None
    ) -> Iterator[Entry]:
        """Yield the events that bear one of the marks and were recorded in [begin, end), in that order."""
        table = dossier_events
        # What a person writes has its quotes escaped in the canonical text, so it never looks like a mark.
        bears = or_(*(table.c.data.contains(f'"{mark}":"yes"', autoescape=True) for mark in marks))
        query = select(table).where(table.c.office == self._office, bears)
        if begin is not None:
            query = query.where(table.c.recorded_at >= begin)
        if end is not None:
            query = query.where(table.c.recorded_at < end)
        ordered = query.order_by(table.c.recorded_at, table.c.code, table.c.seq)
        yield from map(_entry, self._connection.execute(ordered).mappings())

    def happened(
        self, kinds: Sequence[EventKind], *, begin: datetime, until: datetime, said: str = ""
    ) -> Iterator[Entry]:
        """Yield the events of some kinds that happened in [begin, until), by dossier, in constant memory.

        `said`: only those in whose data there is something of that name.
        """
        event = dossier_events.c
        query = select(dossier_events).where(
            event.office == self._office,
            event.kind.in_(kinds),
            event.occurred_at >= begin,
            event.occurred_at < until,
        )
        if said:
            # What a person writes has its quotes escaped in the canonical text: it never looks like a name.
            query = query.where(event.data.contains(f'"{said}":"', autoescape=True))
        query = query.order_by(event.code, event.seq).execution_options(yield_per=1_000)
        yield from map(_entry, self._connection.execute(query).mappings())


def _entry(row: Any) -> Entry:
    event = Event(
        kind=cast("EventKind", row["kind"]),
        occurred_at=row["occurred_at"],
        data=json.loads(row["data"]),
    )
    return Entry(
        code=row["code"],
        seq=row["seq"],
        event=event,
        data=row["data"],
        recorded_at=row["recorded_at"],
        actor=row["actor"],
        sla_version=row["sla_version"],
        hash=row["hash"],
    )
