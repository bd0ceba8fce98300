"""The notices against the rules: which rungs should have fired, which did, and what was delivered of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.errors import DomainError
from workers.use_cases.office_letter import OFFICE_KINDS
from workers.use_cases.other_timelines import OTHER_KINDS, OtherTimelines
from workers.use_cases.outages import SHORTEST, Outage, Patience, outages
from workers.use_cases.proving import Proving
from workers.use_cases.reform_proof import TaskProof
from workers.use_cases.timeline import Configurations, timeline
from workers.use_cases.unlike import Unlike, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime, timedelta

    from workers.store.events import Entry
    from workers.store.notices import Notice
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office

BATCH: Final = 200


@dataclass(slots=True)
class Proven:
    """Count what was compared: dossiers, tasks and corrective actions, notices due, differences by kind."""

    dossiers: int = 0
    due: int = 0
    unlike: Counter[str] = field(default_factory=Counter)
    tasks: int = 0


class Page(NamedTuple):
    """Hold what a batch of dossiers came to; the next one begins behind `after`, None: that was the last."""

    after: str | None
    proven: Proven
    unlike: Sequence[Unlike]


class NoticeAudit:
    """Go through the notices of an office once, dossier by dossier; `totals` grow on the way and stay.

    Everything follows from the events and the configurations as they were recorded, by the functions that
    act on dossiers; the notices are only compared. Of [begin, end) is what came due in it, by the rung's own
    moment or because it became known only then, and whatever was claimed or delivered in it. A batch is a
    transaction of its own. Nothing is said of what may still come in time at `now`.
    """

    def __init__(
        self,
        store: Store,
        office_code: str,
        window: Window,
        *,
        now: datetime,
        slack: timedelta = SHORTEST,
        batch: int = BATCH,
    ) -> None:
        self.store, self.office_code, self.window, self.now = store, office_code, window, now
        self.batch, self.totals = batch, Proven()
        self._configurations = Configurations.load(store, office_code)
        with store.read(office_code) as work:
            self._patience = Patience(slack=slack, outages=outages(work))

    @property
    def office(self) -> Office:
        """Return the office under the configuration in force."""
        return self._configurations.office

    @property
    def outages(self) -> list[Outage]:
        """Return the outages that touch the window: what came due in one was due at its end."""
        begin, end = self.window
        return [
            outage
            for outage in self._patience.outages
            if (begin is None or outage.end >= begin) and (end is None or outage.begin < end)
        ]

    def differences(self, progress: Callable[[Proven], None] = lambda _: None) -> Iterator[Unlike]:
        """Yield every difference, by dossier, then by task; `progress` hears of the totals after a batch."""
        after: str | None = ""
        while after is not None:
            page = self.page(after)
            yield from page.unlike
            progress(self.totals)
            after = page.after

    def page(self, after: str) -> Page:
        """Prove the next batch of dossiers, behind `after` ("": the first)."""
        with self.store.read(self.office_code) as work:
            self._configurations.refresh(work)
            codes = work.proof.page(*self.window, after=after, limit=self.batch)
            if not codes:
                return self._last(work)
            histories, rows = work.events.histories(codes), work.notices.of_dossiers(codes)
        proven, found = Proven(dossiers=len(codes)), list[Unlike]()
        for code in codes:
            found += self._of_dossier(code, histories[code], rows.get(code, []), proven)
        return self._counted(Page(codes[-1], proven, found))

    def _last(self, work: UnitOfWork) -> Page:
        """Prove what is no dossier: tasks of the reform plan, corrective actions, notices of what is not."""
        others, proven = OtherTimelines(work, self._configurations), Proven()
        rows, found = work.notices.of_dossiers(others.codes), list[Unlike]()
        for code in others.codes:
            found += self._of_other(code, others, rows.get(code, []), proven)
        strays = [
            *work.proof.strays(*self.window, OFFICE_KINDS),
            *work.proof.of_kinds(OTHER_KINDS, *self.window, besides=set(others.codes)),
        ]
        found += [Unlike(kind="extra", code=notice.code, found=notice) for notice in strays]
        return self._counted(Page(None, proven, found))

    def _of_other(
        self, code: str, others: OtherTimelines, rows: Sequence[Notice], proven: Proven
    ) -> list[Unlike]:
        proven.tasks += 1
        try:
            pieces = others.of(code)
            proof = TaskProof(
                pieces=pieces, rows=rows, patience=self._patience, window=self.window, now=self.now
            )
            found = list(proof.unlike())
        except (DomainError, LookupError, OverflowError) as error:
            return [Unlike(kind="unreadable", code=code, reason=str(error))]
        proven.due += proof.due
        return found

    def _of_dossier(
        self, code: str, entries: Sequence[Entry], rows: Sequence[Notice], proven: Proven
    ) -> list[Unlike]:
        try:
            pieces = timeline(entries, self._configurations)
            proving = Proving(pieces, rows, patience=self._patience, window=self.window, now=self.now)
            found = list(proving.unlike())
        except (DomainError, LookupError, OverflowError) as error:  # it cannot be told what should have been
            return [Unlike(kind="unreadable", code=code, reason=str(error))]
        proven.due += proving.due
        return found

    def _counted(self, page: Page) -> Page:
        page.proven.unlike.update(entry.kind for entry in page.unlike)
        self.totals.dossiers += page.proven.dossiers
        self.totals.tasks += page.proven.tasks
        self.totals.due += page.proven.due
        self.totals.unlike.update(page.proven.unlike)
        return page
