"""What every test may ask for: a database of each kind, a broker, the store on both."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.databases import PostgresServer
    from workers.store.unit_of_work import Store

# Imports stand in the fixtures: tests of the domain need neither SQLAlchemy nor Redis.

DATABASES = ("sqlite", "postgresql")

# No test is timed: on a machine at work elsewhere an example may take as long as it takes.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
# For `mutmut` (tests/README.md): few examples, the same for every mutant, and no clock that kills by itself.
settings.register_profile("mutation", max_examples=15, deadline=None, derandomize=True, database=None)

# Whoever starts a run in the background of a shell, or by nohup, has it ignore these signals, and with it
# every process it starts.
for _signal, _usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(_signal) is signal.SIG_IGN:
        signal.signal(_signal, _usual)


def refuse_or_skip(message: str) -> None:
    """Skip for want of a service at home; in CI nothing may be missing in silence."""
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresServer]:
    """A PostgreSQL server for the whole run."""
    from tests.databases import NoServerError, postgres_server

    servers = postgres_server()
    try:
        server = servers.__enter__()
    except (NoServerError, OSError, subprocess.SubprocessError) as error:
        refuse_or_skip(f"no PostgreSQL, so half of what this test proves is not proved: {error}")
        raise
    try:
        yield server
    finally:
        servers.__exit__(None, None, None)


@pytest.fixture
def postgresql_url(postgresql: PostgresServer) -> Iterator[str]:
    """A migrated, empty database on PostgreSQL, gone after the test."""
    url = postgresql.database()
    yield url
    postgresql.drop(url)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy: a migration for each test would be the most of its time."""
    from workers.store import schema

    path = tmp_path_factory.mktemp("template") / "template.db"
    schema.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty database in a file of SQLite's."""
    path = tmp_path / "dunghan.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database: the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """The store on an empty database of each kind."""
    from workers.store.unit_of_work import Store

    store = Store(database_url)
    yield store
    store.dispose()


@pytest.fixture
def broker_url(tmp_path: Path) -> Iterator[str]:
    """A real broker that nobody else uses."""
    from tests.brokers import NoBrokerError, broker

    brokers = broker(tmp_path)
    try:
        url = brokers.__enter__()
    except NoBrokerError as error:
        refuse_or_skip(f"no broker: {error}")
        raise
    try:
        yield url
    finally:
        brokers.__exit__(None, None, None)
