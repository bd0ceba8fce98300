"""The projection of the dossiers: what is so now, written only beside the events that made it so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import bindparam, func, select, update

from domain.dossier import Dossier, Outcome, Stop
from domain.snapshot import Listed
from workers.store.dialect import among, bulk_insert, locked
from workers.store.tables import dossiers, iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from domain.on_time_rate import Timing
    from domain.pauses import Pause


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Hold a dossier with what the store keeps beside it.

    `due_judged` and `timing` are set once it is closed; `listed` and `digest` are what the last list said and
    the digest of its row; `last_seq` and `last_hash` are the end of its chain of events.
    """

    dossier: Dossier
    due_original: datetime | None
    due_judged: datetime | None = None
    timing: Timing | None = None
    sla_version: int
    digest: str = ""
    listed: Listed | None = None
    last_seq: int
    last_hash: str


_COLUMNS: Final = tuple(column.name for column in dossiers.columns)


class Dossiers:
    """Read and write the projection of one office."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def digests(self, codes: Sequence[str]) -> dict[str, str]:
        """Return the digest of the last list row of those dossiers that are known."""
        query = select(dossiers.c.code, dossiers.c.digest).where(*self._among(codes))
        return {row.code: row.digest for row in self._connection.execute(query)}

    def load(self, codes: Sequence[str], *, lock: bool = False) -> dict[str, Stored]:
        """Return the known dossiers among the codes; with `lock`, nobody else changes them until the end."""
        query = select(dossiers).where(*self._among(codes)).order_by(dossiers.c.code)
        if lock:
            query = locked(query, self._connection)
        return {row["code"]: _stored(row) for row in self._connection.execute(query).mappings()}

    def codes(self, *, like: str = "", limit: int = 20) -> list[str]:
        """Return codes that contain a text, for "did you mean"."""
        query = select(dossiers.c.code).where(dossiers.c.office == self._office)
        pattern = "%" + like.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        found = query.where(dossiers.c.code.like(pattern, escape="\\")).order_by(dossiers.c.code).limit(limit)
        return list(self._connection.scalars(found))

    def count(self) -> int:
        """Return how many dossiers the office has, open and closed."""
        query = select(func.count()).select_from(dossiers).where(dossiers.c.office == self._office)
        return self._connection.scalar(query) or 0

    def insert(self, stored: Iterable[Stored]) -> None:
        """Insert new dossiers; a code that exists raises ConflictError."""
        rows = (tuple(self._row(entry).values()) for entry in stored)
        bulk_insert(self._connection, dossiers, _COLUMNS, rows)

    def update(self, stored: Iterable[Stored]) -> None:
        """Put dossiers in place of what the projection had."""
        rows = [{f"new_{name}": value for name, value in self._row(entry).items()} for entry in stored]
        if not rows:
            return
        keys = ("office", "code")
        statement = update(dossiers).where(*(dossiers.c[key] == bindparam(f"new_{key}") for key in keys))
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _COLUMNS if name not in keys}
        self._connection.execute(statement.values(values), rows)

    def mark_seen(self, seen: dict[str, tuple[str, Listed]]) -> None:
        """Remember rows that brought no event: for each code the digest and what the list said."""
        if not seen:
            return
        statement = update(dossiers).where(
            dossiers.c.office == self._office, dossiers.c.code == bindparam("which")
        )
        rows = [
            {"which": code, "new_digest": digest, **_listed(said, "new_")}
            for code, (digest, said) in seen.items()
        ]
        names = ("digest", *_listed(None))
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        self._connection.execute(statement.values(values), rows)

    def _among(self, codes: Sequence[str]) -> tuple[Any, ...]:
        return (dossiers.c.office == self._office, among(dossiers.c.code, codes, self._connection))

    def _row(self, stored: Stored) -> dict[str, Any]:
        dossier = stored.dossier
        return {
            "office": self._office,
            "code": dossier.code,
            "procedure": dossier.procedure,
            "procedure_version": dossier.procedure_version,
            "limit_case": dossier.limit_case,
            "unit": dossier.unit,
            "officer": dossier.officer,
            "channel": dossier.channel,
            "accepted_at": dossier.accepted_at,
            "counting_from": dossier.counting_from,
            "promised_at": dossier.promised_at,
            "pauses": _pauses_text(dossier.pauses),
            "stopped_since": dossier.stopped_since,
            "stopped_by": dossier.stopped_by,
            "restarts": dossier.restarts,
            "supplements": dossier.supplements,
            "finished_at": dossier.finished_at,
            "returned_at": dossier.returned_at,
            "outcome": dossier.outcome,
            "last_at": dossier.last_at,
            "due_original": stored.due_original,
            "due_judged": stored.due_judged,
            "timing": stored.timing,
            "sla_version": stored.sla_version,
            "digest": stored.digest,
            **_listed(stored.listed),
            "last_seq": stored.last_seq,
            "last_hash": stored.last_hash,
        }


def _listed(listed: Listed | None, prefix: str = "") -> dict[str, Any]:
    return {
        f"{prefix}listed_at": listed.at if listed else None,
        f"{prefix}listed_unit": listed.unit if listed else None,
        f"{prefix}listed_status": listed.status if listed else None,
        f"{prefix}listed_officer": listed.officer if listed else None,
    }


def _read_listed(row: Any) -> Listed | None:
    if row["listed_at"] is None:
        return None
    return Listed(
        at=row["listed_at"],
        unit=row["listed_unit"],
        status=row["listed_status"],
        officer=row["listed_officer"],
    )


def _pauses_text(pauses: tuple[Pause, ...]) -> str:
    return json.dumps([[iso(begin), iso(end)] for begin, end in pauses]) if pauses else "[]"


def _pauses(text: str) -> tuple[Pause, ...]:
    pairs = [] if text == "[]" else json.loads(text)
    return tuple((datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in pairs)


def _stored(row: Any) -> Stored:
    dossier = Dossier(
        code=row["code"],
        procedure=row["procedure"],
        procedure_version=row["procedure_version"],
        limit_case=row["limit_case"],
        unit=row["unit"],
        officer=row["officer"],
        channel=row["channel"],
        accepted_at=row["accepted_at"],
        counting_from=row["counting_from"],
        promised_at=row["promised_at"],
        pauses=_pauses(row["pauses"]),
        stopped_since=row["stopped_since"],
        stopped_by=cast("Stop | None", row["stopped_by"]),
        restarts=row["restarts"],
        supplements=row["supplements"],
        finished_at=row["finished_at"],
        returned_at=row["returned_at"],
        outcome=cast("Outcome | None", row["outcome"]),
        last_at=row["last_at"],
    )
    return Stored(
        dossier=dossier,
        due_original=row["due_original"],
        due_judged=row["due_judged"],
        timing=cast("Timing | None", row["timing"]),
        sla_version=row["sla_version"],
        digest=row["digest"],
        listed=_read_listed(row),
        last_seq=row["last_seq"],
        last_hash=row["last_hash"],
    )
