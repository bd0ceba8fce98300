"""Let go of what a forked process has of its parent's connections."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path
from typing import Final

_OPEN_FILES: Final = Path("/dev/fd")
_OWN: Final = 3
"""Standard input, output and error may lead to a journal's socket and stay."""


def let_go_of_lines() -> None:
    """Close this process's copies of the connections of the process it was forked from.

    To be called right after the fork, before this process opens any of its own. While a copy is open, a
    connection that the parent has given up is not closed: the parent's poller goes on reporting it, under a
    number that is long another connection's, and the parent waits there for bytes that never come. The
    numbers stay taken, by nothing: whoever holds one of these connections in memory closes it once more.
    """
    lines = [number for number in _open_files() if _is_line(number)]
    with Path(os.devnull).open("rb") as nothing:
        for number in lines:
            os.dup2(nothing.fileno(), number, inheritable=False)


def _open_files() -> list[int]:
    numbers = [int(file.name) for file in _OPEN_FILES.iterdir()]
    return [number for number in numbers if number >= _OWN]


def _is_line(number: int) -> bool:
    # Two ends of one pair of sockets have no names: they are for processes that know of each other.
    try:
        if not stat.S_ISSOCK(os.fstat(number).st_mode):
            return False
        with socket.socket(fileno=os.dup(number)) as copy:
            return copy.type == socket.SOCK_STREAM and bool(copy.getpeername())
    except OSError:
        return False
