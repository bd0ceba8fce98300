"""The slips against the law: every printed date beside the lawful one, and how it was miscounted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from domain.deadline import restore
from domain.errors import DomainError
from domain.miscounts import Count
from domain.slips import SlipDifference, agrees, compare, read_promise
from workers.store.slips import Chosen
from workers.use_cases.office import load_office
from workers.use_cases.slip_rules import Bindings
from workers.use_cases.slip_totals import SlipTotals
from workers.use_cases.standing import deadline_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from domain.deadline import Deadline
    from domain.snapshot import Moment
    from domain.time_limit import TimeLimit
    from domain.working_calendar import WorkingCalendar
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.unit_of_work import Store
    from workers.use_cases.slip_rules import Binding

BATCH: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """Hold a dossier whose slip differs from the law, and the limit the law gives it."""

    stored: Stored
    limit: TimeLimit
    difference: SlipDifference


@dataclass(frozen=True, slots=True)
class _Read:
    stored: Stored
    clock: Clock | None
    due_original: datetime
    binding: Binding

    @property
    def slip(self) -> Moment:
        return read_promise(self.stored.dossier.promised_at or "")

    def count(self, calendar: WorkingCalendar) -> Count:
        start, rules = self.stored.dossier.accepted_at, self.binding.procedure.rules
        return Count(limit=self.binding.limit, start=start, calendar=calendar, rules=rules)

    def kept(self) -> Deadline:
        """Return the due date at acceptance."""
        count = self.count(self.binding.calendar)
        return restore(self.due_original, count.limit, count.start, count.calendar, count.rules)


class SlipAudit:
    """Go through the slips of an office once; `totals` grow on the way and stay.

    A batch is a transaction of its own: neither memory nor locks grow with the office. A slip that was not
    printed anew is held against the date at acceptance, which is kept for ever (DOMAIN decision 3); one that
    was, against the due date in force, its pauses and restarts counted.
    """

    def __init__(
        self, store: Store, office_code: str, chosen: Chosen | None = None, *, batch: int = BATCH
    ) -> None:
        self.store, self.office_code, self.batch = store, office_code, batch
        self.chosen = chosen or Chosen()
        self.office = load_office(store, office_code)
        self.totals = SlipTotals()
        self._bindings = Bindings(self.office)

    def differences(self, progress: Callable[[SlipTotals], None] = lambda _: None) -> Iterator[Differing]:
        """Yield every slip that differs, by code; `progress` hears of the totals after every batch."""
        with self.store.read(self.office_code) as work:
            self.totals.without_slip = work.slips.count_without(self.chosen)
        after = ""
        while batch := self._batch(after):
            after = batch[-1][0].dossier.code
            for stored, clock, printed_anew in batch:
                found = self._judged(stored, clock, printed_anew=printed_anew)
                if found is not None:
                    yield found
            progress(self.totals)

    def _batch(self, after: str) -> list[tuple[Stored, Clock | None, bool]]:
        with self.store.read(self.office_code) as work:
            codes = work.slips.page(self.chosen, after=after, limit=self.batch)
            stored, clocks = work.dossiers.load(codes), work.clocks.load(codes)
            anew = work.slips.printed_anew(codes)
        return [(stored[code], clocks.get(code), code in anew) for code in codes]

    def _judged(self, stored: Stored, clock: Clock | None, *, printed_anew: bool) -> Differing | None:
        if stored.due_original is None:
            self.totals.without_limit += 1
            return None
        try:
            binding = self._bindings.of(stored)
            compared = self._anew if printed_anew else self._first
            found = compared(_Read(stored, clock, stored.due_original, binding))
        except (DomainError, LookupError, OverflowError):  # its rules are lost, or its date lies nowhere
            self.totals.unreadable += 1
            return None
        self.totals.add(stored, found)
        return Differing(stored=stored, limit=binding.limit, difference=found) if found else None

    def _first(self, read: _Read) -> SlipDifference | None:
        count, in_force = read.count(read.binding.calendar), self._in_force(read)
        latest = replace(count, calendar=in_force) if in_force is not count.calendar else None
        return self._compared(read, count, read.kept(), latest)

    def _anew(self, read: _Read) -> SlipDifference | None:
        if agrees(read.slip, read.kept(), read.binding.calendar):
            return None  # a misprint put right: the date is that of the acceptance after all
        dossier, lawful = read.stored.dossier, deadline_of(read.stored, self.office, read.clock)
        calendar = self._in_force(read)
        if calendar.local(read.slip.at).date() == dossier.appointed_on:
            return None  # appointed anew, with an apology: the slip says so
        count = read.count(calendar)
        count = replace(count, start=dossier.counting_from, pauses=dossier.pauses)
        return self._compared(read, count, lawful, None)

    def _in_force(self, read: _Read) -> WorkingCalendar:
        return self._bindings.one_of(self.office.terms(read.stored).calendar)

    def _compared(
        self, read: _Read, count: Count, lawful: Deadline | None, latest: Count | None
    ) -> SlipDifference | None:
        return compare(
            read.slip,
            count,
            lawful=lawful,
            latest=latest,
            others=read.binding.others,
            variants=self._bindings.variants(count.calendar),
        )
