"""One child process in a session of its own: started, judged, restarted, stopped with all its descendants."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from workers import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

# No new work first, then the work in hand, then the onlooker, and last what carries the messages of all.
STOP_ORDER: Final = ("beat", "worker", "flower", "broker")

SHORTEST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
LARGEST_LOG = 10_000_000
POLL = 0.05


@dataclass(slots=True, kw_only=True)
class Child:
    """Hold one process of the office and how often it has died; `grace` is its time to stop, in seconds."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path
    grace: float
    process: subprocess.Popen[bytes] | None = None
    pause: float = SHORTEST_PAUSE
    restart_at: float | None = None
    _started_at: float = field(default=0.0, repr=False)

    @property
    def pid(self) -> int | None:
        """Return the process id, or None before the start."""
        return self.process.pid if self.process else None

    def start(self) -> int:
        """Start the process at the head of its own session, writing to its log file; return its id."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".1.log"))
        with self.log.open("ab") as out:
            # A session of its own: Ctrl-C in the terminal must reach the launcher alone; it stops in order.
            self.process = subprocess.Popen(  # noqa: S603 - a command of ours, no shell
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=dict(self.environment),
                start_new_session=True,
            )
        self.restart_at = None
        self._started_at = clock.monotonic()
        return self.process.pid

    def is_alive(self) -> bool:
        """Tell whether the process runs; a dead one is taken off the process table by asking."""
        return self.process is not None and self.process.poll() is None

    @property
    def status(self) -> int | None:
        """Return the exit status of a process that has ended; negative: the signal that ended it."""
        return self.process.returncode if self.process else None

    def plan_restart(self) -> float:
        """Return after how many seconds it will start again: more after each short life."""
        now = clock.monotonic()
        if now - self._started_at >= STEADY_AFTER:
            self.pause = SHORTEST_PAUSE
        pause, self.pause = self.pause, min(2 * self.pause, LONGEST_PAUSE)
        self.restart_at = now + pause
        return pause

    def is_due_for_restart(self) -> bool:
        """Tell whether the pause after the last death is over."""
        return self.restart_at is not None and clock.monotonic() >= self.restart_at

    def stop(self, is_hurried: Callable[[], bool]) -> bool:
        """Ask the process to end, then end its whole session; tell whether it went by itself."""
        if self.process is None:
            return True
        return stop_session(self.process.pid, self.grace, self.is_alive, is_hurried)


def stop_session(
    pid: int,
    grace: float,
    is_alive: Callable[[], bool],
    is_hurried: Callable[[], bool] = lambda: False,
) -> bool:
    """Send SIGTERM to `pid`, wait up to `grace` seconds, then SIGKILL whatever is left of its session.

    The leader alone is asked: it knows in which order its own children end. Tells whether it went by itself.
    """
    went = not is_alive()
    if not went:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        went = wait_until(lambda: not is_alive(), grace, is_hurried)
    kill_session(pid)
    wait_until(lambda: not is_alive(), grace=5.0)
    return went


def kill_session(pid: int) -> None:
    """Send SIGKILL to every process of the group that `pid` leads; nothing happens when none is left."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def wait_until(
    condition: Callable[[], bool],
    grace: float,
    is_hurried: Callable[[], bool] = lambda: False,
) -> bool:
    """Wait until `condition` holds, at most `grace` seconds or until hurried; tell whether it holds."""
    end = clock.monotonic() + grace
    while not condition():
        if clock.monotonic() >= end or is_hurried():
            return False
        clock.sleep(POLL)
    return True
