"""Tell when the processes of an office do their work, which is later than when they run."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from workers import clock
from workers.app import answering_workers, make_app

if TYPE_CHECKING:
    from workers.runtime.supervisor import ProcessGroup


def wait_until_ready(group: ProcessGroup, seconds: float) -> tuple[str, ...]:
    """Watch `group` until worker and Flower answer; return the names of those that did not in `seconds`."""
    app = make_app(group.settings, broker_url=group.broker_url, include=())
    waiting = {"worker", "flower"}
    end = clock.monotonic() + seconds
    while waiting and clock.monotonic() < end:
        group.watch()
        if "worker" in waiting and answering_workers(app, timeout=0.5):
            waiting.discard("worker")
        if "flower" in waiting and flower_answers(group.flower_url):
            waiting.discard("flower")
        clock.sleep(0.1)
    return tuple(sorted(waiting))


def flower_answers(url: str) -> bool:
    """Tell whether Flower at `url` says that it is there; needs no account."""
    if not url.startswith(("http://", "https://")):
        return False
    try:
        with urllib.request.urlopen(f"{url}/healthcheck", timeout=2):  # noqa: S310 - scheme checked
            return True
    except (urllib.error.URLError, OSError):
        return False
