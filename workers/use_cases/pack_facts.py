"""What the audit pack counts: everything that can be seen of a dossier while all of them go by once."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from domain.on_time_rate import Counts
from domain.period import months_until
from domain.tally import counts_of
from workers.use_cases.as_of import Frame, population
from workers.use_cases.handled import resolved
from workers.use_cases.tally import placed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from domain.period import Period
    from domain.scoring_tt01 import Handled
    from domain.tally import Counted, Stand
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.office import Office

Unit = Literal["days", "minutes"]
_OVERDUE: Final[tuple[Stand, ...]] = ("late", "pending_overdue")
_TIMED: Final[tuple[Stand, ...]] = ("early", "on_time", "late")
_MINUTE: Final = 60_000_000


class Month(NamedTuple):
    """Hold one month of the trend: its name and its instants, the second exclusive."""

    name: str
    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Hold what a pack is about: its period, the months of its trend, and the frame of both.

    The frame begins with the first of the months; `begin` and `end` are those of the period itself.
    """

    office: Office
    period: Period
    months: tuple[Month, ...]
    begin: datetime
    end: datetime
    frame: Frame

    def is_in_period(self, counted: Counted) -> bool:
        """Say whether a dossier of the trend was carried into the period or received in it."""
        return counted.finished_at is None or counted.finished_at >= self.begin


def scope_of(office: Office, period: Period, *, as_of: datetime, known: datetime | None) -> Scope:
    """Return the scope of a named period, by what had been recorded at `known` (None: all that is)."""
    zone = office.sla.zone
    months = tuple(Month(each.name, *_instants(each, office)) for each in months_until(period))
    begin, end = _instants(period, office)
    frame = Frame(as_of=as_of, begin=months[0].begin, end=period.end(zone), known=known)
    return Scope(office=office, period=period, months=months, begin=begin, end=end, frame=frame)


def _instants(period: Period, office: Office) -> tuple[datetime, datetime]:
    begin, end = period.begin(office.sla.zone), period.end(office.sla.zone)
    if begin is None or end is None:
        raise ValueError("a pack is of a period with a first and a last day")
    return begin, end


class Times(NamedTuple):
    """Hold handling times: how many dossiers took how long, and how large a part of the time allowed."""

    taken: Counter[int]
    shares: Counter[Fraction]


@dataclass(slots=True, kw_only=True)
class Facts:
    """Hold what was counted.

    Of the period: `units` by unit, `times` by procedure and unit of time, `overdue` by code, `codes` of all,
    `resolved` those with a result, by code, `versions` of the configuration they were accepted under. Of the
    months of the trend, by their place: `received`; `results` by unit and stand; `daily` results by unit and
    local day, and `of_day` their codes.
    """

    units: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    times: dict[tuple[str, Unit], Times] = field(default_factory=lambda: defaultdict(_no_times))
    overdue: dict[str, tuple[Counted, Stand]] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    resolved: list[Handled] = field(default_factory=list)
    versions: Counter[int] = field(default_factory=Counter)
    received: Counter[int] = field(default_factory=Counter)
    results: Counter[tuple[int, str, Stand]] = field(default_factory=Counter)
    daily: Counter[tuple[str, date]] = field(default_factory=Counter)
    of_day: dict[tuple[str, date], list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def total(self) -> Counts:
        """Return the counts of the whole office in the period."""
        return sum(self.units.values(), Counts())


def _no_times() -> Times:
    return Times(Counter(), Counter())


def gather(work: UnitOfWork, scope: Scope, tell: Callable[[Counted, Stand], None]) -> Facts:
    """Count the dossiers of a pack in one pass, and tell each one of the period.

    Raises FiguresError with the dossiers that stand nowhere. In memory are counts, the codes of the period,
    how each result was judged, and what is overdue.
    """
    facts, gatherer = Facts(), _Gatherer(scope)
    summed: Counter[tuple[str, Counts]] = Counter()
    for counted, stand in placed(population(work, scope.office, scope.frame), scope.frame):
        gatherer.trend(facts, counted, stand)
        if not scope.is_in_period(counted):
            continue
        summed[counted.unit, counts_of(counted, stand, begin=scope.begin)] += 1
        gatherer.period(facts, counted, stand)
        tell(counted, stand)
    for (unit, one), number in sorted(summed.items(), key=lambda item: item[0][0]):
        facts.units[unit] += one.times(number)
    facts.codes.sort()
    facts.resolved.sort(key=attrgetter("code"))
    return facts


class _Gatherer:
    """Add one dossier to the facts."""

    def __init__(self, scope: Scope) -> None:
        self._scope, self._calendar = scope, scope.office.calendar

    def trend(self, facts: Facts, counted: Counted, stand: Stand) -> None:
        received = self._month(counted.accepted_at)
        if received is not None and stand != "withdrawn":
            facts.received[received] += 1
        if counted.finished_at is None or stand == "withdrawn":
            return
        month = self._month(counted.finished_at)
        if month is not None:
            facts.results[month, counted.unit, stand] += 1
            day = self._calendar.local(counted.finished_at).date()
            facts.daily[counted.unit, day] += 1
            if counted.finished_at >= self._scope.begin:
                facts.of_day[counted.unit, day].append(counted.code)

    def period(self, facts: Facts, counted: Counted, stand: Stand) -> None:
        facts.codes.append(counted.code)
        facts.versions[counted.sla_version] += 1
        if stand in _OVERDUE:
            facts.overdue[counted.code] = (counted, stand)
        if counted.timing is not None and stand in _TIMED:
            self._time(facts, counted)
        if (one := resolved(counted)) is not None:
            facts.resolved.append(one)

    def _month(self, moment: datetime) -> int | None:
        months = self._scope.months
        return next((place for place, month in enumerate(months) if month.begin <= moment < month.end), None)

    def _time(self, facts: Facts, counted: Counted) -> None:
        if counted.finished_at is None or counted.due_at is None:
            return
        calendar, received = self._calendar, self._calendar.local(counted.accepted_at).date()
        finished, due = calendar.local(counted.finished_at), calendar.local(counted.due_at)
        if (due.hour, due.minute, due.second) == (0, 0, 0):
            unit: Unit = "days"
            taken = calendar.count_days(received, finished.date())
            allowed = calendar.count_days(received, calendar.day_before(counted.due_at))
        else:
            unit = "minutes"
            taken = calendar.elapsed(counted.accepted_at, counted.finished_at) // _MINUTE
            allowed = calendar.elapsed(counted.accepted_at, counted.due_at) // _MINUTE
        times = facts.times[counted.procedure, unit]
        times.taken[max(taken, 0)] += 1
        if allowed > 0:
            times.shares[Fraction(max(taken, 0), allowed)] += 1
