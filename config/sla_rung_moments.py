"""Rungs as instants: planned for representative dossiers of every limit a ladder is used for.

Offsets are never compared as numbers: which of "9 hours" and "1 working_days" comes first depends on the
hours of the office and on the minute at which a limit ends. A ladder is refused when any representative
dossier would be told in the wrong order; other ladders for other limits, and conditions, are the way out.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from config.said import NOTHING, Said, say
from config.said_misfits import listed
from config.sla_source import limit_text
from domain.deadline import derive
from domain.errors import DomainError
from domain.ladder import plan
from domain.time_limit import SECONDS_OF
from domain.timetable import SECOND

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from config.sla_ladder_users import User
    from config.sla_rule_models import LaddersFile
    from config.sla_source import Draft
    from domain.ladder import PlannedRung, Rung
    from domain.working_calendar import WorkingCalendar

Path = tuple[str | int, ...]

_LAST_KNOWN: Final = date(2019, 12, 31)
_DAYS: Final = 10
_INTO_THE_DAY: Final = (0, 1, 3, 4, 6, 7)
"""Hours of working time after the opening at which representative dossiers with limits in hours come in."""


class Planned(NamedTuple):
    """Hold the rungs of one representative dossier."""

    user: User
    received: datetime
    rungs: tuple[PlannedRung, ...]

    @property
    def words(self) -> Said:
        """Say which dossier it is."""
        at = self.user.calendar.local(self.received)
        said = {"limit": limit_text(self.user.limit), "time": f"{at:%H:%M}", "day": at.date()}
        code = self.user.procedure
        return say("received_of", procedure=code, **said) if code else say("received", **said)


def check_moments(
    draft: Draft[LaddersFile], path: Path, rungs: Sequence[Rung], users: Sequence[User], *, complete: bool
) -> None:
    """Refuse rungs that can never fire, two at one instant to one role, and levels that do not ascend.

    `complete`: all `users` of the ladder are known. One of them for which a rung fires is enough.
    """
    if draft.findings.recorded:
        return  # what was in force once is not judged again, and is read back often
    places = {rung.code: index for index, rung in enumerate(rungs)}
    unheard, judge = set(places), _Judge(draft, path, places)
    try:
        for planned in _plans(_distinct(users, rungs), rungs):
            unheard -= {entry.rung.code for entry in planned.rungs}
            judge.judge(planned)
    except DomainError:
        return  # a calendar that hardly ever works, on which no limit can be counted: no fault of a rung
    if complete and any(user.procedure for user in users):
        for code in unheard:
            _refuse_unheard(draft, (*path, places[code], "before"), rungs[places[code]], users)


def _distinct(users: Sequence[User], rungs: Sequence[Rung]) -> list[User]:
    """Return one user of each limit, calendar and set of conditions that can be met."""
    kept: dict[tuple[object, ...], User] = {}
    for user in users:
        met = tuple(user.may_meet(rung.when) for rung in rungs)
        kept.setdefault((user.limit, user.rules, id(user.calendar), met), user)
    return list(kept.values())


def _plans(users: Sequence[User], rungs: Sequence[Rung]) -> Iterator[Planned]:
    for user in users:
        ladder = [rung for rung in rungs if user.may_meet(rung.when)]
        for received in _receipts(user.calendar, in_hours=user.limit.unit in SECONDS_OF):
            deadline = derive(user.limit, received, user.calendar, user.rules)
            if deadline is not None:
                yield Planned(user, received, plan(ladder, deadline, user.calendar, counting_from=received))


def _receipts(calendar: WorkingCalendar, *, in_hours: bool) -> Iterator[datetime]:
    """Yield moments of receipt: two fortnights of the last known year, one before Tết and one in summer."""
    year = (calendar.known_until or _LAST_KNOWN).year
    for begin in (date(year, 1, 14), date(year, 6, 1)):
        for n in range(1, _DAYS + 1):
            opening = calendar.opening_of(calendar.add_days(begin, n))
            for hours in _INTO_THE_DAY if in_hours else (0,):
                yield calendar.add_time(opening, hours * 3600 * SECOND)


class _Judge:
    """Refuse each pair of rungs once, whichever dossier shows what is wrong with it."""

    def __init__(self, draft: Draft[LaddersFile], path: Path, places: dict[str, int]) -> None:
        self.draft, self.path, self.places = draft, path, places
        self.refused: set[frozenset[str]] = set()

    def judge(self, planned: Planned) -> None:
        """Look at every two rungs of a representative dossier that can both be told."""
        for early, late in combinations(planned.rungs, 2):
            pair = frozenset((early.rung.code, late.rung.code))
            if len(pair) == 2 and pair not in self.refused and _meet(early.rung, late.rung):  # noqa: PLR2004 - a pair
                shared = [role for role in late.rung.roles if role in early.rung.roles]
                if early.at == late.at and shared:
                    self._refuse_same(planned, early, late, shared[0])
                    self.refused.add(pair)
                elif (
                    early.at < late.at
                    and early.rung.level >= late.rung.level
                    and (shared or not (early.repeat or late.repeat))
                ):
                    self._refuse_level(planned, early, late)
                    self.refused.add(pair)

    def _refuse_same(self, planned: Planned, early: PlannedRung, late: PlannedRung, role: str) -> None:
        first, second = sorted((early, late), key=lambda entry: self.places[entry.rung.code])
        self.draft.refuse(
            self._path(second, "roles"),
            found=say("told_at_once", role=role, code=first.code),
            expected=say("once_at_a_moment"),
            advice=self._why(planned, first, second),
        )

    def _refuse_level(self, planned: Planned, early: PlannedRung, late: PlannedRung) -> None:
        self.draft.refuse(
            self._path(late, "level"),
            found=say("level_after", level=late.rung.level, other=early.rung.level, code=early.code),
            expected=say("levels_ascend"),
            advice=self._why(planned, early, late),
        )

    def _path(self, entry: PlannedRung, key: str) -> Path:
        return (*self.path, self.places[entry.rung.code], key)

    def _why(self, planned: Planned, early: PlannedRung, late: PlannedRung) -> Said:
        """Show the dossier, where the order cannot be read in the file."""
        if early.rung.order[0] == late.rung.order[0] and not (early.repeat or late.repeat):
            return NOTHING
        first, second = (_moment_of(entry, planned.user.calendar) for entry in (early, late))
        return say(
            "for_dossier", dossier=planned.words, moments=say("two_moments", first=first, second=second)
        )


def _moment_of(entry: PlannedRung, calendar: WorkingCalendar) -> Said:
    at = calendar.local(entry.at)
    return say("comes_due", code=entry.code, time=f"{at:%H:%M}", day=at.date())


def _meet(one: Rung, other: Rung) -> bool:
    """Say whether one dossier can be told both: their conditions do not exclude each other."""
    if one.when is None or other.when is None:
        return True
    wanted = (
        (one.when.units, other.when.units),
        (one.when.channels, other.when.channels),
        (one.when.still_at, other.when.still_at),
    )
    return all(not a or not b or not set(a).isdisjoint(b) for a, b in wanted)


def _refuse_unheard(draft: Draft[LaddersFile], path: Path, rung: Rung, users: Sequence[User]) -> None:
    meant = [user for user in users if user.may_meet(rung.when)]
    if not meant:
        return  # noted where the names of its condition are checked
    longest = max(meant, key=_length)
    used_by = listed(sorted({user.procedure for user in meant}))
    draft.refuse(
        path,
        found=say("never_due", code=rung.code),
        expected=say("within_longest", limit=limit_text(longest.limit)),
        advice=say("is_for", names=used_by),
    )


def _length(user: User) -> timedelta:
    received = next(_receipts(user.calendar, in_hours=False))
    deadline = derive(user.limit, received, user.calendar, user.rules)
    return deadline.due_at - received if deadline else timedelta(0)
