"""An office with a reform plan at work: it imports, is told states, reminds, delivers, keeps its mails."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tests.builders import LEASE, OFFICE, ZONE, delivery, local, mail_by
from tests.office_texts import LADDERS_FILE, OFFICE_FILE, PEOPLE_FILE
from tests.reform_plans import YEAR, plan_file
from workers.use_cases.office import record_configuration
from workers.use_cases.reform_import import PlanImported, import_plan
from workers.use_cases.reform_plan import NewState, StateSet, set_state, tasks_of
from workers.use_cases.reform_remind import remind_of_tasks
from workers.use_cases.sweep import sweep_notices

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from domain.reform_plan import ReformTask, TaskState
    from tests.reform_plans import Row
    from workers.notify.channel import Letter
    from workers.store.notices import Notice
    from workers.store.reform import TaskEntry
    from workers.store.unit_of_work import Store
    from workers.use_cases.tokens import Tokens

AREAS: Final = """
[areas.rules]
name = "Cải cách thể chế"
[areas.procedures]
name = "Cải cách thủ tục hành chính"
aliases = ["Cải cách TTHC"]
"""
REFORM_LADDER: Final = """
[ladders.reform]
name = "Kế hoạch"

[[ladders.reform.rungs]]
code = "r-5"
before = "5 working_days"
kind = "reminder"
roles = ["head"]
level = 1
template = "reform_task"

[[ladders.reform.rungs]]
code = "r+1"
after = "1 working_days"
kind = "escalation"
roles = ["head"]
level = 2
template = "reform_task"
acknowledge_within = "8 hours"

[[ladders.reform.rungs]]
code = "r+5"
after = "5 working_days"
kind = "escalation"
roles = ["head"]
level = 3
template = "reform_task"
repeat = { every = "5 working_days", at_most = 2 }
"""
OPS: Final = (
    '\n[[people]]\ncode = "ops"\nrole = "ops"\nunit = "top"\nemail = "ops@example.invalid"\n'
    'delivery = "at_once"\n'
)
CIVIL_HEAD: Final = (
    '\n[[people]]\ncode = "civil.head"\nrole = "head"\nunit = "civil"\nemail = "civil.head@example.invalid"\n'
    'delivery = "working_hours"\n'
)
FILES: Final = {
    "office.toml": f'{OFFICE_FILE}\n[[roles]]\ncode = "ops"\ntitle = "Vận hành"\n{AREAS}',
    "people.toml": PEOPLE_FILE + CIVIL_HEAD + OPS,
    "ladders.toml": LADDERS_FILE + REFORM_LADDER,
}
HEADS: Final = (
    *("STT", "Nhiệm vụ", "Lĩnh vực", "Sản phẩm"),
    *("Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành"),
)


def task_row(
    number: int,
    title: str = "Rà soát thủ tục",
    deadline: str = "Quý II",
    *,
    lead: str = "P. Đất đai",
    area: str = "Cải cách TTHC",
) -> Row:
    """Return a row of a plan with an area in each row."""
    return (number, title, area, "Báo cáo", lead, "", deadline)


class ReformOffice:
    """Drive the plan of one office; letters are kept in `sent`."""

    def __init__(self, store: Store, folder: Path, files: dict[str, str]) -> None:
        self.store, self.folder, self.files = store, folder, files
        self.sent: list[Letter] = []
        self.tokens: Tokens | None = None
        self.configure("01/01/2019 07:00")

    def configure(self, now: str, **files: str) -> None:
        """Put the configuration in force, with some files otherwise."""
        self.files |= files
        record_configuration(self.store, self.files, author="ops", reason="thử", now=local(now))

    def take_in(
        self, rows: Iterable[Row], *, now: str = "02/01/2019 08:00", on: date | None = None
    ) -> PlanImported:
        """Import a plan at a moment."""
        path = plan_file(self.folder / "plan.xlsx", rows, heads=HEADS, title="")
        return self.import_path(path, now=now, on=on)

    def import_path(self, path: Path, *, now: str, on: date | None = None) -> PlanImported:
        """Import a file as the plan of 2019."""
        return import_plan(self.store, OFFICE, path, YEAR, on=on, actor="test", now=local(now))

    def set(self, code: str, state: TaskState, on: str, *, now: str, document: str = "") -> StateSet:
        """Record a state of a task, since a local day, at a moment."""
        day = datetime.strptime(on, "%d/%m/%Y").replace(tzinfo=ZONE).date()
        said = NewState(state=state, on=day, reason="thử", document=document)
        return set_state(self.store, OFFICE, code, said, actor="test", now=local(now))

    def remind(self, now: str) -> list[int]:
        """Do what beat does in a minute for the plan."""
        return remind_of_tasks(self.store, OFFICE, now=local(now), lease=LEASE, gather=timedelta())

    def tick(self, now: str) -> None:
        """Remind, and deliver what may go."""
        ids = self.remind(now)
        waiting = sweep_notices(self.store, OFFICE, now=local(now) + LEASE, lease=LEASE)
        post = delivery(self.store, mail_by(self), lambda: local(now), tokens=self.tokens)
        post.deliver(OFFICE, [*ids, *waiting])

    def send(self, letter: Letter) -> None:
        """Take a letter, as a mail server does."""
        self.sent.append(letter)

    def close(self) -> None:
        """Nothing is kept."""

    def to(self, person: str) -> list[Letter]:
        """Return the letters one person got."""
        return [letter for letter in self.sent if letter.to == f"{person}@example.invalid"]

    def told(self, code: str) -> list[tuple[str, str, str]]:
        """Return (rung, recipient, state) of what was told of a task."""
        return [(one.rung, one.recipient, one.state) for one in self.notices(code)]

    def notices(self, code: str) -> Sequence[Notice]:
        """Return everything that was or will be told of a task."""
        with self.store.read(OFFICE) as work:
            return work.notices.of_dossier(code)

    def history(self, code: str) -> list[TaskEntry]:
        """Return the recorded events of a task."""
        with self.store.read(OFFICE) as work:
            return work.reform.history(code)

    def tasks(self) -> dict[str, ReformTask]:
        """Return the tasks of the plan as they stand, by code."""
        with self.store.read(OFFICE) as work:
            return {task.code: task for task in tasks_of(work, YEAR)}
