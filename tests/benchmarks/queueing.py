"""What goes through the queue: handing work over, and mail of the worker against tasks that do nothing.

A real worker of two processes, a real broker, PostgreSQL, and a mail server that takes everything. The queue
is filled while the worker does not read it; then the clock starts, and stops when no message is left.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import IO, TYPE_CHECKING, Any, Final

import redis

from config.settings import Settings
from tests.benchmarks.measure import Result
from tests.benchmarks.unsent import fill_office, unsend
from tests.brokers import broker
from workers.app import answering_workers, make_app
from workers.queues import NOTICES
from workers.runtime.processes import wait_until
from workers.use_cases.sweep import DOSSIERS_A_TASK, NOTICES_A_TASK, batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from celery import Celery

    from tests.databases import PostgresServer

_APPLICATION: Final = "tests.benchmarks.bench_app"
_ROUNDS: Final = 3
_WAIT: Final = 300
_EMPTY_LOOKS: Final = 25
_OFFICE: Final = "office"
_LEFT: Final = "unacked"


def run(server: PostgresServer, folder: Path, mails: int) -> Iterator[Result]:
    """Compare with `mails` mails and as many tasks that do nothing."""
    url = server.database()
    ids = fill_office(url, folder, mails)
    with broker(folder) as broker_url, _sink() as sink:
        desk = _Desk(folder, url, broker_url, sink)
        yield _hand_over(desk, mails)
        with_events, without = _mails(desk, url, ids, "--events"), _mails(desk, url, ids)
    name = f"a mail, {NOTICES_A_TASK} a task, {mails} in all"
    yield Result(name, "a task that does nothing", with_events[0], with_events[1], most=0.5)
    yield Result("a mail with events on for Flower", "without", with_events[0], without[0], most=1 / 0.9)
    server.drop(url)


@dataclass(frozen=True)
class _Desk:
    folder: Path
    database: str
    broker: str
    sink: _Sink

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DUNGHAN_HOME": str(self.folder),
            "DUNGHAN_DATABASE_URL": self.database,
            "DUNGHAN_BROKER_URL": self.broker,
            "DUNGHAN_SMTP_URL": f"smtp://127.0.0.1:{self.sink.port}",
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PATH": os.environ["PATH"],
        }

    def app(self) -> Celery:
        return make_app(Settings.load(self.environment), include=())


def _hand_over(desk: _Desk, many: int) -> Result:
    """Compare a message for each dossier with one for about a hundred."""
    app, codes = desk.app(), [f"000.00.00.H01-190603-{n:07d}" for n in range(many)]
    alone = batched = 0.0
    for _ in range(_ROUNDS):
        alone += _timed(partial(_send, app, [[code] for code in codes]))
        batched += _timed(partial(_send, app, list(batches(codes, DOSSIERS_A_TASK))))
        app.control.purge()
    app.close()
    name = f"a dossier handed over, {DOSSIERS_A_TASK} a task"
    return Result(name, "a task for each", batched / many, alone / many, most=0.1)


def _send(app: Celery, parts: Sequence[list[str]]) -> None:
    for codes in parts:
        app.send_task("dossiers.act_on_batch", (_OFFICE, codes))


def _mails(desk: _Desk, url: str, ids: Sequence[int], *options: str) -> tuple[float, float]:
    """Return the seconds of a mail and of a task that does nothing, of one worker, in turns."""
    mails, nothings = [], []
    with _worker(desk, *options) as app:
        queue = _Queue(app, desk.broker)
        queue.drained([("bench.nothing", [n]) for n in range(20)])  # both processes are warm
        for _ in range(_ROUNDS):
            unsend(url)
            before = desk.sink.count()
            mails.append(queue.drained([("notices.deliver", list(b)) for b in batches(ids, NOTICES_A_TASK)]))
            if desk.sink.count() - before != len(ids):
                sys.exit(
                    f"{desk.sink.count() - before} mails came of {len(ids)}: the comparison means nothing"
                )
            nothings.append(queue.drained([("bench.nothing", [n]) for n in ids]))
    return median(mails) / len(ids), median(nothings) / len(ids)


@dataclass
class _Queue:
    app: Celery
    broker: str

    def drained(self, messages: Sequence[tuple[str, list[int]]]) -> float:
        """Fill the queue while nobody reads it, let the worker at it, and return how long it took."""
        self.app.control.cancel_consumer(NOTICES, reply=True)
        for name, ids in messages:
            self.app.send_task(name, (_OFFICE, ids), queue=NOTICES, priority=6)
        client = redis.Redis.from_url(self.broker)
        begin = time.perf_counter()
        self.app.control.add_consumer(NOTICES)
        looks: list[float] = []
        while len(looks) < _EMPTY_LOOKS:  # between two lists a message is in neither of them for a moment
            now = time.perf_counter()
            looks = [] if self._left(client) else [*looks, now]
            if now - begin > _WAIT:
                sys.exit(f"after {_WAIT} s {self._left(client)} messages were left")
            time.sleep(0.002)
        return looks[0] - begin

    @staticmethod
    def _left(client: Any) -> int:
        keys = (NOTICES, f"{NOTICES}:6")
        return sum(int(client.llen(key)) for key in keys) + int(client.hlen(_LEFT))


@contextmanager
def _worker(desk: _Desk, *options: str) -> Iterator[Celery]:
    command = [
        sys.executable,
        "-m",
        "celery",
        "--quiet",
        "-A",
        _APPLICATION,
        "worker",
        "-c",
        "2",
        "-Q",
        NOTICES,
    ]
    with (desk.folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "-Q", NOTICES, "--without-gossip", "--without-mingle", *options],
            env=desk.environment,
            stdout=log,
            stderr=log,
        )
    app = desk.app()
    try:
        if not wait_until(lambda: bool(answering_workers(app, 1)), 60):
            sys.exit(f"the worker does not answer; see {desk.folder / 'worker.log'}")
        yield app
    finally:
        app.close()
        process.terminate()
        process.wait(60)


@dataclass
class _Sink:
    port: int
    process: subprocess.Popen[str]

    def count(self) -> int:
        """Return how many mails have come."""
        into, out = _pipes(self.process)
        into.write("\n")
        into.flush()
        return int(out.readline())


@contextmanager
def _sink() -> Iterator[_Sink]:
    path = Path(__file__).with_name("mail_sink.py")
    process = subprocess.Popen(
        [sys.executable, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield _Sink(int(_pipes(process)[1].readline()), process)
    finally:
        process.kill()
        process.wait()


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def _timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
