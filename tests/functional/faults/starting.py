"""Start an office by `dunghan up`: on the embedded defaults, or in production on PostgreSQL and Redis."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psutil

from tests.builders import local
from tests.databases import embedded_server
from tests.functional.faults.disk import seen_by, small_disk
from tests.functional.faults.post import HOST, Post
from tests.functional.faults.running import PEOPLE, MovedClock, RunningOffice
from tests.functional.faults.servers import LaunchedBroker, own_redis
from tests.office_texts import PEOPLE_FILE, office_files
from workers.runtime.processes import wait_until
from workers.store.unit_of_work import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


SETUPS: Final = ("embedded", "production")
KEPT: Final = ("HOME", "LANG", "TMPDIR", "PYTHONPATH")
BEGIN: Final = "13/06/2019 08:00"
"""An hour into the day on which dossiers accepted on 3 June are told of for the first time."""


@contextmanager
def running_office(setup: str, folder: Path, *, mail: bool = True) -> Iterator[RunningOffice]:
    """Give a running office with servers of its own; without `mail` it writes files onto a small disk."""
    with ExitStack() as stack:
        home = folder / "office"
        clock, post, broker = lay_out(home), Post(), None
        variables = _environment(clock)
        database = None
        url = f"sqlite:///{home / 'var' / 'dunghan.db'}"
        if mail:
            variables["DUNGHAN_SMTP_URL"] = f"smtp://{HOST}:{post.port}?timeout=2"
            stack.callback(post.close)
            post.open()
        if setup == "production":
            database = stack.enter_context(embedded_server(keeping=True))
            broker = stack.enter_context(own_redis(folder))
            url = database.url
            variables |= _production(url, broker.url)
        command: tuple[str, ...] = (
            sys.executable,
            "-c",
            "from workers.cli import main; main()",
            "--home",
            str(home),
            "up",
        )
        if not mail:
            command = (*small_disk(home / "var" / "outbox"), *command)
        launcher = stack.enter_context(_launched(home, command, variables))
        office = RunningOffice(
            home=home,
            clock=clock,
            store=Store(url),
            post=post,
            files=None if mail else seen_by(launcher, home / "var" / "outbox"),
            launcher=launcher,
            broker=broker or LaunchedBroker(home / "var", launcher),
            line=broker.line if broker else None,
            database=database,
        )
        stack.callback(office.store.dispose)
        _wait_for(office)
        yield office


def lay_out(home: Path) -> MovedClock:
    """Write the rules of an office with many officers, and the clock of its processes beside it."""
    people = "".join(
        f'[[people]]\ncode = "p.{number}"\nrole = "officer"\nunit = "land"\n'
        f'email = "p.{number}@example.invalid"\ndelivery = "at_once"\n'
        for number in range(PEOPLE)
    )
    for name, text in office_files(**{"people.toml": PEOPLE_FILE + people}).items():
        path = home / "sla" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (home / "var" / "outbox").mkdir(parents=True)
    path = home.parent / "clock"
    path.mkdir()
    shutil.copy(Path(__file__).with_name("moved_clock.py"), path / "sitecustomize.py")
    clock = MovedClock(path / "ahead")
    clock.set(local(BEGIN))
    return clock


def _environment(clock: MovedClock) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    path = os.pathsep.join(filter(None, (str(clock.file.parent), kept.get("PYTHONPATH"))))
    # With nothing on the PATH the launcher takes the broker of the wheel, whatever else the machine has.
    return kept | {"PATH": str(clock.file.parent), "PYTHONPATH": path, "DUNGHAN_SWEEP_SECONDS": "1"}


def _production(database: str, broker: str) -> dict[str, str]:
    return {
        "DUNGHAN_ENV": "production",
        "DUNGHAN_DATABASE_URL": database,
        "DUNGHAN_BROKER_URL": broker,
        "DUNGHAN_FLOWER_AUTH": f"ops:{secrets.token_urlsafe()}",
    }


@contextmanager
def _launched(home: Path, command: Sequence[str], variables: dict[str, str]) -> Iterator[psutil.Process]:
    with (home / "var" / "up.log").open("wb") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=variables, start_new_session=True
        )
    launcher = psutil.Process(process.pid)
    try:
        yield launcher
    finally:
        family = launcher.children(recursive=True) if process.poll() is None else []
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)
        for one in family:
            if one.is_running():
                one.kill()


def _wait_for(office: RunningOffice) -> None:
    said = office.home / "var" / "up.log"
    ready = wait_until(lambda: "Ctrl-C" in said.read_text(encoding="utf-8"), 60)
    assert ready, said.read_text(encoding="utf-8")
    before = office.clock.now()
    assert wait_until(lambda: office.swept_since(before), 30), said.read_text(encoding="utf-8")
