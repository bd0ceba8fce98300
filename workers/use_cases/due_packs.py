"""The audit packs that are made by themselves on their day, and the letter that tells of each."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from domain.caretakers import OPS
from domain.errors import DomainError
from domain.pack_days import due_packs
from workers.notify.office_views import PackView
from workers.reports.pack_files import PDF, XLSX
from workers.use_cases.office import load_office
from workers.use_cases.office_matter import Matter, Passed, addressed
from workers.use_cases.pack_by_itself import make_pack_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.pack_days import DuePack
    from workers.store.journal import Heartbeat
    from workers.store.notices import Notice
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office

QUALITY: Final = "quality_manager"
"""ISO 9001:2015, 5.3: who reports to the management on the quality system."""
MOST_ATTACHED: Final = 7_000_000
"""How many bytes go with a mail at most: written in base64 they stay below the 10 MB that servers take."""
_MADE: Final = "pack:"
_TOPIC: Final = "bo-ho-so/"
_AGAIN: Final = timedelta(hours=1)
"""After which a pack that failed, or whose maker was killed, is made again."""
_MOST_DAYS: Final = timedelta(days=7)


def make_due_packs(store: Store, office_code: str, *, reports: Path, now: datetime) -> list[tuple[str, str]]:
    """Make the packs whose day has come and return each with "" or why it could not be made.

    Each is as of the midnight with which its day begins: made late, twice or by two at once, it is the same
    folder. One that fails is tried again an hour later, another one is made all the same; one that somebody
    else is making is left to them. Raises what nobody foresaw once it is written down that the pack failed.
    """
    office = load_office(store, office_code)
    made = (
        (due.period, _make(store, office, due, reports=reports, now=now))
        for due in _due(office, now)
        if _claimed(store, office, due, now)
    )
    return [(period, why) for period, why in made if why is not None]


def _due(office: Office, now: datetime) -> tuple[DuePack, ...]:
    if office.sla.packs is None:
        return ()
    return due_packs(office.sla.packs, today=office.calendar.local(now).date())


def _claimed(store: Store, office: Office, due: DuePack, now: datetime) -> bool:
    """Claim a pack that nobody has made or is making."""
    name = _MADE + due.period
    with store.begin(office.sla.code) as work:
        row = work.journal.heartbeat(name, lock=True)
        if row is None:  # there is nothing to lock yet: whoever writes it first has it
            is_mine = work.journal.first_beat(name, now=now, state="making")
        else:
            is_mine = row.data["state"] != "made" and now - row.at >= _AGAIN
            if is_mine:
                work.journal.beat(name, now=now, state="making")
        work.commit()
    return is_mine


def _make(store: Store, office: Office, due: DuePack, *, reports: Path, now: datetime) -> str | None:
    """Make a pack and write down what became of it; return "" or why not, None while another makes it."""
    as_of = datetime.combine(due.on, time(), tzinfo=office.sla.zone).astimezone(UTC)
    try:
        folder = make_pack_of(store, office, due.period, as_of.isoformat(), reports=reports, now=now)
    except (DomainError, LookupError, OSError) as error:
        why = error.said(office.sla.zone) if isinstance(error, DomainError) else str(error)
        _write_down(store, office, due, now, state="failed", why=why)
        return why
    except Exception as error:
        # Out of time, or a fault of ours: it must not look for ever as if it were being made.
        _write_down(store, office, due, now, state="failed", why=type(error).__name__)
        raise
    if folder is None:
        return None
    _write_down(store, office, due, now, state="made", folder=str(folder))
    return ""


def _write_down(store: Store, office: Office, due: DuePack, now: datetime, **said: str) -> None:
    with store.begin(office.sla.code) as work:
        work.journal.beat(_MADE + due.period, now=now, **said)
        work.commit()


def pack_matters(work: UnitOfWork, office: Office, *, now: datetime) -> list[Matter]:
    """Return a matter for every pack that was made, or could not be, in the last days.

    It is the quality manager's, of an office without one whoever keeps its machinery; what failed is ops'.
    """
    if office.sla.packs is None:
        return []
    role = QUALITY if QUALITY in office.sla.role_titles else OPS
    return [
        Matter(
            topic=f"{_TOPIC}{row.name.removeprefix(_MADE)}",
            kind=PackView.kind,
            marks=(Passed(row.data["state"], 1, row.at),),
            role=role if row.data["state"] == "made" else OPS,
        )
        for row in _told(work, now)
    ]


def _told(work: UnitOfWork, now: datetime) -> Iterator[Heartbeat]:
    for name, row in work.journal.heartbeats().items():
        if name.startswith(_MADE) and row.data["state"] != "making" and now - row.at <= _MOST_DAYS:
            yield row


def pack_view(notice: Notice, work: UnitOfWork, office: Office, now: datetime) -> PackView | None:  # noqa: ARG001 - the signature of every teller
    """Return what the letter says; None where a pack that had failed has been made meanwhile."""
    period = notice.code.removeprefix(_TOPIC)
    row = work.journal.heartbeat(_MADE + period)
    if row is None or row.data["state"] != notice.rung:
        return None
    return PackView(
        **addressed(notice, office),
        period=period,
        folder=row.data.get("folder", ""),
        why=row.data.get("why", ""),
        attached=_attachable(row.data.get("folder", "")),
    )


def _attachable(folder: str) -> tuple[str, ...]:
    """Return the names of the paper and the workbook of a pack, if both together may go with a mail."""
    files = [Path(folder) / name for name in (PDF, XLSX)] if folder else []
    there = [path for path in files if path.is_file()]
    fit = sum(path.stat().st_size for path in there) <= MOST_ATTACHED
    return tuple(path.name for path in there) if fit else ()
