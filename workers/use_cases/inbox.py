"""The watched inbox: take each file that has come to rest, import it, put it away with its report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

from workers.inbox.faults import SheetError
from workers.inbox.folder import InboxError, finish, give_back, ready_files, reject_path, renew, take
from workers.store.errors import StoreError
from workers.use_cases.import_file import Imported, import_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from workers.store.unit_of_work import Store

ABANDONED: Final = timedelta(minutes=3)
"""A file whose worker has been silent for so long is offered to another; each batch is a sign of life."""
_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFile:
    """Say what became of one file of the inbox."""

    file: str
    outcome: Literal["done", "rejected", "unfinished"]
    counts: dict[str, int] = field(default_factory=dict)


def take_in_all(store: Store, folder: Path, *, clock: Callable[[], datetime]) -> Iterator[TakenFile]:
    """Take in every ready file and yield what became of it.

    One office has `inbox/` to itself; several have a folder each below it, `inbox/<office>/`. `clock` is
    asked once for each file. A worker that is killed leaves its file in work: it is offered again later, and
    what was recorded by then is not recorded twice.
    """
    offices = store.offices()
    for office in offices:
        inbox = folder if len(offices) == 1 else folder / office
        inbox.mkdir(parents=True, exist_ok=True)
        for path in ready_files(inbox, now=clock(), stale=ABANDONED):
            taken = take(inbox, path)
            if taken is not None:
                yield _take_in(store, office, inbox, taken, clock())
        with store.begin(office) as work:  # not reached when a file could not be put away: silence is seen
            work.journal.beat("watch_inbox", now=clock())
            work.commit()


def _take_in(store: Store, office: str, inbox: Path, path: Path, now: datetime) -> TakenFile:
    before = _size(path)
    try:
        imported = import_file(
            store,
            office,
            path,
            rejects=reject_path(path),
            actor="inbox",
            now=now,
            progress=lambda _: renew(path),
        )
    except SheetError as error:
        return _reject(inbox, path, str(error), now)
    except StoreError:
        give_back(inbox, path)  # the list is as good as before: it is taken in when the database is back
        raise
    except InboxError:
        raise  # another worker has taken this file over: it is not ours to put away
    except Exception as error:  # noqa: BLE001 - a file nobody could foresee must not come back for ever
        return _reject(inbox, path, f"Không đọc được tệp ({type(error).__name__}: {error}).", now)
    if _size(path) != before:
        give_back(inbox, path)  # it grew while we read: what was read stands, the rest comes when it rests
        return TakenFile(file=path.name, outcome="unfinished", counts=imported.report.counts())
    finish(inbox, path, "done", report_text(imported), now=now)
    return TakenFile(file=path.name, outcome="done", counts=imported.report.counts())


def _size(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _reject(inbox: Path, path: Path, reason: str, now: datetime) -> TakenFile:
    finish(inbox, path, "rejected", f"{reason}\n", now=now)
    return TakenFile(file=path.name, outcome="rejected")


def report_text(imported: Imported) -> str:
    """Return the report of an import as the office reads it: counts, the refused rows, what is doubtful."""
    report = imported.report
    lines = [
        f"Số dòng: {report.rows}",
        f"Tiếp nhận mới: {report.accepted}",
        f"Có thay đổi: {report.changed}",
        f"Không đổi: {report.unchanged}",
        f"Không được tiếp nhận hoặc mới đăng ký: {report.not_accepted}",
    ]
    lines += _list_of("Bị từ chối", report.refused, more=", xem tệp dòng bị từ chối") or ["Bị từ chối: 0"]
    lines += _list_of("Cần xem lại", [(doubt.line, doubt.said()) for doubt in imported.doubts])
    if imported.absent_heads:
        lines.append(f"Danh sách không có cột: {', '.join(imported.absent_heads)}")
    return "\n".join(lines) + "\n"


def _list_of(head: str, found: Sequence[tuple[int, str]], *, more: str = "") -> list[str]:
    """Return the first of some rows under a head that counts them; without any, nothing."""
    if not found:
        return []
    rest = len(found) - _SHOWN
    last = [f"  … và {rest} dòng nữa{more}"] if rest > 0 else []
    return [f"{head}: {len(found)}", *(f"  dòng {line}: {text}" for line, text in found[:_SHOWN]), *last]
