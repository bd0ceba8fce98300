"""The watched folder: files are taken once, moved away with their report, and never lost.

inbox/            what people and programs drop in
inbox/.taking/    one folder for each file in work, so that no two workers have the same one
inbox/done/       read, with the report beside it
inbox/rejected/   not read, or the bad rows of one that was
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from contextlib import suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

Outcome = Literal["done", "rejected"]

SETTLE: Final = timedelta(seconds=5)
UNFINISHED: Final = timedelta(minutes=2)
"""How long a file must be quiet whose end is missing: no line end, no directory of the zip."""
STALE: Final = timedelta(hours=1)
_TAKING: Final = ".taking"
_REJECTS: Final = ".rejects.csv"
_REPORT: Final = ".txt"
_UNFINISHED: Final = (".part", ".tmp", ".crdownload", ".filepart")
_OPEN_IN_OFFICE: Final = ("~$", ".")
_LONGEST_NAME: Final = 180  # bytes; leaves room for the time in front and the report's ending


class InboxError(Exception):
    """Refuse a path that is not a plain file of the inbox, or one that another worker has taken over."""


def ready_files(
    inbox: Path, *, now: datetime, settle: timedelta = SETTLE, stale: timedelta = STALE
) -> list[Path]:
    """List the files that may be taken, the oldest first.

    A file is ready when it has not changed for `settle`, or, if its end is missing, for two minutes; one in
    work is offered again when its worker has neither finished it nor called `renew` for `stale`. Left alone
    are hidden files, unfinished downloads (.part, .tmp), lock files of Excel (~$), folders, symbolic links.
    """
    found = [*_settled(inbox, now - settle), *_abandoned(inbox, now - stale)]
    return [path for _, path in sorted(found)]


def take(inbox: Path, path: Path) -> Path | None:
    """Claim a ready file by moving it, atomically, into a folder of its own; the loser of a race gets None.

    Returns where the file is now. A path outside the inbox, or a symbolic link, raises InboxError.
    """
    origin = _origin(inbox, path)
    _refuse_unplain(path)
    home = inbox / _TAKING
    home.mkdir(exist_ok=True)
    claim = Path(tempfile.mkdtemp(dir=home))
    mine = claim / path.name
    try:
        path.rename(mine)
    except FileNotFoundError:
        claim.rmdir()
        return None
    if origin != inbox:
        _clear(origin)
    _refuse_unplain(mine)  # it may have been exchanged just before the move; what was moved stays put
    return mine


def renew(path: Path) -> None:
    """Say that the taken file is still being worked on; call it now and then during a long import."""
    os.utime(path.parent)


def reject_path(path: Path) -> Path:
    """Say where the reject file of a taken file belongs; `finish` moves it to rejected/."""
    return path.parent / _REJECTS


def finish(inbox: Path, path: Path, outcome: Outcome, report: str, *, now: datetime) -> Path:
    """Move a taken file to done/ or rejected/ under a name with the moment; returns the new place.

    The report (a text for people, `….txt`) is written beside it first, so that no file is there without one.
    A reject file written at `reject_path` goes to rejected/ as `…-loi.csv`. When another worker has taken the
    file over in the meantime, InboxError is raised and nothing is moved.
    """
    if _origin(inbox, path) == inbox:
        raise InboxError(f"{path.name}: chưa được nhận để xử lý")
    if not path.exists():
        raise InboxError(f"{path.name}: đã được tiến trình khác nhận lại")
    moment = f"{now:%Y%m%d-%H%M%S}"
    written = _reserve(inbox / outcome, moment, f"{_short(path.name)}{_REPORT}", report)
    target = written.with_name(written.name.removesuffix(_REPORT))
    try:
        path.rename(target)
    except FileNotFoundError:
        written.unlink()
        raise InboxError(f"{path.name}: đã được tiến trình khác nhận lại") from None
    if (rejects := reject_path(path)).exists():
        rejects.replace(_reserve(inbox / "rejected", moment, f"{_short(path.stem)}-loi.csv"))
    _clear(path.parent)
    return target


def give_back(inbox: Path, path: Path) -> None:
    """Put a taken file back, because it was still being written: it will be offered again when it rests."""
    _origin(inbox, path)
    path.rename(_free(inbox, path.name))
    reject_path(path).unlink(missing_ok=True)
    _clear(path.parent)


def _free(inbox: Path, name: str) -> Path:
    names = (name if number == 1 else f"{number}-{name}" for number in count(1))
    return next(inbox / free for free in names if not (inbox / free).exists())


def _settled(inbox: Path, latest: datetime) -> Iterator[tuple[float, Path]]:
    for entry in os.scandir(inbox):
        if entry.name.startswith(_OPEN_IN_OFFICE) or entry.name.lower().endswith(_UNFINISHED):
            continue
        if not entry.is_file(follow_symlinks=False):
            continue
        try:
            info = entry.stat(follow_symlinks=False)
        except FileNotFoundError:  # another worker was quicker
            continue
        # A copy may bring a time from the future along; then the moment of its arrival counts.
        changed = min(info.st_mtime, info.st_ctime)
        path = Path(entry.path)
        if changed <= latest.timestamp() - (0 if _looks_whole(path) else UNFINISHED.total_seconds()):
            yield changed, path


def _looks_whole(path: Path) -> bool:
    """Say whether a file has its end: that of a line (its last byte may be NUL), the directory of a zip."""
    try:
        if path.suffix.lower() == ".xlsx":
            return zipfile.is_zipfile(path)
        with path.open("rb") as stream:
            stream.seek(-1, os.SEEK_END)
            return stream.read(1) in b"\n\r\0"
    except OSError:  # empty, gone, or not to be read: the import will say so
        return True


def _abandoned(inbox: Path, latest: datetime) -> Iterator[tuple[float, Path]]:
    """Find the files whose worker was killed; the folder's own time is that of the claim or its renewal."""
    for claim in (inbox / _TAKING).glob("*/"):
        try:
            claimed = claim.stat().st_mtime
            if claimed <= latest.timestamp():
                yield from ((claimed, path) for path in claim.iterdir() if _is_left_file(path))
                claim.rmdir()  # goes through only when a worker was killed before it moved its file in
        except OSError:  # not empty, or another worker was quicker
            continue


def _origin(inbox: Path, path: Path) -> Path:
    """Tell whether a path lies in the inbox or in a claim; anything else would lead out of it."""
    is_name = path.name not in {"", ".", ".."}
    is_link = (inbox / _TAKING).is_symlink()
    if is_name and path.parent == inbox:
        return inbox
    if is_name and not is_link and path.parent.parent == inbox / _TAKING and path.parent.name != "..":
        return path.parent
    raise InboxError(f"{path}: không nằm trong hộp nhận {inbox}")


def _is_left_file(path: Path) -> bool:
    return not path.name.startswith(".") and path.is_file() and not path.is_symlink()


def _refuse_unplain(path: Path) -> None:
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise InboxError(f"{path.name}: không phải tệp thường trong hộp nhận")


def _clear(claim: Path) -> None:
    """Remove a claim that has done its work; a reject file left by a killed worker is made anew."""
    for leftover in (_REJECTS, f".{_REJECTS}.part"):
        (claim / leftover).unlink(missing_ok=True)
    with suppress(OSError):
        claim.rmdir()


def _reserve(folder: Path, moment: str, name: str, text: str = "") -> Path:
    """Write a file under a name that nobody else has, counting up until one is free."""
    folder.mkdir(exist_ok=True)
    names = (f"{moment}-{name}" if number == 1 else f"{moment}-{number}-{name}" for number in count(1))
    return next(folder / free for free in names if _create(folder / free, text))


def _create(path: Path, text: str) -> bool:
    """Write a new file; False when it, or the file whose report it would be, is there already."""
    if path.with_name(path.name.removesuffix(_REPORT)).exists():
        return False
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
    except FileExistsError:
        return False
    return True


def _short(name: str) -> str:
    """Cut a name that would grow too long for the file system, keeping its ending."""
    name = name.encode("utf-8", "replace").decode("utf-8")  # a name may hold bytes that are no letters
    suffix = Path(name).suffix[-20:]
    stem = name[: len(name) - len(suffix)]
    while len(f"{stem}{suffix}".encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    return stem + suffix
