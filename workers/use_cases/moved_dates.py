"""Appointments that a configuration moved, and the one-stop section that tells their applicants."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from workers.notify.office_views import MovedDatesView
from workers.use_cases.office_matter import Matter, Passed, addressed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workers.store.dossiers import Stored
    from workers.store.events import Entry
    from workers.store.notices import Notice
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.office import Office

ONE_STOP: Final = "one_stop_head"
"""Decree 61/2018 art. 19.9: the one-stop section changes the date of return and tells the applicant."""
PAGE: Final = 2_000
MOST_LISTED: Final = 20
_TOPIC: Final = "doi-hen/"
_MOST_DAYS: Final = timedelta(days=7)


class MovedDate(NamedTuple):
    """Hold a dossier whose appointment a version moved, from one date to another, as its event keeps them."""

    stored: Stored
    entry: Entry
    was: str
    now: str


def moved_dates(work: UnitOfWork, number: int) -> Iterator[MovedDate]:
    """Yield the dossiers whose date a version moved, by code, closed since or not; memory does not grow."""
    after: str | None = ""
    while after is not None:
        entries = work.events.of_rules(number, after=after, limit=PAGE)
        stored = work.dossiers.load([entry.code for entry in entries])
        for entry in entries:
            was, now = (date_text(entry.event.data.get(name)) for name in ("due_before", "due_after"))
            if was != now:
                yield MovedDate(stored[entry.code], entry, was, now)
        after = entries[-1].code if len(entries) == PAGE else None


def date_text(text: str | None) -> str:
    """Show a due date of an event as people write it: a day, of a limit in hours the minute too."""
    if not text:
        return "không quy định"
    moment = datetime.fromisoformat(text)
    return f"{moment:%H:%M %d/%m/%Y}" if "T" in text else f"{moment:%d/%m/%Y}"


def moved_matters(work: UnitOfWork, *, now: datetime) -> list[Matter]:
    """Return a matter for every version of the last days that moved appointments and is through with it."""
    return [
        Matter(
            topic=f"{_TOPIC}{version.number}",
            kind=MovedDatesView.kind,
            marks=(Passed("moved", 1, version.redated_at or version.created_at),),
            role=ONE_STOP,
        )
        for version in work.versions.moving(since=now - _MOST_DAYS)
    ]


def moved_view(notice: Notice, work: UnitOfWork, office: Office, now: datetime) -> MovedDatesView | None:  # noqa: ARG001 - the signature of every teller
    """Return what the letter says; None when none of them is open any more."""
    number = int(notice.code.removeprefix(_TOPIC))
    count, lines = 0, list[str]()
    for moved in moved_dates(work, number):
        if moved.stored.dossier.is_open:
            count += 1
            if count <= MOST_LISTED:
                lines.append(f"{moved.entry.code}: {moved.was} → {moved.now}")
    if not count:
        return None
    said = next(version.said for version in work.versions.all() if version.number == number)
    return MovedDatesView(
        **addressed(notice, office),
        version=number,
        count=count,
        reason=said.reason,
        document=said.document or "",
        lines=tuple(lines),
        more=max(0, count - MOST_LISTED),
    )
