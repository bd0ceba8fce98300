"""What another system sends once is recorded when the database comes back: a real worker waits for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from config.settings import Settings
from tests.builders import OfficeAtWork, message
from tests.functional.test_cli import environment
from workers.app import make_app
from workers.runtime.processes import wait_until
from workers.store import schema
from workers.store.unit_of_work import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

CELERY = (sys.executable, "-m", "celery", "--quiet", "-A", "workers.app")
TOP = Path(__file__).parents[2]


@contextmanager
def worker(told: dict[str, str], log: Path) -> Iterator[None]:
    words = ("worker", "-P", "solo", "-Q", "intake,notices", "--without-gossip", "--without-mingle")
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [*CELERY, *words],
            env=environment(**told),
            cwd=TOP,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_an_event_sent_while_the_database_is_away_is_recorded_once_it_is_back(
    tmp_path: Path, broker_url: str
) -> None:
    database, log = tmp_path / "away" / "dunghan.db", tmp_path / "worker.log"
    told = {
        "DUNGHAN_HOME": str(tmp_path),
        "DUNGHAN_BROKER_URL": broker_url,
        "DUNGHAN_DATABASE_URL": f"sqlite:///{database}",
    }
    app = make_app(Settings.load(told))
    sent = message("accepted", at="03/06/2019 08:00", procedure="1.001", officer="land.1")
    app.send_task("intake.record_event", args=[sent], queue="intake")
    with worker(told, log):
        assert wait_until(lambda: "StoreError" in log.read_text(encoding="utf-8"), 60)
        database.parent.mkdir()
        schema.upgrade(told["DUNGHAN_DATABASE_URL"])
        store = Store(told["DUNGHAN_DATABASE_URL"])
        office = OfficeAtWork(store, tmp_path)
        office.configure()
        assert wait_until(lambda: office.history() != [], 60)
        assert office.kinds() == ["accepted"]
        store.dispose()
