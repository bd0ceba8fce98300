"""Asking the ladder: who must be told what of a dossier at a moment; those who act and who audit share it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.acknowledgement import (
    asked_at_soonest,
    asked_until,
    base_of,
    first_asked,
    first_for,
    told_as,
    went_up,
    with_raised,
)
from domain.ladder import PlannedRung, come_due, next_action_at, plan
from domain.routing import deliver_at
from domain.rung_terms import code_in_ladder
from workers.store.notices import Notice
from workers.use_cases.one_message import Line, messages_of
from workers.use_cases.standing import planned_rungs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from domain.acknowledgement import Acknowledgement
    from domain.ladder import Rung
    from domain.routing import Person, Told
    from domain.rung_terms import Key
    from domain.time_limit import TimeLimit
    from domain.working_calendar import WorkingCalendar
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.notices import Claim
    from workers.use_cases.office import Office
    from workers.use_cases.one_message import Message
    from workers.use_cases.standing import Planning

NOBODY_ASKED: Final[Mapping[Key, datetime]] = {}


class Asked(NamedTuple):
    """Hold what the ladder asks for: the notices to be claimed, and when to look again (None: never)."""

    notices: list[Notice]
    next_at: datetime | None


class Subject(NamedTuple):
    """Hold what a ladder tells of: its code, the unit and officer asked, who has answered, its epoch."""

    code: str
    unit: str
    officer: str | None
    acknowledged: Sequence[Acknowledgement]
    epoch: int


class LadderAsking(ABC):
    """Ask a ladder of one subject, whatever it is; nothing here is written."""

    office: Office

    @property
    @abstractmethod
    def subject(self) -> Subject:
        """Return what is told of."""

    @property
    @abstractmethod
    def planned(self) -> tuple[PlannedRung, ...]:
        """Return its rungs in order, whatever has been told."""

    def kind_of(self, rung: Rung) -> str:
        """Return the kind that a notice of a rung bears."""
        return rung.kind

    def asked(self, asking: Iterable[Claim | Notice], *, now: datetime) -> dict[Key, datetime]:
        """Return until when the last of those told of a rung is asked to answer, as things stand at a moment.

        `asking` is what asks of this subject, of any epoch; what asked in an earlier one is over. Who has not
        been told yet has all of their time still before them: nothing goes up that nobody has heard of.
        """
        found: dict[Key, datetime] = {}
        for one in asking:
            until = self._time_of(one, now) if one.epoch == self.subject.epoch else None
            if until is not None:
                found[one.step, one.rung] = max(until, found.get((one.step, one.rung), until))
        return found

    def _time_of(self, one: Claim | Notice, now: datetime) -> datetime | None:
        if one.asked_until is None or not one.is_waiting:
            return one.asked_until
        within, person = self._within.get((one.step, base_of(one.rung))), self._people.get(one.recipient)
        if within is None or person is None:
            return one.asked_until  # neither can it go up, or be told
        told_at, hours = max(one.deliver_at, now), self.office.hours_of(person)
        return asked_at_soonest(told_at, one.asked_until, within, hours, now=now)

    @cached_property
    def _within(self) -> Mapping[Key, TimeLimit | None]:
        return {(entry.step, entry.rung.code): entry.rung.acknowledge_within for entry in self.planned}

    @cached_property
    def _people(self) -> Mapping[str, Person]:
        return {person.code: person for person in self.office.sla.lines.people}

    def going_up(self, until: Mapping[Key, datetime]) -> tuple[PlannedRung, ...]:
        """Return the rungs with those that go up a level; `until` is what `asked` returns."""
        subject, lines = self.subject, self.office.sla.lines
        if not until:
            return self.planned
        return with_raised(self.planned, until, subject.acknowledged, lines, epoch=subject.epoch)

    def ask(
        self, told: Collection[Key], *, now: datetime, until: Mapping[Key, datetime] = NOBODY_ASKED
    ) -> Asked:
        """Return what the ladder asks for at a moment; `told` are the keys of the rungs told in this epoch.

        `until` is that of `going_up`. What cannot be judged raises DomainError or LookupError.
        """
        up = self.going_up(until)
        due = come_due(up, told, now=now)
        # It stands first: what has come due only now is not covered by a message that went long ago.
        asked = (*(entry for entry in self._again(up, now) if entry not in due), *due)
        notices = [_no_later(notice, until) for notice in self._notices(asked, now)]
        new = latest_asked(notices, {entry.key for entry in due})
        return Asked(notices, next_action_at(self.going_up({**until, **new}), told, now=now))

    def _again(self, up: Sequence[PlannedRung], now: datetime) -> Iterable[PlannedRung]:
        """Return the last rung that has passed, of the dossier and of its step: it is asked again.

        Whoever should know of it and does not (another unit has the dossier, somebody new holds the role) is
        told; who knows is kept apart by the unique key. So is the last level that each rung went up to, while
        nobody has answered.
        """
        last: dict[tuple[str, str], PlannedRung] = {}
        for entry in come_due(up, (), now=now):
            base, levels = went_up(entry.code)
            if not levels or self._asks(entry):
                last[entry.step, base if levels else ""] = entry
        return last.values()

    def _notices(self, due: Sequence[PlannedRung], now: datetime) -> Iterator[Notice]:
        """Yield a notice a rung and person; after a gap a person gets one message, for the last rung.

        A question that the last rung does not ask is a second line of the same letter.
        """
        lines = [
            Line(entry, role, person, told.person)
            for entry in due
            for role in entry.rung.roles
            for told in self._told(role, now)
            for person in (told.person, *told.in_place_of)
        ]
        messages = messages_of(lines, self._asks)
        once: set[tuple[Key, str]] = set()
        for line in lines:
            if line.key in once:
                continue  # nobody is told twice of one rung, through two roles or in two places
            once.add(line.key)
            notice = self._notice(line.entry, line.role, line.person, messages[line.key], now)
            yield notice if line.told_to is line.person else passed(notice, line.told_to)

    def _asks(self, entry: PlannedRung) -> bool:
        """Say whether a rung asks for an acknowledgement that nobody has given."""
        subject, rung = self.subject, entry.rung
        known = first_for(subject.acknowledged, entry.step, rung.level, subject.epoch)
        return rung.asks and known is None

    def _told(self, role: str, now: datetime) -> tuple[Told, ...]:
        subject, today = self.subject, self.office.calendar.local(now).date()
        return told_as(self.office.sla.lines, role, subject.unit, subject.officer, on=today)

    def _notice(
        self, entry: PlannedRung, role: str, person: Person, message: Message, now: datetime
    ) -> Notice:
        covered, hours = message.rung != entry.code, self.office.hours_of(person)
        at = deliver_at(person, hours, now=now, urgent=message.is_urgent)
        return Notice(
            code=self.subject.code,
            step=entry.step,
            rung=entry.code,
            epoch=self.subject.epoch,
            recipient=person.code,
            kind=self.kind_of(entry.rung),
            level=entry.rung.level,
            role=role,
            state="covered" if covered else "planned",
            planned_at=entry.at,
            created_at=now,
            deliver_at=at,
            covered_by=message.rung if covered else None,
            urgent=message.is_urgent,
            alone=message.is_alone,
            sla_version=self.office.version,
            asked_until=None if covered else self._asked_until(entry, at, hours),
        )

    def _asked_until(self, entry: PlannedRung, at: datetime, hours: WorkingCalendar) -> datetime | None:
        """Return until when somebody told at a moment is asked to acknowledge; None: not asked."""
        within, known = entry.rung.acknowledge_within, self.subject.acknowledged
        if within is None or first_for(known, entry.step, entry.rung.level, self.subject.epoch) is not None:
            return None
        return asked_until(within, at, hours)


@dataclass(frozen=True, kw_only=True)
class Asking(LadderAsking):
    """Ask the ladders of one open dossier, with its clock and the configuration it is judged by.

    `plan` is the domain's, or one that remembers what it has planned.
    """

    stored: Stored
    clock: Clock
    office: Office
    plan: Planning = plan

    @property
    def subject(self) -> Subject:
        """Return the dossier as its notices name it."""
        dossier = self.stored.dossier
        return Subject(dossier.code, dossier.unit, dossier.officer, dossier.acknowledged, self.clock.epoch)

    @cached_property
    def planned(self) -> tuple[PlannedRung, ...]:
        """Return its rungs and those of its step in order, whatever has been told."""
        return planned_rungs(self.stored, self.office, self.clock, plan=self.plan)


def passed(notice: Notice, to: Person) -> Notice:
    """Return the notice of somebody who is away: it is kept for their return, another person is told."""
    return replace(notice, state="passed", passed_to=to.code, covered_by=None, asked_until=None)


def _no_later(notice: Notice, until: Mapping[Key, datetime]) -> Notice:
    """Return the notice of a repeat with the moment that was told before it, if that still lies ahead."""
    code = code_in_ladder(notice.rung)
    known = first_asked(notice.step, code, until) if code != notice.rung else None
    if known is None or notice.asked_until is None:
        return notice
    return replace(notice, asked_until=known if known > notice.deliver_at else None)


def latest_asked(notices: Iterable[Notice], keys: Collection[Key]) -> dict[Key, datetime]:
    """Return until when the last of those told of a rung is asked to answer, for the rungs of these keys."""
    found: dict[Key, datetime] = {}
    for notice in notices:
        key = (notice.step, notice.rung)
        if notice.asked_until is not None and key in keys:
            found[key] = max(notice.asked_until, found.get(key, notice.asked_until))
    return found
