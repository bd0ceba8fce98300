"""Where a dossier stands under the rules: its due dates, its next moment, how it was judged once closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from domain.acknowledgement import answered
from domain.ladder import PlannedRung, first_moment, holding, plan
from domain.on_time_rate import Timing, timing
from domain.reckoning import Reckoning, reckon
from domain.rung_terms import NOTHING, Stops
from domain.steps import StepRun, closed_run
from domain.terms import step_begins
from workers.store.clocks import Clock
from workers.store.dossiers import Stored
from workers.use_cases.binding import bound_under

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from domain.deadline import Deadline
    from domain.dossier import Dossier
    from domain.ladder import Rung
    from domain.pauses import Pause
    from domain.snapshot import Listed
    from domain.terms import Terms
    from domain.working_calendar import WorkingCalendar
    from workers.store.events import Entry
    from workers.use_cases.office import Office


def deadline_of(stored: Stored, office: Office, clock: Clock | None) -> Deadline | None:
    """Return the lawful due date a dossier has: that of its clock, or once closed the one it was judged by.

    None without a limit. A calendar that changed since moves nothing by itself.
    """
    due_at = clock.due_at if clock else stored.due_judged
    return None if due_at is None else office.terms_dated(stored, clock).restored(due_at, stored.dossier)


def target_of(stored: Stored, office: Office, clock: Clock | None) -> Deadline | None:
    """Return the date people work towards: the re-appointed one where that is later than the lawful one."""
    return office.terms_dated(stored, clock).current(deadline_of(stored, office, clock), stored.dossier)


def step_deadline_of(stored: Stored, office: Office, clock: Clock | None) -> Deadline | None:
    """Return the due date of the step an open dossier stands in; None without one."""
    if clock is None or clock.step_due_at is None:
        return None
    return office.terms_dated(stored, clock).restored_step(clock.step_due_at, stored.dossier)


def step_label(dossier: Dossier) -> str:
    """Return what names the stay of a dossier in its step, in its notices: number and code."""
    return f"{dossier.step_number}.{dossier.step}" if dossier.step else ""


class Planning(Protocol):
    """Plan one course of rungs as `domain.ladder.plan` does."""

    def __call__(
        self,
        ladder: Iterable[Rung],
        deadline: Deadline,
        calendar: WorkingCalendar,
        *,
        counting_from: datetime,
        step: str = "",
        pauses: Sequence[Pause] = (),
        stops: Stops = NOTHING,
    ) -> tuple[PlannedRung, ...]:
        """Return the rungs of the course in the order of their instants."""


class _Course(NamedTuple):
    """Hold one course of rungs: of the dossier itself (`step` empty) or of its step."""

    ladder: tuple[Rung, ...]
    deadline: Deadline
    calendar: WorkingCalendar
    counting_from: datetime
    step: str


def _courses(
    dossier: Dossier, terms: Terms, office: Office, lawful: Deadline | None, step_due_at: datetime | None
) -> Iterator[_Course]:
    if not dossier.is_running:
        return  # a clock that stands still calls nobody
    target = terms.current(lawful, dossier)
    if target is not None:
        ladder = office.ladder(terms.procedure)
        if dossier.appointed_on is not None:
            # Decree 61/2018 art. 19.9: the date is appointed anew once; nobody is asked a second time.
            ladder = tuple(rung for rung in ladder if rung.kind != "apology")
        yield _Course(holding(ladder, dossier), target, terms.calendar, dossier.counting_from, "")
    step = None if step_due_at is None else terms.restored_step(step_due_at, dossier)
    ladder = office.step_ladder(terms.procedure) if step else ()
    if step is not None and ladder:
        calendar = terms.calendar_of(dossier.unit)
        yield _Course(holding(ladder, dossier), step, calendar, step_begins(dossier), step_label(dossier))


def planned_rungs(
    stored: Stored, office: Office, clock: Clock | None, *, plan: Planning = plan
) -> tuple[PlannedRung, ...]:
    """Return the rungs of an open dossier and of its step in order; none while its clock stands still.

    `plan` is the domain's, or one that remembers what it has planned.
    """
    if clock is None:
        return ()
    dossier, terms = stored.dossier, office.terms_dated(stored, clock)
    lawful = deadline_of(stored, office, clock)
    courses = _courses(dossier, terms, office, lawful, clock.step_due_at)
    planned = [
        rung
        for ladder, deadline, calendar, begin, step in courses
        for rung in plan(
            ladder,
            deadline,
            calendar,
            counting_from=begin,
            step=step,
            pauses=dossier.pauses,
            stops=Stops(
                handed_over_at=dossier.step_since,
                acknowledged=answered(ladder, step, dossier.acknowledged, clock.epoch),
            ),
        )
    ]
    return tuple(sorted(planned, key=lambda entry: (entry.at, entry.step, entry.rung.level)))


class Standing(NamedTuple):
    """Hold what follows for the store: the projection, the clock of a dossier still open, the steps it left.

    `moved`: a date people work towards is another than before.
    """

    stored: Stored
    clock: Clock | None
    runs: Sequence[StepRun]
    moved: bool


def stand(
    history: Iterable[tuple[Entry, Dossier]],
    office: Office,
    *,
    before: Stored | None,
    clock: Clock | None,
    seen: tuple[str, Listed] | None,
) -> Standing:
    """Derive the standing of a dossier after new events, each with the dossier it made (at least one).

    `before` and `clock` are what the store had, None for a new dossier. Only what concerns the count derives
    the due date anew; one that moved begins a new epoch, whose rungs may be told again. The due date at
    acceptance is kept for ever (DOMAIN decision 3). Replaying a whole history gives the same standing.
    """
    fold = _Fold(office, before, clock)
    for entry, dossier in history:
        fold.take(entry, dossier)
    stored = Stored(
        dossier=fold.dossier,
        due_original=fold.reckoning.due_original,
        due_judged=None if fold.dossier.is_open else fold.reckoning.due_at,
        timing=_timing(fold),
        sla_version=fold.accepted_under,
        bound_under=fold.bound_under,
        digest=seen[0] if seen else (before.digest if before else ""),
        listed=seen[1] if seen else (before.listed if before else None),
        last_seq=fold.last.seq,
        last_hash=fold.last.hash,
    )
    moved = clock is not None and clock.epoch != fold.reckoning.epoch
    return Standing(stored=stored, clock=_clock(fold), runs=fold.runs, moved=moved)


class _Fold:
    """Take event after event and keep what follows: dossier, due dates, the steps left on the way."""

    dossier: Dossier
    reckoning: Reckoning
    terms: Terms
    last: Entry
    accepted_under: int
    bound_under: int | None

    def __init__(self, office: Office, before: Stored | None, clock: Clock | None) -> None:
        self.office, self.is_new, self.runs = office, before is None, list[StepRun]()
        self.terms_of: tuple[int, int | None] | None = None
        if before is not None:
            self.dossier, self.accepted_under = before.dossier, before.sla_version
            self.bound_under, self.reckoning = before.bound_under, reckoning_of(before, clock)

    def take(self, entry: Entry, dossier: Dossier) -> None:
        if self.is_new:
            self.accepted_under, self.bound_under = entry.sla_version, None
        if entry.event.kind == "terms_changed":
            self.bound_under = bound_under(entry, self.accepted_under)
        if self.terms_of != (entry.sla_version, self.bound_under):
            self.terms_of = entry.sla_version, self.bound_under
            self.terms = self.office.terms_of(
                self.office.bond(dossier, self.bound_under),
                accepted_under=self.bound_under or self.accepted_under,
                counted_under=entry.sla_version,
            )
        if self.is_new:
            self.reckoning, self.is_new = reckon(None, None, dossier, entry.event, self.terms), False
        else:
            if _leaves(self.dossier, dossier):
                step_due_at = self.reckoning.step_due_at
                run = closed_run(self.dossier, entry.event.occurred_at, step_due_at, self.terms)
                self.runs.append(run)
            self.reckoning = reckon(self.reckoning, self.dossier, dossier, entry.event, self.terms)
        self.dossier, self.last = dossier, entry

    def lawful(self) -> Deadline | None:
        """Return the lawful due date in all its forms."""
        due_at = self.reckoning.due_at
        if self.reckoning.deadline is not None or due_at is None:
            return self.reckoning.deadline
        return self.terms.restored(due_at, self.dossier)


def _leaves(was: Dossier, dossier: Dossier) -> bool:
    """Say whether an event ends the stay in a step: a hand-over does, and closing does within a process."""
    closes = was.is_open and not dossier.is_open
    return was.step_number != dossier.step_number or (
        closes and (was.step is not None or was.step_number > 1)
    )


def reckoning_of(before: Stored, clock: Clock | None) -> Reckoning:
    """Return the due dates a dossier has: those of its clock, or once closed what it was judged by."""
    if clock is None:
        return Reckoning(due_original=before.due_original, due_at=before.due_judged, under=before.sla_version)
    return Reckoning(
        due_original=before.due_original,
        due_at=clock.due_at,
        appointed_at=clock.appointed_at,
        step_due_at=clock.step_due_at,
        epoch=clock.epoch,
        under=clock.derived_under,
        provisional=clock.provisional,
    )


def _timing(fold: _Fold) -> Timing | None:
    dossier = fold.dossier
    if dossier.finished_at is None or dossier.outcome == "withdrawn":
        return None
    # Refused while the clock stood still (the papers never came): judged by when it stopped.
    return timing(dossier.stopped_since or dossier.finished_at, fold.lawful(), fold.terms.calendar)


def _clock(fold: _Fold) -> Clock | None:
    dossier, reckoning = fold.dossier, fold.reckoning
    if not dossier.is_open:
        return None
    # The earliest rung, even if it has passed or fired: the sweep asks which have. Looking too often costs
    # little, looking too late costs a notice.
    moments = [
        first_moment(ladder, deadline, calendar, counting_from=begin, pauses=dossier.pauses)
        for ladder, deadline, calendar, begin, _ in _courses(
            dossier, fold.terms, fold.office, fold.lawful(), reckoning.step_due_at
        )
    ]
    return Clock(
        code=dossier.code,
        due_at=reckoning.due_at,
        appointed_at=reckoning.appointed_at,
        step_due_at=reckoning.step_due_at,
        next_action_at=min((at for at in moments if at), default=None),
        epoch=reckoning.epoch,
        provisional=reckoning.provisional,
        derived_under=reckoning.under,
    )
