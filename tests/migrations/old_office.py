"""A database as version 0001 made and filled it: plain SQL, for nothing in the code remembers it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from domain.event import Event
from domain.hash_chain import NO_HASH
from tests.builders import OFFICE, local
from workers.store import schema
from workers.store.engines import make_engine
from workers.store.events import chain
from workers.store.instant import iso

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from domain.event import EventKind
    from workers.store.events import Entry

ACCEPTED: Final = "03/06/2019 08:00"
DUE: Final = "18/06/2019"
Told = tuple["EventKind", str, int, dict[str, str]]


def told(kind: EventKind, at: str, *, under: int = 1, **data: str) -> Told:
    """Return what happened to a dossier, when, under which configuration, and what was said of it."""
    return kind, at, under, data


def make_old(url: str) -> None:
    """Bring an empty database to version 0001."""
    engine = make_engine(url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()


def fill_old(url: str, versions: Sequence[Mapping[str, str]], *dossiers: dict[str, Any]) -> None:
    """Write configurations and dossiers as a program of version 0001 did."""
    engine = make_engine(url)
    with engine.begin() as connection:
        for number, files in enumerate(versions, start=1):
            said = json.dumps(dict(files), ensure_ascii=False)
            row = {"number": number, "digest": sha256(said.encode()).hexdigest(), "files": said}
            made = {"author": "ops", "reason": "thử", "created_at": iso(local("01/06/2019 07:00"))}
            _insert(connection, "sla_versions", row | made)
        for dossier in dossiers:
            _write(connection, **dossier)
    engine.dispose()


def _write(connection: Connection, *, code: str, events: Sequence[Told], **so: Any) -> None:
    entries = _entries(code, events)
    for entry in entries:
        _insert(connection, "dossier_events", _event_row(entry))
    due = so.pop("due_at", DUE)
    clock = {"due_at": _at(due), "epoch": so.pop("epoch", 0), "provisional": False}
    row = _dossier_row(code, entries, so)
    if row["outcome"] is None:
        _insert(connection, "clocks", {"code": code, "next_action_at": _at(due), **clock})
    else:
        row |= {"due_judged": _at(due)}
    _insert(connection, "dossiers", row)


def _entries(code: str, events: Sequence[Told]) -> list[Entry]:
    accepted = told("accepted", ACCEPTED, procedure="1.001", procedure_version="2018-01-01", unit="land")
    entries: list[Entry] = []
    for kind, at, under, data in [accepted, *events]:
        event = Event(kind=kind, occurred_at=local(at), data=data)
        after = (entries[-1].seq, entries[-1].hash) if entries else (0, NO_HASH)
        entries += chain(code, [event], after=after, recorded_at=local(at), actor="old", sla_version=under)
    return entries


def _event_row(entry: Entry) -> dict[str, Any]:
    plain = {"kind": entry.event.kind, "occurred_at": iso(entry.event.occurred_at)}
    kept = {name: getattr(entry, name) for name in ("code", "seq", "actor", "sla_version", "data", "hash")}
    return kept | plain | {"recorded_at": iso(entry.recorded_at)}


def _dossier_row(code: str, entries: Sequence[Entry], so: Mapping[str, Any]) -> dict[str, Any]:
    last = max(entry.event.occurred_at for entry in entries)
    plain = {"procedure": "1.001", "procedure_version": "2018-01-01", "unit": "land", "outcome": None}
    moments = {"accepted_at": _at(ACCEPTED), "counting_from": _at(ACCEPTED), "due_original": _at(DUE)}
    none = {"pauses": "[]", "restarts": False, "supplements": 0, "sla_version": 1, "digest": ""}
    end = {"last_at": iso(last), "last_seq": entries[-1].seq, "last_hash": entries[-1].hash}
    return {"code": code, **plain, **moments, **none, **end, **so}


def _at(moment: str) -> str:
    return iso(local(moment))


def _insert(connection: Connection, table: str, values: Mapping[str, Any]) -> None:
    row = {"office": OFFICE, **values}
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), row)  # noqa: S608 - our own names
