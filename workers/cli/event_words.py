"""What a person types of an event: its kind, its data and its moment, checked before anything is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workers.cli.exits import CommandError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from domain.snapshot import Moment
    from domain.working_calendar import WorkingCalendar
    from workers.cli.here import Desk
    from workers.store.dossiers import Stored

_OPTIONS: Final = {
    "promised_at": "promised",
    "appointed_on": "appointed",
    "legal_basis": "basis",
    "reply_by": "reply-by",
    "forced_by": "forced-by",
    "limit_case": "case",
}
"""The options whose name is another than that of the event's data."""


def kind_of(text: str, given: Mapping[str, str]) -> str:
    """Return the kind a person typed, or say what it still needs; raises CommandError."""
    from domain.catalogue import say
    from workers.use_cases.messages import KINDS, needed

    kind = text.strip().lower().replace("-", "_")
    if kind not in KINDS:
        known = "; ".join(f"{name} ({say(name)})" for name in KINDS)
        raise CommandError(f"Không có sự kiện “{text}”; có: {known}.")
    missing = [f"--{_OPTIONS.get(name, name)}" for name in needed(kind, given) if not given.get(name)]
    if missing:
        raise CommandError(f"Sự kiện {kind} ({say(kind)}) cần {', '.join(missing)}.")
    return kind


def data_of(given: Mapping[str, str], zone: ZoneInfo) -> dict[str, str]:
    """Return the data of the event: days and moments the way the schema has them."""
    from workers.cli.screen import read_moment

    data = dict(given)
    for name in ("appointed_on", "reply_by"):
        if name in data:
            day = read_moment(data[name], zone, f"--{_OPTIONS[name]}").at.astimezone(zone).date()
            data[name] = day.isoformat()
    if "promised_at" in data:
        moment = read_moment(data["promised_at"], zone, "--promised")
        data["promised_at"] = moment.at.isoformat() + ("/day" if moment.date_only else "")
    return data


def moment_of(desk: Desk, code: str, at: str | None) -> datetime:
    """Return when it happened: what was typed, or now."""
    from workers.cli.screen import read_moment

    if at is None:
        return desk.now
    office = desk.office()
    moment = read_moment(at, office.sla.zone, "--at")
    last = max((stored.dossier.last_at for stored in meant(desk, code).values()), default=None)
    return _later_that_day(moment, last, office.calendar) if last else moment.at


def meant(desk: Desk, code: str) -> dict[str, Stored]:
    """Return the dossiers a code means: its own, or the components of the slip it stands on."""
    from workers.use_cases.codes import meant_by

    with desk.store.read(desk.office_code) as work:
        return meant_by(code, work)


def _later_that_day(moment: Moment, last_at: datetime, calendar: WorkingCalendar) -> datetime:
    # Only the day was given: on that day, after what is known of it already.
    same_day = calendar.local(moment.at).date() == calendar.local(last_at).date()
    return max(moment.at, last_at) if moment.date_only and same_day else moment.at
