"""The dossiers of the demonstration: each tells one story, placed around today by the office's own rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from typing import TYPE_CHECKING, Final, Literal

from domain.deadline import derive
from domain.ladder import come_due, plan
from domain.time_limit import Unit
from domain.timetable import wall_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config.sla import Sla
    from domain.procedure import ProcedureVersion
    from domain.working_calendar import WorkingCalendar

Told = Literal["escalation", "reminder", "apology", "nothing"]

_MORNING: Final = 8 * 3600
_A_MINUTE_OR_TWO: Final = 97
_PLACES: Final = range(-9, 16)
"""Working days from today on which dossiers of the demonstration are due."""
_SEVERAL: Final = {"escalation": 3, "reminder": 8, "apology": 8, "nothing": 6}
_CLOSED: Final = 140
# Of ten results six come the day before, three on the due day, one the day after (working days, hour).
_RESULTS: Final = ((-1, 10),) * 6 + ((0, 15),) * 3 + ((1, 9),)
_STATUS: Final = {
    "processing": "Đang xử lý",
    "finished": "Đã xử lý xong",
    "suspended": "Tạm dừng xử lý",
    "supplement": "Yêu cầu bổ sung giấy tờ",
    "withdrawn": "Công dân yêu cầu rút hồ sơ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Hold one dossier: what its row says, and what people must hear of it (`told`).

    `highest` is the code of the last rung that has passed, empty if none has.
    """

    procedure: ProcedureVersion
    officer: str
    accepted: datetime
    due_on: date
    told: Told
    highest: str = ""
    status: str = "processing"
    finished: datetime | None = None

    @property
    def status_words(self) -> str:
        """Return the status as the one-stop software words it."""
        return _STATUS[self.status]


@dataclass(frozen=True, kw_only=True)
class Storyteller:
    """Place stories around `now` (aware) for an office."""

    sla: Sla
    now: datetime

    @property
    def calendar(self) -> WorkingCalendar:
        """Return the office's calendar."""
        return self.sla.calendar

    def stories(self) -> list[Story]:
        """Return a few hundred stories, open ones first; the same moment gives the same stories."""
        return [*self._open(), *self._standing_still(), *self._closed()]

    def _open(self) -> Iterator[Story]:
        for place in _PLACES:
            due_on = self._place(place)
            # Received before today: the limit is longer than the days that are left.
            fitting = self._procedures(shortest=max(place, 3) + 1)
            told, _ = self._told(fitting[0], due_on)
            turned = fitting[place % len(fitting) :] + fitting
            for procedure in islice(cycle(turned), _SEVERAL[told]):
                told, highest = self._told(procedure, due_on)
                yield self._story(procedure, due_on, told=told, highest=highest)

    def _standing_still(self) -> Iterator[Story]:
        procedures = cycle(self._procedures(shortest=7))
        for number, status in enumerate(("suspended", "supplement", "withdrawn") * 5):
            yield self._story(next(procedures), self._place(1 + number % 5), told="nothing", status=status)

    def _closed(self) -> Iterator[Story]:
        procedures = cycle(self._procedures(shortest=3))
        for number in range(_CLOSED):
            due_on = self._place(-3 - number % 40)
            days, hour = _RESULTS[number % len(_RESULTS)]
            finished = wall_time(self.calendar.add_days(due_on, days), hour * 3600, self.calendar.zone)
            yield self._story(next(procedures), due_on, told="nothing", status="finished", finished=finished)

    def _procedures(self, *, shortest: int) -> list[ProcedureVersion]:
        """Return the procedures in force today whose limit is so many working days or more; never none."""
        today = self.calendar.local(self.now).date()
        found = [
            version
            for versions in self.sla.procedures.values()
            for version in versions
            if version.in_force_on(today)
            and version.in_force_on(today - timedelta(days=120))
            and version.limit.unit is Unit.WORKING_DAYS
            and version.ladder == "default"
        ]
        fitting = [version for version in found if version.limit.amount >= shortest]
        return sorted(fitting or found, key=lambda version: version.code)

    def _place(self, working_days: int) -> date:
        today = self.calendar.local(self.now).date()
        return self.calendar.add_days(self.calendar.roll(today), working_days)

    def _accepted(self, procedure: ProcedureVersion, due_on: date, minute: int = 0) -> datetime:
        day = self.calendar.add_days(due_on, -procedure.limit.amount)
        return wall_time(day, _MORNING + minute * 60, self.calendar.zone).astimezone(UTC)

    def _told(self, procedure: ProcedureVersion, due_on: date) -> tuple[Told, str]:
        accepted = self._accepted(procedure, due_on)
        deadline = derive(procedure.limit, accepted, self.calendar, procedure.rules)
        if deadline is None:
            return "nothing", ""
        ladder = self.sla.ladders[procedure.ladder]
        planned = plan(ladder, deadline, self.calendar, counting_from=accepted)
        passed = come_due(planned, (), now=self.now)
        return (passed[-1].rung.kind, passed[-1].code) if passed else ("nothing", "")

    def _story(
        self,
        procedure: ProcedureVersion,
        due_on: date,
        *,
        told: Told,
        highest: str = "",
        status: str = "processing",
        finished: datetime | None = None,
    ) -> Story:
        officers = [
            person.code
            for person in self.sla.lines.people
            if person.unit == procedure.unit and person.role == "officer"
        ]
        number = due_on.toordinal() * 7 + int(procedure.code.replace(".", "")[-4:])
        return Story(
            procedure=procedure,
            officer=officers[number % len(officers)] if officers else "",
            accepted=self._accepted(procedure, due_on, minute=number * _A_MINUTE_OR_TWO % 180),
            due_on=due_on,
            told=told,
            highest=highest,
            status=status,
            finished=finished,
        )
