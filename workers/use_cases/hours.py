"""When somebody may be told: in the hours they work, and then of everything that has gathered for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.routing import not_before
from workers.use_cases.letter_view import person_of

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from workers.store.notices import Notice
    from workers.use_cases.office import Office


def gathered(notice: Notice, office: Office, gather: timedelta) -> datetime:
    """Return from when a new notice may go, that may share its letter with others to the same person.

    It waits `gather` longer for them: a run that finds a thousand dossiers for one person takes some seconds,
    and an opening of the office is the moment of many runs. What is urgent or stands alone does not wait.
    """
    if notice.urgent or notice.alone:
        return notice.deliver_at
    person = person_of(notice, office)
    return not_before(person, office.hours_of(person), at=notice.deliver_at + gather)


def next_moment(notice: Notice, office: Office, *, at: datetime, gather: timedelta) -> datetime:
    """Return when a notice that waits may go, if it could go `at`: never outside the hours of its person.

    Somebody the configuration in force does not know keeps no hours: the notice dies as soon as it is tried.
    """
    try:
        person = person_of(notice, office)
    except LookupError:
        return at
    hours = office.hours_of(person)
    opening = not_before(person, hours, at=at, urgent=notice.urgent)
    if opening <= at:
        return at
    return not_before(person, hours, at=opening + gather, urgent=notice.urgent)
