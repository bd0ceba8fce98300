"""Acting on dossiers that have come due: ask the ladder, claim the notices, say when to look again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from domain.errors import DomainError
from domain.ladder import PlannedRung, come_due, next_action_at
from domain.routing import deliver_at
from workers.store.notices import Notice
from workers.use_cases.office import active_office
from workers.use_cases.standing import planned_rungs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, timedelta

    from domain.routing import Person
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.unit_of_work import Store
    from workers.use_cases.office import Office


@dataclass(slots=True, kw_only=True)
class Acted:
    """Say what acting on a batch came to; `deliver_now` are notice ids, `failed` maps codes to reasons."""

    deliver_now: list[int] = field(default_factory=list)
    claimed: int = 0
    moved: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def act_on_batch(
    store: Store, office_code: str, codes: Sequence[str], *, now: datetime, lease: timedelta
) -> Acted:
    """Claim every notice that has come due for these dossiers, in one transaction.

    It may run twice or late: what is claimed is claimed, a dossier that closed meanwhile has no clock any
    more. A dossier that cannot be judged fails alone and is looked at again after the lease. Notices whose
    moment of delivery has come are left to the caller until `now + lease`, then the sweep takes them.
    """
    acted = Acted()
    with store.begin(office_code) as work:
        office = active_office(work)
        clocks = work.clocks.load(sorted(codes), lock=True)
        stored = work.dossiers.load(list(clocks))
        fired = work.notices.fired(list(clocks))
        moved: list[Clock] = []
        notices: list[Notice] = []
        for code, clock in clocks.items():
            told = {(step, rung) for epoch, step, rung in fired.get(code, ()) if epoch == clock.epoch}
            try:
                case = _Case(stored=stored[code], clock=clock, office=office, now=now)
                new, next_at = case.judge(told)
            except (DomainError, LookupError) as error:
                acted.failed[code] = str(error)
                continue
            notices += new
            moved.append(replace(clock, next_action_at=next_at))
        claimed = work.notices.claim_rungs([leased(notice, now, lease) for notice in notices])
        work.notices.fold_earlier([notice for notice in claimed if notice.state == "planned"])
        work.clocks.move(moved)
        work.commit()
    acted.claimed, acted.moved = len(claimed), len(moved)
    acted.deliver_now = [notice.id for notice in claimed if notice.handed_until is not None]
    return acted


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """Hold one dossier that has come due, with the rules and the moment it is judged by."""

    stored: Stored
    clock: Clock
    office: Office
    now: datetime

    def judge(self, told: set[tuple[str, str]]) -> tuple[list[Notice], datetime | None]:
        """Return the notices to claim and when to look again; `told` are the rungs of this epoch."""
        planned = planned_rungs(self.stored, self.office, self.clock)
        due = come_due(planned, told, now=self.now)
        # The last rung that has passed, of the dossier and of its step, is asked again: whoever should know
        # of it and does not (another unit has the dossier, somebody new holds the role) is told; who knows is
        # kept apart by the unique key.
        last = {entry.step: entry for entry in come_due(planned, (), now=self.now)}
        asked = (*due, *(entry for entry in last.values() if entry not in due))
        return list(self._notices(asked)), next_action_at(planned, told, now=self.now)

    def _notices(self, due: Sequence[PlannedRung]) -> Iterator[Notice]:
        """Yield a notice a rung and person; after a gap a person gets one message, for the last rung."""
        addressed = [
            (entry, role, person)
            for entry in due
            for role in entry.rung.roles
            for person in self._recipients(role)
        ]
        last = {(entry.step, person.code): entry.rung.code for entry, _, person in addressed}
        once: set[tuple[tuple[str, str], str]] = set()
        for entry, role, person in addressed:
            if (entry.key, person.code) in once:
                continue  # nobody is told twice of one rung through two roles
            once.add((entry.key, person.code))
            yield self._notice(entry, role, person, last[entry.step, person.code])

    def _recipients(self, role: str) -> tuple[Person, ...]:
        dossier = self.stored.dossier
        return self.office.sla.lines.recipients(role, dossier.unit, dossier.officer)

    def _notice(self, entry: PlannedRung, role: str, person: Person, spokesman: str) -> Notice:
        covered, hours = spokesman != entry.rung.code, self.office.hours_of(person)
        return Notice(
            code=self.stored.dossier.code,
            step=entry.step,
            rung=entry.rung.code,
            epoch=self.clock.epoch,
            recipient=person.code,
            kind=entry.rung.kind,
            level=entry.rung.level,
            role=role,
            state="covered" if covered else "planned",
            planned_at=entry.at,
            created_at=self.now,
            deliver_at=deliver_at(person, hours, now=self.now, urgent=entry.rung.urgent),
            covered_by=spokesman if covered else None,
            sla_version=self.office.version,
        )


def leased(notice: Notice, now: datetime, lease: timedelta) -> Notice:
    """Return a notice that goes out now as handed to a delivery task: no sweep takes it too meanwhile."""
    goes_now = notice.state == "planned" and notice.deliver_at <= now
    return replace(notice, handed_until=now + lease) if goes_now else notice
