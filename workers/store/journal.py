"""What the office's machinery remembers of itself: heartbeats, imports, messages taken and refused."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import delete, func, insert, or_, select

from workers.store.dialect import insert_new, locked, replace_row
from workers.store.journal_tables import dead_letters, heartbeats, imports, intake_keys
from workers.store.rule_tables import sla_versions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """Say when something last did its work, and what it counted."""

    name: str
    at: datetime
    data: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """Hold a message that was refused: what came, and in one sentence why it could not be recorded.

    `office` is the one it named, which need not be one of this installation.
    """

    id: int
    office: str
    key: str
    received_at: datetime
    payload: str
    error: str
    message: str


class Journal:
    """Write and read the journal of one office."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def beat(self, name: str, *, now: datetime, **data: Any) -> None:
        """Say that something has just done its work."""
        replace_row(self._connection, heartbeats, self._row(name, now, data))

    def first_beat(self, name: str, *, now: datetime, **data: Any) -> bool:
        """Say so for the first time; False where anybody has: of two at once only one is the first."""
        return bool(insert_new(self._connection, heartbeats, [self._row(name, now, data)], "name"))

    def _row(self, name: str, now: datetime, data: Mapping[str, Any]) -> dict[str, Any]:
        return {"office": self._office, "name": name, "at": now, "data": json.dumps(data)}

    def heartbeats(self) -> dict[str, Heartbeat]:
        """Return the last sign of life of everything that gives one."""
        query = select(heartbeats).where(heartbeats.c.office == self._office)
        return {
            row["name"]: Heartbeat(name=row["name"], at=row["at"], data=json.loads(row["data"]))
            for row in self._connection.execute(query).mappings()
        }

    def heartbeat(self, name: str, *, lock: bool = False) -> Heartbeat | None:
        """Return the last sign of life of one thing; with `lock`, nobody else writes it until the end."""
        query = select(heartbeats).where(heartbeats.c.office == self._office, heartbeats.c.name == name)
        if lock:
            query = locked(query, self._connection)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else Heartbeat(name=name, at=row["at"], data=json.loads(row["data"]))

    def forget(self, prefix: str, *, before: datetime) -> None:
        """Take away the signs of life under names that begin so, if they are older."""
        old = (heartbeats.c.name.startswith(prefix, autoescape=True), heartbeats.c.at < before)
        self._connection.execute(delete(heartbeats).where(heartbeats.c.office == self._office, *old))

    def note_import(self, file: str, counts: Mapping[str, int], *, now: datetime) -> None:
        """Remember that a file was taken in and what came of it."""
        values = {"file": file[:255], "finished_at": now, "counts": json.dumps(dict(counts))}
        self._connection.execute(insert(imports).values(office=self._office, **values))

    def last_import(self) -> tuple[str, datetime, dict[str, int]] | None:
        """Return the last file taken in: its name, when, and its counts."""
        query = select(imports).where(imports.c.office == self._office).order_by(imports.c.id.desc()).limit(1)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else (row["file"], row["finished_at"], json.loads(row["counts"]))

    def take_key(self, key: str, digest: str, *, now: datetime) -> Literal["new", "same", "other"]:
        """Take a message's key: new, or taken before by the same message, or by another one."""
        row = {"office": self._office, "key": key, "digest": digest, "received_at": now}
        if insert_new(self._connection, intake_keys, [row], "key"):
            return "new"
        query = select(intake_keys.c.digest).where(
            intake_keys.c.office == self._office, intake_keys.c.key == key
        )
        return "same" if self._connection.scalar(query) == digest else "other"

    def refuse(self, *, key: str, payload: str, error: str, message: str, now: datetime) -> None:
        """Keep a message that could not be recorded, with its reason."""
        self._connection.execute(
            insert(dead_letters).values(
                office=self._office,
                key=_storable(key[:200]),
                received_at=now,
                payload=_storable(payload),
                error=error,
                message=_storable(message),
            )
        )

    def dead_letters(self, *, limit: int = 100) -> list[DeadLetter]:
        """Return the last messages refused, newest first: for the office, and for one that nobody knows."""
        table = dead_letters
        columns = (table.c[field.name] for field in fields(DeadLetter))
        query = select(*columns).where(self._refused).order_by(table.c.id.desc()).limit(limit)
        return [DeadLetter(**row) for row in self._connection.execute(query).mappings()]

    def count_dead_letters(self) -> int:
        """Return how many messages were refused, those for an office that nobody knows included."""
        query = select(func.count()).select_from(dead_letters).where(self._refused)
        return self._connection.scalar(query) or 0

    @property
    def _refused(self) -> ColumnElement[bool]:
        # What names no office of this installation is shown in each: nowhere else would anybody see it.
        of = dead_letters.c.office
        return or_(of == self._office, of.not_in(select(sla_versions.c.office)))


def _storable(text: str) -> str:
    # A message may be refused for just these letters; PostgreSQL cannot hold them either.
    return text.encode(errors="replace").decode().replace("\x00", "\N{REPLACEMENT CHARACTER}")
