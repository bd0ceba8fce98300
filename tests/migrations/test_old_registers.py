"""Registers of before their rows were bound: they get numbers and hashes, and no altered row is made good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from domain.hash_chain import NO_HASH, bind
from tests.builders import OFFICE, local
from tests.office_texts import office_files
from workers.store import schema
from workers.store.engines import make_engine
from workers.store.instant import iso
from workers.store.unit_of_work import Store
from workers.use_cases.office import record_configuration
from workers.use_cases.verify import Verification

if TYPE_CHECKING:
    from tests.databases import PostgresServer

AT = iso(local("03/06/2019 08:00"))
NAMES = ("office", "year", "code", "seq", "kind", "happened_on", "recorded_at", "actor", "data", "hash")


@pytest.fixture(params=["sqlite", "postgresql"])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return a database of version 0013 with three events of two tasks and two words on a dossier."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.db'}"
    else:
        server: PostgresServer = request.getfixturevalue("postgresql")
        url = server.empty_database()
    engine = make_engine(url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0013")
        marks = ", ".join(f":{name}" for name in NAMES)
        for row in task("T-1", "một", "hai") + task("T-2", "ba"):
            values = dict(zip(NAMES, row, strict=True))
            connection.execute(
                text(f"INSERT INTO reform_events ({', '.join(NAMES)}) VALUES ({marks})"),  # noqa: S608 - our own names
                values,
            )
        for seq in (1, 2):
            connection.execute(
                text(
                    "INSERT INTO nonconformity_entries (office, code, seq, recorded_at, actor, data)"
                    " VALUES (:office, 'HS-1', :seq, :at, 'test', '{}')"
                ),
                {"office": OFFICE, "seq": seq, "at": AT},
            )
    engine.dispose()
    return url


def task(code: str, *actors: str) -> list[tuple[object, ...]]:
    """Return the rows of a task as a program of version 0011 wrote them, each bound to the one before."""
    rows: list[tuple[object, ...]] = []
    last = NO_HASH
    for seq, actor in enumerate(actors, start=1):
        last = bind(last, (code, str(seq), "planned", "2019-01-02", AT, actor, "{}"))
        rows.append((OFFICE, 2019, code, seq, "planned", "2019-01-02", AT, actor, "{}", last))
    return rows


def upgraded(url: str) -> Store:
    schema.upgrade(url)
    assert schema.differences(url) == []
    store = Store(url)
    record_configuration(store, office_files(), author="x", reason="x", now=local("03/06/2019 09:00"))
    return store


def test_what_nobody_altered_is_bound_and_holds(old_url: str) -> None:
    store = upgraded(old_url)
    verification = Verification(store, OFFICE)
    found = list(verification.alterations())
    store.dispose()
    assert found == []
    assert (verification.totals.tasks, verification.totals.treatments) == (3, 2)


def test_a_row_altered_before_is_found_afterwards_too(old_url: str) -> None:
    engine = make_engine(old_url)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            connection.execute(text("DROP TRIGGER reform_events_no_update"))
        connection.execute(text("UPDATE reform_events SET actor = 'khác' WHERE code = 'T-1' AND seq = 2"))
        if engine.dialect.name == "sqlite":
            refuse = "BEGIN SELECT RAISE(ABORT, 'x'); END"
            connection.execute(
                text(f"CREATE TRIGGER reform_events_no_update BEFORE UPDATE ON reform_events {refuse}")
            )
    engine.dispose()
    store = upgraded(old_url)
    found = [(one.table, one.what, one.number) for one in Verification(store, OFFICE).alterations()]
    store.dispose()
    assert found == [("reform_events", "altered", 2)]


def test_what_was_bound_is_guarded_and_goes_on(old_url: str) -> None:
    store = upgraded(old_url)
    engine = make_engine(old_url)
    for table in ("reform_events", "nonconformity_entries"):
        for statement in (f"UPDATE {table} SET actor = 'x'", f"DELETE FROM {table}"):  # noqa: S608 - our own names
            with pytest.raises(DatabaseError, match="append-only"), engine.begin() as connection:
                connection.execute(text(statement))
    engine.dispose()
    with store.begin(OFFICE) as work:
        work.nonconformities.register.append(
            [("HS-1", 3, local("04/06/2019 08:00"), "test", "{}")], now=local("04/06/2019 08:00")
        )
        work.commit()
    assert list(Verification(store, OFFICE).alterations()) == []
    store.dispose()
