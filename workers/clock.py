"""The only reader of the machine's clock; everything below takes the moment as an argument."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def now() -> datetime:
    """Return this moment as an aware datetime in UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Return seconds on a clock that never goes back; only differences mean anything."""
    return time.monotonic()


def stopwatch() -> Callable[[], float]:
    """Return what tells how many seconds have passed since this call."""
    begun = monotonic()
    return lambda: monotonic() - begun


def sleep(seconds: float) -> None:
    """Wait for `seconds`; launchers only, a task never sleeps."""
    time.sleep(seconds)
