"""The projection of the dossiers: what is so now, written only beside the events that made it so."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import bindparam, func, select, update

from domain.acknowledgement import Acknowledgement
from domain.dossier import Dossier
from domain.snapshot import Listed
from workers.store.dialect import among, bulk_insert, locked, update_each
from workers.store.instant import iso
from workers.store.tables import dossiers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Update

    from domain.on_time_rate import Timing
    from domain.pauses import Pause


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Hold a dossier with what the store keeps beside it.

    `sla_version` is the configuration it was accepted under; its terms bind it, or those of a later one that
    was put in force for open dossiers too (`bound_under`). `due_judged` and `timing` are set once it is
    closed; `listed` and `digest` are what the last list said and the digest of its row; `last_seq` and
    `last_hash` are the end of its chain of events.
    """

    dossier: Dossier
    due_original: datetime | None
    due_judged: datetime | None = None
    timing: Timing | None = None
    sla_version: int
    bound_under: int | None = None
    digest: str = ""
    listed: Listed | None = None
    last_seq: int
    last_hash: str

    @property
    def terms_under(self) -> int:
        """Return the configuration whose terms bind it."""
        return self.bound_under or self.sla_version


class OnSlip(NamedTuple):
    """Hold one dossier on a slip: the procedure it is, the rule and the configuration it was accepted by."""

    slip: str
    code: str
    procedure: str
    rule: str | None
    accepted_under: int


# Columns that bear the name of what they hold, in the order of the rows written.
_LISTS: Final = ("pauses", "consulting", "acknowledged")
_OF_DOSSIER: Final = tuple(name for name in Dossier._fields if name not in _LISTS)
_AS_READ: Final = tuple(name for name in _OF_DOSSIER if name != "step_since")
_OF_STORED: Final = tuple(entry.name for entry in fields(Stored) if entry.name not in ("dossier", "listed"))
_OF_LISTED: Final = tuple(entry.name for entry in fields(Listed))
_LISTED: Final = tuple(f"listed_{name}" for name in _OF_LISTED)
_COLUMNS: Final = ("office", *_OF_DOSSIER, *_LISTS, *_OF_STORED, *_LISTED)
_BOUND: Final = ("bound_under", "last_seq", "last_hash")
_bound: Final = attrgetter(*_BOUND)
_dossier_values: Final = attrgetter(*_OF_DOSSIER)
_stored_values: Final = attrgetter(*_OF_STORED)
_listed_values: Final = attrgetter(*_OF_LISTED)


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

    def unfilled(self, *, after: str, limit: int) -> list[str]:
        """Return the next codes, behind `after` ("": the first), whose steps no event was asked for yet."""
        query = select(dossiers.c.code).where(
            dossiers.c.office == self._office, dossiers.c.step_since.is_(None), dossiers.c.code > after
        )
        return list(self._connection.scalars(query.order_by(dossiers.c.code).limit(limit)))

    def load_slip(self, slip: str, *, lock: bool = False) -> dict[str, Stored]:
        """Return the dossiers on a slip, none for a code that is no slip's; `lock` as in `load`."""
        of_office, of_slip = dossiers.c.office == self._office, dossiers.c.bundle == slip
        query = select(dossiers).where(of_office, of_slip).order_by(dossiers.c.code)
        if lock:
            query = locked(query, self._connection)
        return {row["code"]: _stored(row) for row in self._connection.execute(query).mappings()}

    def on_slips(self, slips: Sequence[str]) -> list[OnSlip]:
        """Return what stands on those of the codes that are slips'."""
        columns = [dossiers.c[name] for name in ("bundle", "code", "procedure", "bundle_rule", "sla_version")]
        # In no order: SQLite would walk through the office by its codes to spare itself the sorting.
        of_slips = among(dossiers.c.bundle, slips, self._connection)
        query = select(*columns).where(dossiers.c.office == self._office, of_slips)
        return [OnSlip(*row) for row in self._connection.execute(query)]

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
        bulk_insert(self._connection, dossiers, _COLUMNS, (self._row(entry) for entry in stored))

    def update(self, stored: Iterable[Stored]) -> None:
        """Put dossiers in place of what the projection had."""
        self._put(_COLUMNS[1:], [self._row(entry)[1:] for entry in stored])

    def follow(self, stored: Iterable[Stored]) -> None:
        """Put in place what other rules alone change: what binds a dossier, and the end of its chain."""
        rows = [(one.dossier.code, one.dossier.last_at, *_bound(one)) for one in stored]
        self._put(("code", "last_at", *_BOUND), rows)

    def _put(self, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Put values in place of what the dossiers had whose code stands first in each row."""

        def make(given: Mapping[str, ColumnElement[Any]]) -> Update:
            mine = update(dossiers).where(dossiers.c.office == self._office, dossiers.c.code == given["code"])
            return mine.values({name: given[name] for name in names[1:]})

        values = [dict(zip(names, row, strict=True)) for row in rows]
        update_each(self._connection, dossiers, make, values, **{name: name for name in names})

    def mark_seen(self, seen: dict[str, tuple[str, Listed]]) -> None:
        """Remember rows that brought no event: for each code the digest and what the list said."""
        if not seen:
            return
        statement = update(dossiers).where(
            dossiers.c.office == self._office, dossiers.c.code == bindparam("which")
        )
        names = ("digest", *_LISTED)
        news = [f"new_{name}" for name in names]
        rows = [
            {"which": code, **dict(zip(news, (digest, *_listed_values(said)), strict=True))}
            for code, (digest, said) in seen.items()
        ]
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        self._connection.execute(statement.values(values), rows)

    def _among(self, codes: Sequence[str]) -> tuple[Any, ...]:
        return (dossiers.c.office == self._office, among(dossiers.c.code, codes, self._connection))

    def _row(self, stored: Stored) -> tuple[Any, ...]:
        listed = _listed_values(stored.listed) if stored.listed else (None,) * len(_LISTED)
        dossier = stored.dossier
        lists = (
            _pauses_text(dossier.pauses),
            _names_text(dossier.consulting),
            _answers_text(dossier.acknowledged),
        )
        return (self._office, *_dossier_values(dossier), *lists, *_stored_values(stored), *listed)


def _pauses_text(pauses: tuple[Pause, ...]) -> str:
    return json.dumps([[iso(begin), iso(end)] for begin, end in pauses]) if pauses else "[]"


def _pauses(text: str) -> tuple[Pause, ...]:
    pairs = [] if text == "[]" else json.loads(text)
    return tuple((datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in pairs)


def _names_text(names: tuple[str, ...]) -> str:
    return json.dumps(names, ensure_ascii=False) if names else "[]"


def _names(text: str) -> tuple[str, ...]:
    return () if text == "[]" else tuple(json.loads(text))


def _answers_text(answers: tuple[Acknowledgement, ...]) -> str:
    if not answers:
        return "[]"
    return json.dumps([one._asdict() | {"at": iso(one.at)} for one in answers], ensure_ascii=False)


def _answers(text: str) -> tuple[Acknowledgement, ...]:
    made = [] if text == "[]" else json.loads(text)
    return tuple(Acknowledgement(**one | {"at": datetime.fromisoformat(one["at"])}) for one in made)


def _stored(row: Any) -> Stored:
    listed = {name: row[column] for name, column in zip(_OF_LISTED, _LISTED, strict=True)}
    return Stored(
        dossier=Dossier(
            pauses=_pauses(row["pauses"]),
            consulting=_names(row["consulting"]),
            acknowledged=_answers(row["acknowledged"]),
            step_since=row["step_since"] or row["accepted_at"],
            **{name: row[name] for name in _AS_READ},
        ),
        listed=Listed(**listed) if listed["at"] else None,
        **{name: row[name] for name in _OF_STORED},
    )
