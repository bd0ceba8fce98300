"""Changing people.toml by a command: the file and the recorded version change together, or neither does."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from config.people_file import PEOPLE
from config.sla import parse, read_folder
from workers.store.versions import Said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from config.sla import Sla
    from workers.store.unit_of_work import Store, UnitOfWork


class UnrecordedError(Exception):
    """Say that files of the folder are not as the version in force has them; `names` are those files."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(f"not recorded: {', '.join(names)}")
        self.names = names


class Changed(NamedTuple):
    """Hold the configuration now in force and the number of its version."""

    sla: Sla
    version: int


def change_people(
    store: Store,
    folder: Path,
    change: Callable[[str], str],
    *,
    author: str,
    reason: str,
    now: datetime,
) -> Changed:
    """Change the text of people.toml in a folder of rules and record the whole as the next version.

    It is in force at once. The configuration is checked before anything is written. Raises UnrecordedError
    where the folder holds edits that are not in force (they would be put in force unseen), ConfigError with
    every problem, OSError for a file that cannot be written; then file and version are as they were.
    """
    code = parse(read_folder(folder), recorded=True).code
    with store.begin(code) as work:
        work.versions.hold(alone=True)
        files = read_folder(folder)
        _check_recorded(files, work)
        sla = parse(files | {PEOPLE: change(files[PEOPLE])})
        number = work.versions.append(sla.files, sla.digest, Said(author=author, reason=reason), now=now)
        with _replaced(folder / PEOPLE, sla.files[PEOPLE]):
            work.commit()
    return Changed(sla, number)


def _check_recorded(files: Mapping[str, str], work: UnitOfWork) -> None:
    active = work.versions.active()
    recorded = work.versions.files(active.number) if active else {}
    names = [name for name in sorted({*files, *recorded}) if files.get(name) != recorded.get(name)]
    if names:
        raise UnrecordedError(names)


@contextmanager
def _replaced(path: Path, text: str) -> Iterator[None]:
    """Put a text in the place of a file while something succeeds; if it does not, the file is as it was.

    A machine that dies in between leaves the new file with the old version, which the next command tells.
    """
    path = path.resolve()  # of a link, what it points to
    before = path.read_bytes()
    _put(path, _written_like(before, text))
    try:
        yield
    except BaseException:
        _put(path, before)
        raise


def _written_like(before: bytes, text: str) -> bytes:
    """Return a text as bytes, with the line ends and the mark of the file it replaces."""
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    return mark + text.replace("\n", "\r\n" if b"\r\n" in before else "\n").encode()


def _put(path: Path, content: bytes) -> None:
    """Replace a file at once: whoever reads it meanwhile sees the old one or the new one, whole."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.chmod(path.stat().st_mode)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
