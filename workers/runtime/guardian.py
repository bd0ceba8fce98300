"""Outlive the launcher by one task: when it dies without a word, stop what it had started.

Runs as `python -m workers.runtime.guardian` in a session of its own and reads one message a line:

    start NAME PID GRACE    a child lives: if the launcher vanishes, stop it within GRACE seconds
    end PID                 that child is gone
    remove PATH             a file or an empty folder that must not outlive the launcher
    release                 everything was stopped in order; there is nothing left to do

The system closes the pipe when the launcher ends, even by SIGKILL: the end of the input without "release" is
the alarm. A pipe works on every POSIX system; Linux's death signal would reach all children at once, the
broker beside the worker that still needs it, and none of their descendants.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from workers.runtime.processes import STOP_ORDER, stop_session

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(slots=True)
class Watch:
    """Remember what the launcher has running and what it left on the disk."""

    children: dict[int, tuple[str, float]] = field(default_factory=dict)
    leftovers: list[Path] = field(default_factory=list)
    released: bool = False

    def hear(self, line: str) -> None:
        """Take in one message of the launcher."""
        word, _, rest = line.strip().partition(" ")
        if word == "start":
            name, pid, grace = rest.split(" ")
            self.children[int(pid)] = (name, float(grace))
        elif word == "end":
            self.children.pop(int(rest), None)
        elif word == "remove":
            self.leftovers.append(Path(rest))
        elif word == "release":
            self.released = True

    def clean_up(self) -> None:
        """Stop every child in the usual order and remove what must not stay."""
        ranked = sorted(self.children.items(), key=lambda child: STOP_ORDER.index(child[1][0]))
        for pid, (_, grace) in ranked:
            stop_session(pid, grace, lambda pid=pid: _exists(pid))  # type: ignore[misc]
        for path in self.leftovers:
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()


def main(lines: Iterable[str]) -> None:
    """Listen until the launcher says that all is well, or says nothing any more."""
    watch = Watch()
    for line in lines:
        watch.hear(line)
    if not watch.released:
        watch.clean_up()


def _exists(pid: int) -> bool:
    # The launcher is dead and cannot take its children off the process table; where nobody else does, they
    # stay there as zombies ("Z") for ever.
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    main(sys.stdin)
