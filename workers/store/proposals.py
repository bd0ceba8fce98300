"""Configurations that wait for a second person: they are in force nowhere until somebody approves them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select, update

from workers.store.rule_tables import sla_proposals
from workers.store.versions import Said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

_OF_SAID: Final = ("author", "reason", "document", "git_commit", "back_to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Hold a configuration that waits, made beside version `base`; `version` is what it became."""

    number: int
    base: int
    files: Mapping[str, str]
    said: Said
    created_at: datetime
    version: int | None = None


class Proposals:
    """Keep and read the proposals of one office."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def add(self, files: Mapping[str, str], said: Said, *, base: int, now: datetime) -> int:
        """Keep a proposal and return its number."""
        last = self._connection.scalar(select(func.max(sla_proposals.c.number)).where(self._mine()))
        number = (last or 0) + 1
        values: dict[str, Any] = {name: getattr(said, name) for name in _OF_SAID}
        values["files"] = json.dumps(dict(files), ensure_ascii=False, sort_keys=True)
        values["also_open"] = json.dumps(said.also_open, ensure_ascii=False)
        new = insert(sla_proposals).values(
            office=self._office, number=number, base=base, created_at=now, **values
        )
        self._connection.execute(new)
        return number

    def load(self, number: int) -> Proposal | None:
        """Return a proposal, None for an unknown number."""
        query = select(sla_proposals).where(self._mine(), sla_proposals.c.number == number)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _proposal(row)

    def waiting(self) -> list[Proposal]:
        """Return those not approved, the newest first."""
        table = sla_proposals
        query = select(table).where(self._mine(), table.c.version.is_(None)).order_by(table.c.number.desc())
        return [_proposal(row) for row in self._connection.execute(query).mappings()]

    def approve(self, number: int, version: int) -> None:
        """Note which version a proposal became."""
        where = (self._mine(), sla_proposals.c.number == number)
        self._connection.execute(update(sla_proposals).where(*where).values(version=version))

    def _mine(self) -> ColumnElement[bool]:
        return sla_proposals.c.office == self._office


def _proposal(row: Any) -> Proposal:
    words = {name: row[name] for name in _OF_SAID}
    return Proposal(
        number=row["number"],
        base=row["base"],
        files=json.loads(row["files"]),
        said=replace(Said(**words), also_open=tuple(json.loads(row["also_open"]))),
        created_at=row["created_at"],
        version=row["version"],
    )
