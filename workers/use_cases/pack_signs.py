"""The signs of a pack: which dossiers an auditor should look at, and why. None of them is an accusation."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.event import APPLICANT_KEY, RECORDED_AFTER_DUE
from domain.gaming_signs import USUAL, is_asked_late, is_registered_again, is_rush, is_told_late
from workers.use_cases.as_of import standing_then
from workers.use_cases.causes import counts_in
from workers.use_cases.standing import deadline_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from domain.event import EventKind
    from domain.gaming_signs import Sign
    from workers.store.events import Entry
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.pack_facts import Facts, Scope

_BATCH: Final = 500
_CLOSED: Final[tuple[EventKind, ...]] = ("finished", "refused")
_WITHOUT_RESULT: Final = ("withdrawn", "refused")


class Seen(NamedTuple):
    """Hold one sign: the dossier, the moment it is about, and what was found in Vietnamese."""

    sign: Sign
    code: str
    at: datetime
    text: str


def signs_of(work: UnitOfWork, scope: Scope, facts: Facts) -> tuple[Seen, ...]:
    """Return every sign of the period, by kind and dossier."""
    found = [
        *_registered_again(work, scope),
        *_asked_late(work, scope),
        *_rushes(scope, facts),
        *_told_late(work, scope),
    ]
    return tuple(sorted(found))


def _happened(work: UnitOfWork, scope: Scope, *kinds: EventKind, said: str = "") -> Iterator[Entry]:
    until = min(scope.end, scope.frame.until)
    for entry in work.events.happened(kinds, begin=scope.begin, until=until, said=said):
        if counts_in(entry, scope.frame):
            yield entry


def _asked_late(work: UnitOfWork, scope: Scope) -> Iterator[Seen]:
    asked = _happened(work, scope, "supplement_requested")
    while batch := list(islice(asked, _BATCH)):
        histories = work.events.histories(sorted({entry.code for entry in batch}))
        for entry in batch:
            if _is_asked_late(entry, histories[entry.code], scope):
                local = scope.office.calendar.local(entry.event.occurred_at)
                text = f"yêu cầu bổ sung lúc {local:%H:%M %d/%m/%Y}, khi đã dùng {USUAL.last_part} % thời hạn"
                yield Seen("asked_late", entry.code, entry.event.occurred_at, text)


def _is_asked_late(asked: Entry, entries: Sequence[Entry], scope: Scope) -> bool:
    before = [entry for entry in entries if entry.seq < asked.seq]
    until = asked.event.occurred_at + timedelta(microseconds=1)
    standing = standing_then(before, scope.office, until=until, known=scope.frame.known)
    if standing is None or standing.clock is None:
        return False
    stored = standing.stored
    deadline = deadline_of(stored, scope.office, standing.clock)
    return deadline is not None and is_asked_late(
        asked.event.occurred_at,
        deadline,
        scope.office.terms_dated(stored, standing.clock).calendar,
        counting_from=stored.dossier.counting_from,
        pauses=stored.dossier.pauses,
    )


def _told_late(work: UnitOfWork, scope: Scope) -> Iterator[Seen]:
    calendar = scope.office.calendar
    for entry in _happened(work, scope, *_CLOSED, said=RECORDED_AFTER_DUE):
        at = entry.event.occurred_at
        if is_told_late(at, entry.recorded_at, calendar):
            told = calendar.local(entry.recorded_at)
            text = f"có kết quả lúc {calendar.local(at):%H:%M %d/%m/%Y}, ghi lúc {told:%H:%M %d/%m/%Y}"
            yield Seen("told_late", entry.code, at, text)


def _rushes(scope: Scope, facts: Facts) -> Iterator[Seen]:
    """Yield the dossiers of a unit whose results pile up on the last working day of a month of the period."""
    calendar = scope.office.calendar
    for month in scope.months:
        if month.begin < scope.begin:
            continue
        days = _working_days(scope, month.begin, month.end)
        for unit in sorted({unit for unit, _ in facts.of_day}):
            results = {day: facts.daily[unit, day] for day in days}
            if days and is_rush(results, days[-1], days[:-1]):
                mean = sum(results.values()) - results[days[-1]]
                text = (
                    f"{results[days[-1]]} kết quả của đơn vị trong ngày {days[-1]:%d/%m/%Y}, "
                    f"{mean} trong {len(days) - 1} ngày làm việc trước đó của tháng"
                )
                at = calendar.opening_of(days[-1])
                yield from (Seen("rush", code, at, text) for code in facts.of_day[unit, days[-1]])


def _working_days(scope: Scope, begin: datetime, end: datetime) -> list[date]:
    calendar = scope.office.calendar
    until = min(end, scope.frame.until) - timedelta(seconds=1)
    first, last = calendar.local(begin).date(), calendar.local(until).date()
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if calendar.is_working_day(day)]


def _registered_again(work: UnitOfWork, scope: Scope) -> Iterator[Seen]:
    """Yield the dossiers of the period that came soon after another of the same applicant and procedure."""
    begin = scope.begin - timedelta(days=366)
    until = min(scope.end, scope.frame.until)
    received: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in work.events.happened(("accepted",), begin=begin, until=until, said=APPLICANT_KEY):
        if counts_in(entry, scope.frame):
            data = entry.event.data
            received[data[APPLICANT_KEY], data.get("procedure", "")].append(entry)
    again = {key: entries for key, entries in received.items() if len(entries) > 1}
    for entries in again.values():
        yield from _again(work, scope, sorted(entries, key=lambda entry: entry.event.occurred_at))


def _again(work: UnitOfWork, scope: Scope, entries: Sequence[Entry]) -> Iterator[Seen]:
    histories = work.events.histories([entry.code for entry in entries])
    closed = [
        (ended.event.occurred_at, ended.code)
        for entry in entries
        for ended in histories[entry.code]
        if ended.event.kind in _WITHOUT_RESULT and counts_in(ended, scope.frame)
    ]
    for entry in entries:
        at = entry.event.occurred_at
        before = [code for ended, code in closed if code != entry.code and is_registered_again(ended, at)]
        if before and at >= scope.begin:
            text = f"cùng người nộp, cùng thủ tục với {', '.join(before)}"
            yield Seen("registered_again", entry.code, at, text)


def keyed(work: UnitOfWork, scope: Scope) -> int:
    """Return how many dossiers received in the period say by a key who applied."""
    return sum(1 for _ in _happened(work, scope, "accepted", said=APPLICANT_KEY))
