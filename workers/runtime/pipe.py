"""The launcher's end of the line to its guardian."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

COMMAND = (sys.executable, "-m", "workers.runtime.guardian")


@dataclass(slots=True)
class GuardianPipe:
    """Keep a guardian alive and informed; `lock` stays held until it has ended as well.

    A folder whose launcher was killed is thus refused to a new one until the guardian has stopped the rest.
    """

    lock: int
    log_folder: Path
    _process: subprocess.Popen[bytes] | None = None
    _told: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the guardian go; without a release before, it cleans up first."""
        if self._process and self._process.stdin:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
            self._process.wait()

    def tell(self, message: str) -> None:
        """Send one message; a guardian that is gone hears it all again after `revive`."""
        word, _, rest = message.partition(" ")
        if word == "end":  # a life that is over need not be told to a successor
            self._told = [told for told in self._told if rest not in told.split(" ")]
        else:
            self._told.append(message)
        self._write(message)

    def release(self) -> None:
        """Say that nothing is left to guard, until the next message."""
        self._told.clear()
        self._write("release")

    def revive(self) -> None:
        """Start another guardian if this one was killed, and tell it all that the first knew."""
        if self._process is not None and self._process.poll() is not None:
            self._start()
            for message in self._told:
                self._write(message)

    def _start(self) -> None:
        self.log_folder.mkdir(parents=True, exist_ok=True)
        with (self.log_folder / "guardian.log").open("ab") as out:
            self._process = subprocess.Popen(  # noqa: S603 - a command of ours, no shell
                COMMAND,
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=out,
                pass_fds=(self.lock,),
                start_new_session=True,
            )

    def _write(self, message: str) -> None:
        if self._process and self._process.stdin:
            with suppress(BrokenPipeError, ValueError):
                self._process.stdin.write(f"{message}\n".encode())
                self._process.stdin.flush()
