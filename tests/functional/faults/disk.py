"""A disk so small that it is full soon: only the processes of one office see it, and it goes with them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.conftest import refuse_or_skip

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psutil

SIZE: Final = "96k"
# The command's own PATH leads nowhere: $0 is the folder, $1 `mount`, the rest the command.
_MOUNT: Final = f'"$1" -t tmpfs -o size={SIZE} tmpfs "$0" && shift && exec "$@"'


def small_disk(folder: Path) -> tuple[str, ...]:
    """Return what to put before a command that shall find a small disk in place of a folder."""
    programs = [shutil.which(name) for name in ("unshare", "sh", "mount")]
    # Who is not root is root in a world of his own, where the system allows it.
    rights = ("-m",) if os.getuid() == 0 else ("-U", "-r", "-m")
    unshare, shell, mount = (program or "" for program in programs)
    prefix = (unshare, *rights, shell, "-c", _MOUNT, str(folder), mount)
    if not all(programs) or not _works((*prefix, shell, "-c", ":")):
        refuse_or_skip("this machine lets us mount no disk of our own: a full one is not proved")
    return prefix


def seen_by(process: psutil.Process, folder: Path) -> Path:
    """Return the path of a folder as a process sees it."""
    return Path(f"/proc/{process.pid}/root") / folder.relative_to("/")


def fill(folder: Path) -> Path:
    """Fill the disk of a folder to the last byte, and return the file that does it."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return filler


def _works(command: Sequence[str]) -> bool:
    return subprocess.run(command, capture_output=True, timeout=10, check=False).returncode == 0
