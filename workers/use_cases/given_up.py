"""Notices that were given up: ops hear of them once a day, all together, and never of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from workers.notify.office_views import DeadNoticesView
from workers.use_cases.office_matter import Matter, Passed, addressed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from workers.store.notices import Notice
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.office import Office

KIND: Final = DeadNoticesView.kind
MOST_DAYS: Final = timedelta(days=7)
"""For how long ops are told of a death whose mail could not go either: one mail a day, then no more."""
MOST_LISTED: Final = 20
_MARK: Final = "dead"


def dead_matters(work: UnitOfWork, office: Office, *, now: datetime) -> list[Matter]:
    """Return today's matter if something was given up that no mail to ops has told yet.

    The first death of a day is told at once; what dies later that day is told the next morning. Mails of this
    kind are no matter themselves: one that cannot go makes no other.
    """
    today = office.calendar.local(now).date()
    dead = _untold(work, today, until=now)
    if not dead:
        return []
    return [Matter(topic=topic_of(today), kind=KIND, marks=(Passed(_MARK, 1, dead[0].died_at or now),))]


def topic_of(day: date) -> str:
    """Return what the notices about the dead of a day are kept under."""
    return f"thong-bao-hong/{day.isoformat()}"


def dead_view(notice: Notice, work: UnitOfWork, office: Office, now: datetime) -> DeadNoticesView | None:  # noqa: ARG001 - the signature of every teller
    """Return what the letter says; None when all it was to tell have been sent again meanwhile."""
    calendar = office.calendar
    made_on = calendar.local(notice.created_at).date()
    dead = _untold(work, made_on, until=notice.created_at, before=notice.created_at)
    if not dead:
        return None
    titles = office.sla.role_titles
    lines = list(dict.fromkeys(f"{entry.code} – {titles.get(entry.role, entry.role)}" for entry in dead))
    return DeadNoticesView(
        **addressed(notice, office),
        count=len(dead),
        first_at=calendar.local(dead[0].died_at or notice.created_at),
        lines=tuple(lines[:MOST_LISTED]),
        more=len(lines[MOST_LISTED:]),
    )


def _untold(
    work: UnitOfWork, day: date, *, until: datetime, before: datetime | None = None
) -> Sequence[Notice]:
    """Return the notices still dead at `until` that died after the last mail about such that went out."""
    topics = [topic_of(day - timedelta(days=back)) for back in range(MOST_DAYS.days + 1)]
    told_at = work.dead_notices.told_at(topics, before=before)
    after = until - MOST_DAYS
    return work.dead_notices.died(after=max(after, told_at or after), until=until, but=KIND)
