"""The applied configurations, whole, for ever: which rules were in force when something was decided."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from workers.store.dialect import locked
from workers.store.tables import sla_versions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Name one applied configuration of an office."""

    number: int
    digest: str
    author: str
    reason: str
    created_at: datetime


class Versions:
    """Read and append the configurations of one office."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def active(self) -> Version | None:
        """Return the version in force: the last one applied; None in a new office."""
        table = sla_versions
        columns = (table.c.number, table.c.digest, table.c.author, table.c.reason, table.c.created_at)
        query = (
            select(*columns).where(table.c.office == self._office).order_by(table.c.number.desc()).limit(1)
        )
        row = self._connection.execute(query).mappings().first()
        return None if row is None else Version(**row)

    def since(self) -> list[tuple[datetime, int]]:
        """Return since when each version was in force, with its number, in order."""
        columns = (sla_versions.c.created_at, sla_versions.c.number)
        query = select(*columns).where(sla_versions.c.office == self._office)
        found = self._connection.execute(query.order_by(sla_versions.c.number))
        return [(created_at, number) for created_at, number in found]

    def lock(self) -> None:
        """Let nobody else who locks them record a version until this transaction ends."""
        query = select(sla_versions.c.number).where(sla_versions.c.office == self._office)
        self._connection.execute(locked(query, self._connection)).all()

    def digest(self, number: int) -> str:
        """Return the digest of a version; an unknown number raises LookupError."""
        table = sla_versions
        query = select(table.c.digest).where(table.c.office == self._office, table.c.number == number)
        digest: str | None = self._connection.scalar(query)
        if digest is None:
            raise LookupError(f"office {self._office} has no configuration version {number}")
        return digest

    def files(self, number: int) -> dict[str, str]:
        """Return the files of a version as they were applied; an unknown number raises LookupError."""
        table = sla_versions
        query = select(table.c.files).where(table.c.office == self._office, table.c.number == number)
        text = self._connection.scalar(query)
        if text is None:
            raise LookupError(f"office {self._office} has no configuration version {number}")
        files: dict[str, str] = json.loads(text)
        return files

    def append(
        self, files: Mapping[str, str], digest: str, *, author: str, reason: str, now: datetime
    ) -> int:
        """Store a configuration as the next version and return its number."""
        last = self._connection.scalar(
            select(func.max(sla_versions.c.number)).where(sla_versions.c.office == self._office)
        )
        number = (last or 0) + 1
        self._connection.execute(
            insert(sla_versions).values(
                office=self._office,
                number=number,
                digest=digest,
                files=json.dumps(dict(files), ensure_ascii=False, sort_keys=True),
                author=author,
                reason=reason,
                created_at=now,
            )
        )
        return number
