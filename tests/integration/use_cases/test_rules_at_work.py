"""Rules edited, planned, applied, killed, resumed and taken back in any order: plan and outcome agree."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from config.sla import parse
from tests.builders import OFFICE, ZONE, OfficeAtWork, local, row
from tests.office_texts import YEAR_FILE, office_files, procedure
from workers.store import schema
from workers.store.unit_of_work import Store
from workers.store.versions import Said
from workers.use_cases.follow import LEASE, Followed, follow
from workers.use_cases.office import load_office
from workers.use_cases.plan import Planner
from workers.use_cases.put_in_force import going_back, put_in_force, reaching
from workers.use_cases.rebuild import rebuild

if TYPE_CHECKING:
    from workers.use_cases.plan import Move

CODES = tuple(f"HS-{n}" for n in range(6))
DAYS = ("2019-06-06", "2019-06-08", "2019-06-12", "2019-06-13", "2019-06-15")
PROCEDURES = ("1.001", "1.001", "1.004")
PERIOD = (local("15/05/2019"), local("15/07/2019"))
LIMITS = ("6 working_days", "10 working_days", "12 calendar_days")


def files_with(days: frozenset[str], limit: str) -> dict[str, str]:
    """Return the office whose weekdays of `days` are off and Saturdays are worked."""
    lines = "".join(
        f'  {{ date = {day}, kind = "{"swap_work" if day[-2:] in ("08", "15") else "off"}", name = "N", '
        'source = "luat", verified = "yes" },\n'
        for day in sorted(days)
    )
    year = YEAR_FILE.replace("days = [\n", f"days = [\n{lines}")
    return office_files(ten=procedure("1.001", limit), **{"calendar/2019.toml": year})


class RulesAtWork(RuleBasedStateMachine):
    """Change the rules of an office with six open dossiers, in a database of its own."""

    @initialize()
    def open_office(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dunghan-rules-"))
        url = f"sqlite:///{self.folder / 'one.db'}"
        schema.upgrade(url)
        self.office = OfficeAtWork(Store(url), self.folder)
        self.office.configure()
        self.office.take_in(
            *[
                row(code, procedure=PROCEDURES[n % 3], accepted=f"0{3 + n % 2}/06/2019 08:00")
                for n, code in enumerate(CODES)
            ],
            now="04/06/2019 09:00",
        )
        self.now = local("04/06/2019 10:00")
        self.touched: set[str] = set()
        self.dates: dict[int, dict[str, datetime | None]] = {1: self.due()}

    def teardown(self) -> None:
        if hasattr(self, "office"):
            self.office.store.dispose()
            shutil.rmtree(self.folder)

    def due(self) -> dict[str, datetime | None]:
        with self.office.store.read(OFFICE) as work:
            return {code: clock.due_at for code, clock in work.clocks.load(CODES).items()}

    def put(self, files: dict[str, str], said: Said) -> int:
        office = load_office(self.office.store, OFFICE)
        made = put_in_force(self.office.store, parse(files), said, base=office.version, now=self.now)
        assert made.what in ("in_force", "unchanged")
        return made.number

    def follow(self, *, killed_after: int | None = None) -> Followed:
        self.now += LEASE + timedelta(minutes=1)

        def progress(so_far: Followed) -> None:
            if killed_after is not None and so_far.looked_at >= killed_after:
                raise InterruptedError

        try:
            return follow(self.office.store, OFFICE, clock=lambda: self.now, batch=2, progress=progress)
        except InterruptedError:
            return Followed()

    @rule(
        days=st.frozensets(st.sampled_from(DAYS), max_size=3),
        limit=st.sampled_from(LIMITS),
        also_open=st.booleans(),
        killed_after=st.sampled_from([None, None, 2, 4]),
    )
    def apply(self, days: frozenset[str], limit: str, also_open: bool, killed_after: int | None) -> None:  # noqa: FBT001 - as Hypothesis calls it
        files = files_with(days, limit)
        with self.office.store.read(OFFICE) as work:
            names = reaching(work, ("1.001",) if also_open else ())
        said = Said(author="ops", reason="thử", also_open=names)
        moves: dict[str, Move] = {}
        before = self.due()
        plan = Planner(
            store=self.office.store,
            office=load_office(self.office.store, OFFICE),
            sla=parse(files),
            said=said,
            now=self.now,
            period=PERIOD,
            on_move=lambda move: moves.update({move.stored.dossier.code: move}),
        ).plan()
        number = self.put(files, said)
        if killed_after is not None:
            self.follow(killed_after=killed_after)
        self.follow()
        after = self.due()
        assert plan.failed == {}
        assert {code for code in after if after[code] != before[code]} <= set(moves)
        for code, due_at in after.items():
            planned = moves[code].is_due if code in moves else None
            assert due_at == (planned.due_at if planned else before[code])
        self.dates[number] = after

    @precondition(lambda self: len(self.dates) > 1)
    @rule(data=st.data())
    def go_back(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.dates)))
        with self.office.store.read(OFFICE) as work:
            sla, names = going_back(work, number)
        said = Said(author="ops", reason="quay lại", back_to=number, also_open=names)
        made = self.put(dict(sla.files), said)
        self.follow()
        after = self.due()
        untouched = set(after) - self.touched
        if number == 1:  # what was bound anew since is bound as it was: as at acceptance
            assert {code: after[code] for code in untouched} == {
                code: self.dates[1][code] for code in untouched
            }
        self.dates[made] = after

    @rule(code=st.sampled_from(CODES))
    def something_happens(self, code: str) -> None:
        self.now += timedelta(minutes=1)
        if self.office.stored(code).dossier.is_open:
            self.office.event(
                "finished", code, at=f"{self.now.astimezone(ZONE):%d/%m/%Y %H:%M}", now="30/06/2019 08:00"
            )
            self.touched.add(code)

    @invariant()
    def the_history_replays_to_the_same_state(self) -> None:
        if hasattr(self, "office"):
            found = rebuild(self.office.store, OFFICE, write=False)
            assert (found.differing, found.failed) == ({}, {})


RulesAtWork.TestCase.settings = settings(
    max_examples=8, stateful_step_count=6, deadline=None, suppress_health_check=list(HealthCheck)
)
TestRulesAtWork = RulesAtWork.TestCase
