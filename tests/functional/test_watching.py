"""Doctor beside real processes; two beats and two workers on one office: nothing twice, nothing lost."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from collections import Counter
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from tests.functional.test_cli import DUNGHAN, HEADS, LATE, Running, at_once, dunghan, environment, office_up
from workers.cli.exits import INTERRUPTED
from workers.demo.checks import mails_in
from workers.queues import QUEUES
from workers.runtime.commands import free_port
from workers.runtime.processes import wait_until
from workers.store.unit_of_work import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workers.store.notices import Notice

CELERY = (sys.executable, "-m", "celery", "--quiet", "-A", "workers.app")
TOP = Path(__file__).parents[2]
OFFICE = "my-xuyen"
SECOND = timedelta(seconds=1)


def doctor(home: Path, **more: str) -> tuple[int, dict[str, dict[str, Any]]]:
    answer = dunghan("doctor", "--json", cwd=home, DUNGHAN_SWEEP_SECONDS="1", **more)
    return answer.returncode, {one["check"]: one for one in json.loads(answer.stdout)["checks"]}


@contextmanager
def frozen(pid: int, home: Path) -> Iterator[None]:
    """Freeze a process, and let its last signs of life grow as old as a few minutes would make them."""
    os.kill(pid, signal.SIGSTOP)
    try:
        with closing(sqlite3.connect(home / "var" / "dunghan.db", timeout=10)) as file, file:
            file.execute("UPDATE heartbeats SET at = '2019-01-01T00:00:00.000000+00:00'")
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def child(office: Running, word: str) -> int:
    """Return the process of the office whose command has a word in it, the eldest of them."""
    found = [one for one in psutil.Process(office.process.pid).children() if word in one.cmdline()]
    return found[0].pid


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with office_up(tmp_path) as office:
        yield office


@pytest.mark.timeout(180)
def test_doctor_finds_a_running_office_well_and_tells_a_dead_worker_from_a_dead_beat(
    running: Running,
) -> None:
    assert wait_until(lambda: doctor(running.home)[0] == 0, 30), doctor(running.home)
    well = doctor(running.home)[1]
    parts = ("broker", "beat", "flower", *(f"queue:{queue}" for queue in QUEUES))
    assert {well[name]["level"] for name in parts} == {"ok"}
    with frozen(child(running, "worker"), running.home):
        code, found = doctor(running.home)
        assert (code, found["beat"]["level"]) == (1, "unknown")
        assert {found[f"queue:{queue}"]["level"] for queue in QUEUES} == {"trouble"}
        assert "không worker nào trả lời" in found["broker"]["text"]
    assert wait_until(lambda: doctor(running.home)[0] == 0, 30), "it works again, and doctor says so"
    with frozen(child(running, "beat"), running.home):
        assert wait_until(lambda: doctor(running.home)[1]["queue:sweeps"]["level"] == "unknown", 20)
        code, found = doctor(running.home)
        assert (code, found["beat"]["level"]) == (1, "trouble")


class TwoMachines:
    """A worker and a beat in each of two folders, with one database and one broker between them."""

    def __init__(self, folder: Path, database_url: str, broker_url: str) -> None:
        self.homes = (folder / "a", folder / "b")
        self.shared = {"DUNGHAN_DATABASE_URL": database_url, "DUNGHAN_BROKER_URL": broker_url}

        self.store = Store(database_url)
        for home in self.homes:
            assert dunghan("init", str(home), cwd=TOP, **self.shared).returncode == 0
            at_once(home)
            (home / "var" / "run").mkdir(exist_ok=True)
        recorded = dunghan("sla", "apply", "--reason", "thử", "--yes", cwd=self.homes[0], **self.shared)
        assert recorded.returncode == 0, recorded.stderr

    @contextmanager
    def running(self) -> Iterator[None]:
        with ExitStack() as stack:
            for number, home in enumerate(self.homes):
                worker = ("worker", "-Q", ",".join(QUEUES), "-c", "1", "-n", f"worker@machine-{number}")
                stack.enter_context(self._process(home, *worker))
                stack.enter_context(self._process(home, "beat", "--pidfile="))
            yield

    @contextmanager
    def _process(self, home: Path, *words: str) -> Iterator[None]:
        told = environment(DUNGHAN_HOME=str(home), DUNGHAN_SWEEP_SECONDS="1", **self.shared)
        with (home / "var" / "log" / f"{words[0]}.log").open("wb") as log:
            process = subprocess.Popen(
                [*CELERY, *words], env=told, cwd=TOP, stdout=log, stderr=log, start_new_session=True
            )
            try:
                yield
            finally:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def mails(self) -> Counter[str]:
        return sum((mails_in(home / "var" / "outbox") for home in self.homes), Counter())

    def notices(self) -> list[Notice]:
        with self.store.read(OFFICE) as work:
            return work.notices.of_office()

    def everybody_is_told(self, codes: set[str]) -> bool:
        notices = self.notices()
        sent = {notice.code for notice in notices if notice.state == "sent"}
        return codes <= sent and not [
            one for one in notices if one.state not in ("sent", "covered") and is_due(one)
        ]

    def last_sweep(self) -> datetime:
        with self.store.read(OFFICE) as work:
            return work.journal.heartbeats()["sweep_dossiers"].at

    def beat(self) -> dict[str, Any]:
        return doctor(self.homes[0], **self.shared)[1]["beat"]


def is_due(notice: Notice) -> bool:
    """Say whether a notice may go by now; some wait for the morning of whoever is told."""
    return notice.deliver_at <= datetime.now(UTC)


@pytest.mark.timeout(180)
def test_two_beats_and_two_workers_tell_everybody_once_and_doctor_names_both_beats(
    tmp_path: Path, postgresql_url: str, broker_url: str
) -> None:
    office = TwoMachines(tmp_path, postgresql_url, broker_url)
    rows = {f"H51-{number}": LATE.replace("H51-1", f"H51-{number}") for number in range(1, 41)}
    text = "\n".join([HEADS, *rows.values(), ""])
    (office.homes[0] / "inbox" / "ds.csv").write_text(text, encoding="utf-8")
    with office.running():
        assert wait_until(lambda: office.everybody_is_told(set(rows)), 60), Counter(
            notice.state for notice in office.notices()
        )
        told, swept = office.mails(), office.last_sweep()
        assert wait_until(lambda: "Có 2 beat cùng chạy" in office.beat()["text"], 20), office.beat()
        assert office.beat()["level"] == "warning"
        assert wait_until(lambda: office.last_sweep() > swept + 4 * SECOND, 30), "more sweeps by both"
    sent = {str(notice.message_id) for notice in office.notices() if notice.state == "sent"}
    assert office.mails() == told, "no mail came after everybody was told"
    assert set(told) == sent, "each notice is in a mail, and there is no other mail"
    assert set(told.values()) == {1}, "no mail came twice"


def test_prometheus_is_answered_anew_each_time_it_asks(tmp_path: Path) -> None:
    dunghan("init", "office", cwd=tmp_path)
    place = f"127.0.0.1:{free_port('127.0.0.1')}"
    process = subprocess.Popen(
        [str(DUNGHAN), "--home", "office", "metrics", "--serve", place],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=tmp_path,
        env=environment(PYTHONUNBUFFERED="1"),
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        assert place in process.stdout.readline()
        assert "dunghan_database_up 1.0" in scraped(place)
        (tmp_path / "office" / "var" / "dunghan.db").unlink()
        assert "dunghan_database_up 0.0" in scraped(place)
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == INTERRUPTED
    assert "Traceback" not in errors


def scraped(place: str) -> str:
    with urllib.request.urlopen(f"http://{place}/metrics", timeout=20) as answer:
        text: str = answer.read().decode()
        return text
