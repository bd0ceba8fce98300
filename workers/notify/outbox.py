"""A folder of files: where messages go when nothing is set that takes them; a mail client opens the .eml."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workers import clock
from workers.notify.channel import TransientDeliveryError
from workers.notify.message import as_json
from workers.notify.mime import as_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from workers.notify.channel import Letter

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._+-]+")


class FileOutbox:
    """Write each letter as one file named after its Message-ID: sent twice, it is still one file.

    A file appears whole or not at all. What a mail server would refuse is refused here too
    (PermanentDeliveryError); a full disk or a folder that cannot be written is transient.
    """

    def __init__(self, folder: Path, *, now: Callable[[], datetime] = clock.now) -> None:
        self._folder, self._now = folder, now

    def send(self, letter: Letter) -> None:
        """Write the letter, replacing an earlier file of the same Message-ID."""
        content = as_bytes(letter, now=self._now(), transfer="8bit")
        _write(letter, self._folder / file_name(letter.message_id), content)

    def close(self) -> None:
        """Do nothing: no file stays open between letters."""


class MessageOutbox:
    """Write each short message as one .json file, as a gateway would be given it; else as `FileOutbox`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, letter: Letter) -> None:
        """Write the message, replacing an earlier file of the same Message-ID."""
        content = as_json(letter, indent=2)
        _write(letter, self._folder / file_name(letter.message_id, ".json"), content)

    def close(self) -> None:
        """Do nothing: no file stays open between messages."""


def _write(letter: Letter, path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"letter {letter.message_id} was not written to {path.parent}: {reason}"
        raise TransientDeliveryError("disk", message, away=True) from error


def file_name(message_id: str, suffix: str = ".eml") -> str:
    """Return the name of a letter's file: readable, safe in any file system, its own for each Message-ID."""
    readable = _UNSAFE.sub("_", message_id.strip("<>")).lstrip(".")[:80]
    return f"{readable}-{hashlib.sha256(message_id.encode()).hexdigest()[:12]}{suffix}"


def _write_whole(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut, where the system lets a folder be synchronised."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
