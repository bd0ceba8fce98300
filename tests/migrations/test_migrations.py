"""The migrations make the database that the tables describe, from nothing, once, whoever starts them."""

from __future__ import annotations

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from tests.databases import connect
from workers.store import schema
from workers.store.tables import metadata

if TYPE_CHECKING:
    from tests.databases import PostgresServer

MIGRATIONS = Path(schema.__file__).parent / "migrations"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    server: PostgresServer = request.getfixturevalue("postgresql")
    return server.empty_database()


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def test_an_empty_database_comes_up_to_date_and_says_so(empty_url: str) -> None:
    assert not schema.is_current(empty_url)
    schema.upgrade(empty_url)
    assert schema.is_current(empty_url)


def test_models_and_migrations_describe_the_same_database(empty_url: str) -> None:
    schema.upgrade(empty_url)
    assert schema.differences(empty_url) == []


def test_a_table_that_is_missing_or_too_many_would_be_seen(empty_url: str) -> None:
    assert len(schema.differences(empty_url)) >= len(metadata.tables)
    schema.upgrade(empty_url)
    statement = "ALTER TABLE clocks ADD COLUMN surplus INTEGER"
    if empty_url.startswith("sqlite"):
        with sqlite3.connect(empty_url.removeprefix("sqlite:///")) as file:
            file.execute(statement)
    else:
        with connect(empty_url) as server:
            server.execute(statement.encode())
    assert [entry[0] for entry in schema.differences(empty_url)] == ["remove_column"]


def test_an_upgrade_of_an_upgraded_database_changes_nothing(empty_url: str) -> None:
    schema.upgrade(empty_url)
    schema.upgrade(empty_url)
    assert schema.differences(empty_url) == []


def test_two_upgrades_at_once_both_succeed(postgresql: PostgresServer) -> None:
    url = postgresql.empty_database()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(schema.upgrade, [url] * 4))
    assert schema.is_current(url)
    assert schema.differences(url) == []


def test_two_upgrades_of_one_file_at_once_both_succeed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'two.db'}"
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(schema.upgrade, [url] * 4))
    assert schema.is_current(url)


def test_there_is_one_head() -> None:
    assert len(scripts().get_heads()) == 1


def test_the_files_are_numbered_without_a_gap_and_named_by_their_revision() -> None:
    names = sorted(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", name) for name in names)
    revisions = [script.revision for script in scripts().walk_revisions()]
    assert sorted(revisions) == [name[:4] for name in names]


def test_every_name_of_a_key_and_index_is_given_by_us(empty_url: str) -> None:
    schema.upgrade(empty_url)
    if empty_url.startswith("sqlite"):
        with sqlite3.connect(empty_url.removeprefix("sqlite:///")) as file:
            found = {row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
        found = {name for name in found if not name.startswith("sqlite_autoindex")}
    else:
        with connect(empty_url) as server:
            query = b"SELECT indexname FROM pg_indexes WHERE schemaname = 'public'"
            found = {str(row[0]) for row in server.execute(query)}
    assert all(name.startswith(("pk_", "uq_", "ix_", "alembic_version")) for name in found)


def test_the_first_migration_cannot_be_undone() -> None:
    module = scripts().get_revision("0001").module
    with pytest.raises(RuntimeError, match="history"):
        module.downgrade()
