"""Rules edited, planned, applied, killed, resumed and taken back in any order: plan and outcome agree."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from config.sla import parse
from domain.event import OF_RULES
from domain.hash_chain import NO_HASH
from tests.builders import LEASE, OFFICE, ZONE, OfficeAtWork, local
from tests.ruled_office import KilledError, MortalStore, Rules, arrivals, named, rules
from workers.store.events import canonical, digest_of, source_of
from workers.store.notices import UNSENT
from workers.store.unit_of_work import Store
from workers.store.versions import Said
from workers.use_cases.act import act_on_batch
from workers.use_cases.follow import LEASE as FOLLOWING
from workers.use_cases.follow import follow
from workers.use_cases.office import load_office
from workers.use_cases.plan import Plan, Planner
from workers.use_cases.put_in_force import going_back, put_in_force, reaching
from workers.use_cases.rebuild import rebuild
from workers.use_cases.redating import Judge
from workers.use_cases.sweep import sweep_dossiers

if TYPE_CHECKING:
    from tests.databases import PostgresServer
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.events import Entry
    from workers.use_cases.plan import Move

pytestmark = pytest.mark.timeout(600)
PERIOD = (local("15/05/2019"), local("15/07/2019"))
KINDS = (
    *("suspended", "resumed", "supplement_requested", "supplemented", "reappointed", "officer_changed"),
    *("handed_over", "finished", "withdrawn", "consultation_requested", "consultation_answered"),
)
SAYS = {
    "reappointed": {"appointed_on": "2019-07-02"},
    "officer_changed": {"officer": "land.2"},
    "handed_over": {"unit": "civil"},
}
Dates = dict[str, datetime | None]


@dataclass
class Pending:
    """Hold what was planned for the version in force, and what has happened to dossiers since."""

    number: int
    plan: Plan
    moves: dict[str, Move]
    before: Dates
    events: dict[str, int]
    goes_back_to: int | None
    touched: set[str] = field(default_factory=set)


class RulesAtWork(RuleBasedStateMachine):
    """Change the rules of an office whose dossiers go on meanwhile, in a database of its own."""

    template: ClassVar[Path]
    server: ClassVar[PostgresServer]

    def database(self) -> str:
        """Make an empty database and return its URL."""
        shutil.copy(self.template, self.folder / "one.db")
        return f"sqlite:///{self.folder / 'one.db'}"

    @initialize(first=rules, found=st.lists(arrivals(3) | arrivals(4), min_size=3, max_size=8))
    def open_office(self, first: Rules, found: list[dict[str, str]]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dunghan-rules-"))
        self.url, self.now = self.database(), local("05/06/2019 10:00")
        self.office = OfficeAtWork(Store(self.url), self.folder)
        said = Said(author="ops", reason="đầu tiên")
        put_in_force(self.office.store, parse(first.files()), said, base=0, now=local("01/06/2019 07:00"))
        self.codes: list[str] = []
        self.arrive(found)
        self.dates: dict[int, Dates] = {1: self.due()}
        self.touched: dict[int, set[str]] = {1: set()}
        self.closed: dict[str, tuple[Stored, list[Entry]]] = {}
        self.pending: Pending | None = None

    def teardown(self) -> None:
        if hasattr(self, "office"):
            self.office.store.dispose()
            shutil.rmtree(self.folder)

    def arrive(self, found: list[dict[str, str]]) -> None:
        new = named(found, len(self.codes))
        done = self.office.take_in(*new, now=f"{self.now.astimezone(ZONE):%d/%m/%Y %H:%M}")
        assert not done.report.refused
        self.codes += [one["code"] for one in new]

    def clocks(self) -> dict[str, Clock]:
        with self.office.store.read(OFFICE) as work:
            return work.clocks.load(self.codes)

    def due(self) -> Dates:
        return {code: clock.due_at for code, clock in self.clocks().items()}

    def moves_by_rules(self) -> dict[str, int]:
        with self.office.store.read(OFFICE) as work:
            found = work.events.histories(self.codes)
        return {code: sum(one.event.kind in OF_RULES for one in entries) for code, entries in found.items()}

    def plan_and_put(self, files: dict[str, str], said: Said, *, recorded: bool = False) -> None:
        """Plan a configuration and put it in force, behind one that all may not have followed yet."""
        moves: dict[str, Move] = {}
        sla, office = parse(files, recorded=recorded), load_office(self.office.store, OFFICE)
        before, events = self.due(), self.moves_by_rules()
        plan = Planner(
            store=self.office.store,
            office=office,
            sla=sla,
            said=said,
            now=self.now,
            period=PERIOD,
            on_move=lambda move: moves.update({move.stored.dossier.code: move}),
        ).plan()
        assert (plan.failed, self.due(), self.moves_by_rules()) == ({}, before, events)
        made = put_in_force(self.office.store, sla, said, base=office.version, now=self.now)
        assert made.what in ("in_force", "unchanged")
        if made.what == "in_force":
            self.pending = Pending(made.number, plan, moves, before, events, said.back_to)

    def follow(self, lives: int | None) -> None:
        """Let dossiers follow, killed in the transaction after so many; None: to the end."""
        self.now += FOLLOWING + timedelta(minutes=1)
        store = self.office.store if lives is None else MortalStore(self.url, lives)
        try:
            done = follow(store, OFFICE, clock=lambda: self.now, batch=2)
        except KilledError:
            return
        finally:
            if store is not self.office.store:
                store.dispose()
        assert (done.done, done.failed) == (True, {})
        if self.pending is not None:
            self.compare(self.pending)
        self.pending = None

    def compare(self, pending: Pending) -> None:
        """Compare what was planned with what has become of every dossier to which nothing else happened."""
        after, events = self.due(), self.moves_by_rules()
        for code in pending.before.keys() - pending.touched:
            move = pending.moves.get(code)
            planned = (move.is_due and move.is_due.due_at) if move else pending.before[code]
            assert after[code] == planned, code
            assert events[code] - pending.events[code] == (1 if move else 0), code
        if not pending.touched:
            with self.office.store.read(OFFICE) as work:
                version = work.versions.active()
            assert version is not None
            assert (version.number, version.moved) == (pending.number, pending.plan.moved)
        if (old := pending.goes_back_to) is not None:
            same = self.dates[old].keys() & after.keys() - self.touched[old]
            assert {code: after[code] for code in same} == {code: self.dates[old][code] for code in same}
        self.dates[pending.number], self.touched[pending.number] = after, set()
        self.nobody_is_left()

    def nobody_is_left(self) -> None:
        """Ask of every open dossier whether the calendars in force would still move it."""
        judge = Judge(
            office=load_office(self.office.store, OFFICE), said=Said(author="x", reason="x"), now=self.now
        )
        for code, clock in self.clocks().items():
            assert judge.verdict(self.office.stored(code), clock) is None, code

    @rule(change=rules, lives=st.none() | st.integers(0, 4))
    def apply(self, change: Rules, lives: int | None) -> None:
        with self.office.store.read(OFFICE) as work:
            names = reaching(work, tuple(change.also_open))
        self.plan_and_put(change.files(), Said(author="ops", reason="thử", document="1/TB", also_open=names))
        self.follow(lives)

    @rule(
        there=st.lists(rules, min_size=2, max_size=3), steps=st.integers(1, 2), lives=st.none() | st.just(1)
    )
    def there_and_back(self, there: list[Rules], steps: int, lives: int | None) -> None:
        for change in there:
            self.apply(change, None)
        self.back_to(sorted(self.dates)[-1 - min(steps, len(self.dates) - 1)], lives)

    @precondition(lambda self: self.pending is not None)
    @rule(lives=st.none() | st.integers(0, 2))
    def resume(self, lives: int | None) -> None:
        self.follow(lives)

    @precondition(lambda self: self.pending is None)
    @rule(data=st.data(), lives=st.none() | st.integers(0, 3))
    def go_back(self, data: st.DataObject, lives: int | None) -> None:
        self.back_to(data.draw(st.sampled_from(sorted(self.dates))), lives)

    def back_to(self, number: int, lives: int | None) -> None:
        with self.office.store.read(OFFICE) as work:
            sla, names = going_back(work, number)
        said = Said(author="ops", reason="quay lại", back_to=number, also_open=names)
        self.plan_and_put(dict(sla.files), said, recorded=True)
        self.follow(lives)

    @rule(data=st.data(), kind=st.sampled_from(KINDS), minutes=st.integers(1, 600))
    def something_happens(self, data: st.DataObject, kind: str, minutes: int) -> None:
        code = data.draw(st.sampled_from(self.codes))
        self.now += timedelta(minutes=minutes)
        at, known = f"{self.now.astimezone(ZONE):%d/%m/%Y %H:%M}", len(self.office.history(code))
        self.office.event(kind, code, at=at, now=at, **SAYS.get(kind, {}))
        history = self.office.history(code)
        if len(history) == known:
            return  # the law or the history does not allow it
        for touched in (*self.touched.values(), *([self.pending.touched] if self.pending else [])):
            touched.add(code)
        if code not in self.clocks():
            self.closed[code] = self.office.stored(code), history

    @rule(found=st.lists(arrivals(5), min_size=1, max_size=2))
    def somebody_comes(self, found: list[dict[str, str]]) -> None:
        if len(self.codes) < 12:
            self.now = max(self.now, local("05/06/2019 17:00"))
            self.arrive(found)

    @rule(hours=st.integers(1, 80))
    def the_office_works(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        codes = sweep_dossiers(self.office.store, OFFICE, now=self.now, lease=LEASE)
        act_on_batch(self.office.store, OFFICE, codes, now=self.now, lease=LEASE)

    @invariant()
    def the_history_replays_to_the_same_state(self) -> None:
        if hasattr(self, "office"):
            found = rebuild(self.office.store, OFFICE, write=False)
            assert (found.differing, found.failed) == ({}, {})

    @invariant()
    def every_event_is_bound_to_the_one_before(self) -> None:
        if not hasattr(self, "office"):
            return
        with self.office.store.read(OFFICE) as work:
            histories = work.events.histories(self.codes)
        for code, entries in histories.items():
            previous = NO_HASH
            for seq, one in enumerate(entries, 1):
                source = source_of(one.recorded_at, one.actor, one.sla_version)
                data = canonical(one.event.data)
                previous = digest_of(previous, one.event, code=code, seq=seq, source=source, data=data)
                assert (one.seq, one.hash, one.data) == (seq, previous, data)

    @invariant()
    def what_is_closed_is_never_touched(self) -> None:
        for code, (stored, history) in getattr(self, "closed", {}).items():
            assert (self.office.stored(code), self.office.history(code)) == (stored, history)

    @invariant()
    def nothing_is_told_of_a_date_that_is_over(self) -> None:
        for code, clock in self.clocks().items() if hasattr(self, "office") else ():
            for notice in self.office.notices(code):
                assert notice.epoch == clock.epoch or notice.state not in UNSENT


class RulesOnPostgresql(RulesAtWork):
    """Do the same where others may write at the same time."""

    def database(self) -> str:
        """Make an empty database and return its URL."""
        return self.server.database()

    def teardown(self) -> None:
        super().teardown()
        if hasattr(self, "url"):
            self.server.drop(self.url)


@pytest.fixture(scope="module", autouse=True)
def _databases(sqlite_template: Path, postgresql: PostgresServer) -> None:
    RulesAtWork.template, RulesAtWork.server = sqlite_template, postgresql


def _settings(examples: int) -> settings:
    every = list(HealthCheck)
    return settings(max_examples=examples, stateful_step_count=10, suppress_health_check=every)


RulesAtWork.TestCase.settings = _settings(15)
RulesOnPostgresql.TestCase.settings = _settings(4)
TestRulesAtWork = RulesAtWork.TestCase
TestRulesOnPostgresql = RulesOnPostgresql.TestCase
