"""One `dunghan up` a folder: two would share one broker, one log and one outbox."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from workers.runtime.errors import LaunchError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def only_one(path: Path) -> Iterator[int]:
    """Hold the lock file `path` and yield its descriptor; raises LaunchError when somebody else holds it.

    The lock belongs to the open file, not to its name: a copy of the descriptor handed to another process
    keeps it held, and the system lets go of it when the last of them ends, however it ends.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(descriptor, path)
        yield descriptor
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
        text = (
            f"Thư mục {path.parent.parent.parent} đang chạy rồi, hoặc đang dừng (tiến trình {holder}). "
            "Hãy dùng cửa sổ đang chạy, hoặc đợi nó dừng hẳn."
        )
        raise LaunchError(text) from error
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
