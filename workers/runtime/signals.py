"""Ctrl-C, SIGTERM and SIGHUP for a launcher: one way out, and never in the middle of a start."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(slots=True)
class StopRequests:
    """Turn the first request to stop into KeyboardInterrupt, and every later one into haste.

    Only the main thread may listen; in another thread nothing changes. A signal that was ignored before
    (nohup) stays ignored.
    """

    is_hurried: bool = False
    _asked: bool = False
    _stopping: bool = False
    _launching: bool = False
    _before: dict[signal.Signals, Any] = field(default_factory=dict)

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in STOP_SIGNALS:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._hear)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Give the signals back to whoever had them."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextmanager
    def launching(self) -> Iterator[None]:
        """Hold an interrupt back until the new process is known to us: else it would be nobody's child."""
        self._launching = True
        try:
            yield
        finally:
            self._launching = False
        if self._asked and not self._stopping:
            raise KeyboardInterrupt

    def begin_to_stop(self) -> None:
        """Take further requests as a wish for haste."""
        self._stopping = True

    def _hear(self, *_: object) -> None:
        if self._stopping:
            self.is_hurried = True
            return
        self._asked = True
        if not self._launching:
            raise KeyboardInterrupt
