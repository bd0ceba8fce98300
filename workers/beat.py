"""Beat: sends what `schedule` says, tells who it is, and never fills a queue that nobody reads."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import structlog
from celery.beat import PersistentScheduler
from celery.schedules import schedule as interval

from workers import clock
from workers.queues import TASK_QUEUES
from workers.tick import Tick

if TYPE_CHECKING:
    from kombu.messaging import Producer

FULL: Final = 1_000
"""Messages in a queue from which on beat adds none: whoever reads them at last finds all by state."""
LONGEST: Final = 5.0
"""Seconds beat sleeps at most: a clock that goes back in the middle of a tick is noticed by the next one."""
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)

log = structlog.get_logger("dunghan.beat")


class Beat(PersistentScheduler):  # type: ignore[misc]
    """Send every tick with the moment it stands for and the name of this beat.

    Two of them on two machines do no harm: whatever they start finds its work by state and claims it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._name, self._since = f"{socket.gethostname()}:{os.getpid()}", clock.now()
        self._used: set[str] = set()
        self.full = FULL
        super().__init__(*args, **kwargs)

    def setup_schedule(self) -> None:
        """Make whatever is sent at an interval due at once: an office that starts does not wait for it."""
        super().setup_schedule()
        for entry in self.schedule.values():
            if isinstance(entry.schedule, interval):
                entry.last_run_at = _LONG_AGO

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due; return in how many seconds to ask again.

        Where the clock has gone back, what ran "later" ran now: left alone, it would not run again before
        the clock has passed that moment, and after a day ahead and back the office would be silent for a day.
        """
        now = self.app.now()
        ahead = [entry for entry in self.schedule.values() if entry.last_run_at > now]
        for entry in ahead:
            entry.last_run_at = now
        if ahead:
            self._heap = None  # in the order of moments that were ahead too; it is made anew
        seconds: float = super().tick(*args, **kwargs)
        return min(seconds, LONGEST)

    def apply_async(self, entry: Any, producer: Producer | None = None, **rest: Any) -> Any:
        """Send one entry, unless its queue is full of what nobody has read."""
        queue = entry.options.get("queue") or TASK_QUEUES.get(entry.task, "")
        if producer is not None and self._waiting(queue, producer) >= self.full:
            log.warning("queue_full", queue=queue, task=entry.task)
            return None
        entry.options["headers"] = Tick(at=clock.now(), beat=self._name, since=self._since).as_headers()
        sent = super().apply_async(entry, producer=producer, **rest)
        self._used.add(queue)
        return sent

    def _waiting(self, queue: str, producer: Producer) -> int:
        if queue not in self._used:  # RabbitMQ closes the channel of whoever asks for what is not there yet
            return 0
        try:
            return int(producer.channel.queue_declare(queue=queue, passive=True).message_count)
        except Exception:  # noqa: BLE001 - an empty queue of Redis is none; sending says what else is wrong
            return 0
