"""The plan: what putting a configuration in force would change, worked out as it would be done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from config.sla_changes import changes_of
from domain.on_time_rate import Counts
from workers.use_cases.binding import bindings_of
from workers.use_cases.effects import Effects, One
from workers.use_cases.forecast import Forecast, Letter, Window
from workers.use_cases.intake import collector_at_rest
from workers.use_cases.office import Office
from workers.use_cases.redating import Judge
from workers.use_cases.reform_forecast import matters_ahead
from workers.use_cases.staleness import staleness

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from config.sla import Sla
    from config.sla_changes import ValueChange
    from domain.deadline import Deadline
    from domain.dossier import Dossier
    from workers.store.dossiers import Stored
    from workers.store.stale_clocks import Sought
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.store.versions import Said
    from workers.use_cases.effects import Becomes, Moved
    from workers.use_cases.forecast import Message

BATCH: Final = 1_000
WORKING_DAYS_AHEAD: Final = 10


class Move(NamedTuple):
    """Hold a dossier whose due date would move: from when to when, why, and what becomes of it."""

    stored: Stored
    kind: str
    was_due: Deadline | None
    is_due: Deadline | None
    why: str
    becomes: Becomes

    @property
    def changes_day(self) -> bool:
        """Say whether it is due at another moment; else only what is known of it changes."""
        was, now = self.was_due, self.is_due
        return (was and was.due_at) != (now and now.due_at)


@dataclass(slots=True, kw_only=True)
class Plan:
    """Hold what a configuration would change; the counts grow while the dossiers are gone through.

    `digest` names this very change of this very configuration in force. `bound_before` counts by procedure
    the open dossiers that keep terms that have changed. `letters_before` and `letters_after` count the
    notices of the days ahead, of the dossiers looked at and of all tasks and corrective actions, `gone` and
    `new` those that only one of them has, by kind and person. `counts_before` and `counts_after` are those of
    the running period.
    """

    before: Office
    after: Office
    digest: str
    changes: tuple[ValueChange, ...]
    window: Window
    ahead_before: Forecast
    ahead_after: Forecast
    bound_before: dict[str, int] = field(default_factory=dict)
    looked_at: int = 0
    moved: int = 0
    later: int = 0
    earlier: int = 0
    become_overdue: int = 0
    no_longer_overdue: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    letters_before: int = 0
    letters_after: int = 0
    gone: Counter[tuple[str, str]] = field(default_factory=Counter)
    new: Counter[tuple[str, str]] = field(default_factory=Counter)
    counts_before: Counts = field(default_factory=Counts)
    counts_after: Counts = field(default_factory=Counts)


def digest_of_plan(office: Office, sla: Sla, said: Said) -> str:
    """Return the name of a change: the configuration in force, the one that would be, and whom it reaches."""
    parts = (str(office.version), office.sla.digest, sla.digest, *sorted(set(said.also_open)))
    return sha256("\x1f".join(parts).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """Work out what putting `sla` in force for the office of a store would change, at a moment.

    `period` bounds the running period ([begin, end)) of the counts; `on_move` and `on_letter` hear of every
    dossier that moves and every notice that goes (False) or comes (True): nothing of them is kept.
    """

    store: Store
    office: Office
    sla: Sla
    said: Said
    now: datetime
    period: tuple[datetime, datetime]
    on_move: Callable[[Move], None] = lambda _: None
    on_letter: Callable[[Letter, bool], None] = lambda _, __: None

    def plan(self, progress: Callable[[Plan], None] = lambda _: None) -> Plan:
        """Go through the open dossiers that may change, a batch at a time, and return the plan."""
        made = self._begun()
        with self.store.read(self.office.sla.code) as work:
            bindings = bindings_of(work)
        effects = Effects(
            judge=Judge(office=made.after, said=self.said, now=self.now, bindings=bindings),
            actor=self.said.author,
            ahead_before=made.ahead_before,
            ahead_after=made.ahead_after,
        )
        sought = self._sought(made)
        last: str | None = ""
        while last is not None:
            with collector_at_rest(), self.store.read(self.office.sla.code) as work:
                last = self._batch(work, work.stale.page(sought, after=last, limit=BATCH), effects, made)
            progress(made)
        self._of_others(made)
        return made

    def _sought(self, made: Plan) -> Sought:
        """Return whom to look at: who must follow, and where people changed everybody, for the notices."""
        with self.store.read(self.office.sla.code) as work:
            stale = staleness(work, made.after, also_open=self.said.also_open, now=self.now)
        people = ("people.toml", "office.toml")
        files, new = self.office.sla.files, self.sla.files
        everybody = stale.ladders or any(files.get(name) != new.get(name) for name in people)
        return replace(stale.sought, every=everybody)

    def _batch(self, work: UnitOfWork, codes: list[str], effects: Effects, made: Plan) -> str | None:
        stored, clocks = work.dossiers.load(codes), work.clocks.load(codes)
        claims = work.notices.claims(codes)
        page = {
            code: One(stored=stored[code], clock=clock, claims=claims.get(code, ()))
            for code, clock in clocks.items()
        }
        for code, one, effect in effects.of_page(page):
            made.looked_at += 1
            if isinstance(effect, str):
                made.failed[code] = effect
                continue
            if effect.moved is not None:
                self._moved(effect.moved, one.stored, made)
            self._letters(code, effect.before, effect.after, made)
        return codes[-1] if len(codes) == BATCH else None

    def _of_others(self, made: Plan) -> None:
        with self.store.read(self.office.sla.code) as work:
            for code, before, after in matters_ahead(work, made.before, made.ahead_after.office, made.window):
                self._letters(code, before, after, made)

    def _moved(self, moved: Moved, stored: Stored, made: Plan) -> None:
        kind, was, due, why, (stand_before, stand_after), becomes = moved
        old, new = was.due_at if was else None, due.due_at if due else None
        made.moved += 1
        made.later += old is not None and new is not None and new > old
        made.earlier += old is not None and new is not None and new < old
        made.become_overdue += becomes == "overdue"
        made.no_longer_overdue += becomes == "in_time"
        if self.period[0] <= stored.dossier.accepted_at < self.period[1] and stand_before != stand_after:
            dossier = stored.dossier
            made.counts_after += _one_of(stand_after, 1, dossier) + _one_of(stand_before, -1, dossier)
        self.on_move(Move(stored, kind, was, due, why, becomes))

    def _letters(self, code: str, before: frozenset[Message], after: frozenset[Message], made: Plan) -> None:
        made.letters_before += len(before)
        made.letters_after += len(after)
        if before == after:
            return
        for step, rung, recipient, kind in sorted(before - after):
            made.gone[kind, recipient] += 1
            self.on_letter(Letter(code, step, rung, recipient, kind), False)  # noqa: FBT003 - see `on_letter`
        for step, rung, recipient, kind in sorted(after - before):
            made.new[kind, recipient] += 1
            self.on_letter(Letter(code, step, rung, recipient, kind), True)  # noqa: FBT003 - see `on_letter`

    def _begun(self) -> Plan:
        office, begin_end = self.office, self.period
        after = Office(sla=self.sla, version=office.version + 1, followed=office.followed, earlier=office.at)
        today = office.calendar.local(self.now).date()
        until = self.sla.calendar.end_of(self.sla.calendar.add_days(today, WORKING_DAYS_AHEAD))
        with self.store.read(office.sla.code) as work:
            counts = sum(
                work.counts.by_unit(now=self.now, begin=begin_end[0], end=begin_end[1]).values(), Counts()
            )
            kept = work.stale.count(_other_terms(office.sla, self.sla), before=after.version)
        window = Window(now=self.now, until=until)
        return Plan(
            before=office,
            after=after,
            digest=digest_of_plan(office, self.sla, self.said),
            changes=changes_of(office.sla.files, self.sla.files),
            window=window,
            ahead_before=Forecast(office=office, window=window),
            ahead_after=Forecast(office=replace(after, followed=after.version), window=window),
            bound_before={code: n for code, n in kept.items() if code not in self.said.also_open},
            counts_before=counts,
            counts_after=counts,
        )


def _other_terms(old: Sla, new: Sla) -> list[str]:
    """Return the procedures whose versions are no longer what they were."""
    codes = old.procedures.keys() | new.procedures.keys()
    return sorted(code for code in codes if old.procedures.get(code) != new.procedures.get(code))


def _one_of(stand: str, number: int, dossier: Dossier) -> Counts:
    suspended = stand == "waiting" and dossier.stopped_by != "supplement"
    return Counts(**{stand: number}, suspended=number if suspended else 0)
