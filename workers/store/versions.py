"""The applied configurations, whole, for ever: which rules were in force when something was decided."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, or_, select, update

from workers.store.holding import hold_office
from workers.store.looks import look_where_something_waits
from workers.store.rule_tables import sla_versions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Hold what is said of a configuration by whoever puts it in force.

    `git_commit` is that of the folder, `back_to` the version it copies. `also_open` names the procedures and
    bundles whose terms it gives to open dossiers too.
    """

    author: str
    reason: str
    document: str | None = None
    git_commit: str | None = None
    approved_by: str | None = None
    back_to: int | None = None
    also_open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Name one applied configuration of an office.

    `redated_at` is when every open dossier had been counted anew under it (None: some are still to be looked
    at), `moved` how many it moved, `late_writes` how often somebody wrote under an older one meanwhile.
    """

    number: int
    digest: str
    said: Said
    created_at: datetime
    redated_at: datetime | None
    moved: int
    late_writes: int


_OF_SAID: Final = tuple(entry.name for entry in fields(Said))
_OF_VERSION: Final = tuple(entry.name for entry in fields(Version) if entry.name != "said")
_COLUMNS: Final = tuple(sla_versions.c[name] for name in (*_OF_SAID, *_OF_VERSION))


class Versions:
    """Read and append the configurations of one office."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def hold(self, *, alone: bool = False) -> None:
        """Keep the configuration in force until the transaction ends; `alone`: to put another in its place.

        Who writes holds it beside others that write; who changes it waits for them, and they wait for it. So
        nobody writes under a configuration that was superseded without knowing.
        """
        hold_office(self._connection, self._office, alone=alone)

    def active(self) -> Version | None:
        """Return the version in force: the last one applied; None in a new office."""
        query = select(*_COLUMNS).where(self._mine()).order_by(sla_versions.c.number.desc()).limit(1)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _version(row)

    def active_number(self) -> int:
        """Return the number of the version in force, 0 in a new office."""
        return self._connection.scalar(select(func.max(sla_versions.c.number)).where(self._mine())) or 0

    def all(self) -> list[Version]:
        """Return every version, the newest first."""
        query = select(*_COLUMNS).where(self._mine()).order_by(sla_versions.c.number.desc())
        return [_version(row) for row in self._connection.execute(query).mappings()]

    def since(self) -> list[tuple[datetime, int]]:
        """Return since when each version was in force, with its number, in order."""
        columns = (sla_versions.c.created_at, sla_versions.c.number)
        query = select(*columns).where(self._mine()).order_by(sla_versions.c.number)
        return [(created_at, number) for created_at, number in self._connection.execute(query)]

    def moving(self, *, since: datetime) -> list[Version]:
        """Return the versions put in force since a moment that moved dossiers and are through with it."""
        last = self.active_number()
        over = or_(sla_versions.c.redated_at.is_not(None), sla_versions.c.number < last)
        where = (self._mine(), sla_versions.c.moved > 0, sla_versions.c.created_at >= since, over)
        query = select(*_COLUMNS).where(*where).order_by(sla_versions.c.number)
        return [_version(row) for row in self._connection.execute(query).mappings()]

    def digest(self, number: int) -> str:
        """Return the digest of a version; an unknown number raises LookupError."""
        digest: str = self._one("digest", number)
        return digest

    def files(self, number: int) -> dict[str, str]:
        """Return the files of a version as they were applied; an unknown number raises LookupError."""
        files: dict[str, str] = json.loads(self._one("files", number))
        return files

    def append(self, files: Mapping[str, str], digest: str, said: Said, *, now: datetime) -> int:
        """Store a configuration as the next version and return its number; no dossier has followed it yet.

        Dossiers of which something waits to be told are looked at now: it may be meant for others.
        """
        number = self.active_number() + 1
        values = {name: getattr(said, name) for name in _OF_SAID}
        values["also_open"] = json.dumps(said.also_open, ensure_ascii=False)
        self._connection.execute(
            insert(sla_versions).values(
                office=self._office,
                number=number,
                digest=digest,
                files=json.dumps(dict(files), ensure_ascii=False, sort_keys=True),
                created_at=now,
                redated_at=now if number == 1 else None,  # before the first there was nothing to follow it
                **values,
            )
        )
        look_where_something_waits(self._connection, self._office, now=now)
        return number

    def followed(self, *, before: int) -> int:
        """Return the last version before a number that every open dossier had followed; 0: none."""
        query = select(func.max(sla_versions.c.number)).where(
            self._mine(), sla_versions.c.number < before, sla_versions.c.redated_at.is_not(None)
        )
        return self._connection.scalar(query) or 0

    def take(self, number: int, *, now: datetime, until: datetime) -> bool:
        """Take the following of a version until a moment; False: somebody else is at it, or it is done."""
        free = or_(sla_versions.c.worked_until.is_(None), sla_versions.c.worked_until <= now)
        where = (self._is(number), sla_versions.c.redated_at.is_(None), free)
        return (
            self._connection.execute(update(sla_versions).where(*where).values(worked_until=until)).rowcount
            > 0
        )

    def go_on(self, number: int, *, moved: int, until: datetime) -> None:
        """Note that a batch followed and `moved` of its dossiers were moved; the next is taken until then."""
        values = {"moved": sla_versions.c.moved + moved, "worked_until": until}
        self._connection.execute(update(sla_versions).where(self._is(number)).values(values))

    def let_go(self, number: int) -> None:
        """Leave the following of a version to whoever comes next."""
        self._connection.execute(update(sla_versions).where(self._is(number)).values(worked_until=None))

    def settle(self, number: int, *, late_writes: int, now: datetime) -> bool:
        """Note that all open dossiers have followed; False when somebody wrote under an older one."""
        same = sla_versions.c.late_writes == late_writes
        values = {"redated_at": now, "worked_until": None}
        done = self._connection.execute(update(sla_versions).where(self._is(number), same).values(values))
        return done.rowcount > 0

    def unsettle(self, number: int) -> None:
        """Note that somebody wrote under an older version: open dossiers must be looked at again."""
        values = {"redated_at": None, "late_writes": sla_versions.c.late_writes + 1}
        self._connection.execute(update(sla_versions).where(self._is(number)).values(values))

    def _one(self, column: str, number: int) -> Any:
        found = self._connection.scalar(select(sla_versions.c[column]).where(self._is(number)))
        if found is None:
            raise LookupError(f"office {self._office} has no configuration version {number}")
        return found

    def _mine(self) -> ColumnElement[bool]:
        return sla_versions.c.office == self._office

    def _is(self, number: int) -> ColumnElement[bool]:
        return self._mine() & (sla_versions.c.number == number)


def _version(row: Any) -> Version:
    said = {name: row[name] for name in _OF_SAID} | {"also_open": tuple(json.loads(row["also_open"]))}
    return Version(said=Said(**said), **{name: row[name] for name in _OF_VERSION})
