"""A plan tells what applying then does: the same dossiers, dates, notices and rates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from config.sla import parse
from tests.builders import OFFICE, OfficeAtWork, local, row
from tests.integration.use_cases.test_follow import AFTER_STORM, consistent, due
from tests.office_texts import LADDERS_FILE, PEOPLE_FILE, YEAR_FILE, office_files, procedure
from workers.store.versions import Said
from workers.use_cases.act import act_on_batch
from workers.use_cases.follow import follow
from workers.use_cases.office import load_office
from workers.use_cases.overview import counts_by_unit
from workers.use_cases.plan import Plan, Planner
from workers.use_cases.put_in_force import put_in_force
from workers.use_cases.sweep import sweep_dossiers

if TYPE_CHECKING:
    from workers.store.notices import Notice
    from workers.use_cases.forecast import Letter
    from workers.use_cases.plan import Move

NOW = "04/06/2019 12:00"
LEASE = timedelta(minutes=2)
T_2 = ("HS-1", "t-2")
PERIOD = (local("15/05/2019"), local("15/06/2019"))


@dataclass
class Change:
    """Plan and apply one changed configuration of the small office."""

    office: OfficeAtWork
    files: dict[str, str]
    also_open: tuple[str, ...] = ()
    now: str = NOW
    moves: list[Move] = field(default_factory=list)
    letters: list[tuple[Letter, bool]] = field(default_factory=list)

    @property
    def said(self) -> Said:
        return Said(author="ops", reason="thử", document="1/TB", also_open=self.also_open)

    def plan(self) -> Plan:
        return Planner(
            store=self.office.store,
            office=load_office(self.office.store, OFFICE),
            sla=parse(self.files),
            said=self.said,
            now=local(self.now),
            period=PERIOD,
            on_move=self.moves.append,
            on_letter=lambda letter, comes: self.letters.append((letter, comes)),
        ).plan()

    def apply(self) -> int:
        base = load_office(self.office.store, OFFICE).version
        made = put_in_force(self.office.store, parse(self.files), self.said, base=base, now=local(self.now))
        assert made.what == "in_force"
        done = follow(self.office.store, OFFICE, clock=lambda: local(self.now))
        assert done.done
        return done.moved


def told_until(office: OfficeAtWork, begin: datetime, until: datetime) -> Counter[tuple[str, str, str]]:
    """Sweep and act as a worker does between two moments; count the messages claimed."""
    seen = {notice.id for notice in notices(office)}
    told: Counter[tuple[str, str, str]] = Counter()
    at: datetime | None = begin
    while at is not None and at <= until:
        codes = sweep_dossiers(office.store, OFFICE, now=at, lease=LEASE)
        act_on_batch(office.store, OFFICE, codes, now=at, lease=LEASE)
        new = [notice for notice in notices(office) if notice.id not in seen]
        seen |= {notice.id for notice in new}
        told.update((n.code, n.rung, n.recipient) for n in new if n.state == "planned")
        at = next_look(office, at)
    return told


def notices(office: OfficeAtWork) -> list[Notice]:
    with office.store.read(OFFICE) as work:
        return work.notices.of_office()


def next_look(office: OfficeAtWork, after: datetime) -> datetime | None:
    with office.store.read(OFFICE) as work:
        codes = work.dossiers.codes(limit=1000)
        clocks = work.clocks.load(codes).values()
    moments = [clock.next_action_at for clock in clocks if clock.next_action_at is not None]
    return min((max(at, after + timedelta(seconds=1)) for at in moments), default=None)


def five(office: OfficeAtWork) -> None:
    office.take_in(
        row(),
        row("HS-2", procedure="1.004", unit="civil", officer="civil.1"),
        row("HS-3", procedure="1.003"),
        row("HS-4", officer="land.2", accepted="28/05/2019 08:00"),
        row("HS-5", finished="03/06/2019 08:30", status="Đã xử lý xong"),
    )


def test_nothing_new_moves_nothing(office: OfficeAtWork) -> None:
    five(office)
    plan = Change(office, office_files()).plan()
    assert (plan.moved, plan.looked_at, plan.changes) == (0, 0, ())
    assert (plan.gone, plan.new, plan.counts_before) == (Counter(), Counter(), plan.counts_after)


def test_a_plan_writes_nothing(office: OfficeAtWork) -> None:
    five(office)
    before = everything(office)
    Change(office, office_files(**AFTER_STORM)).plan()
    assert (everything(office), load_office(office.store, OFFICE).version) == (before, 1)


def everything(office: OfficeAtWork) -> list[object]:
    codes = [f"HS-{n}" for n in range(1, 6)]
    return [(office.stored(code), office.clock(code), office.kinds(code)) for code in codes]


def test_a_storm_says_who_moves_from_when_to_when_and_why(office: OfficeAtWork) -> None:
    five(office)
    change = Change(office, office_files(**AFTER_STORM))
    plan = change.plan()
    assert (plan.moved, plan.later, plan.become_overdue) == (1, 1, 0)
    (move,) = change.moves
    assert move.was_due is not None
    assert move.is_due is not None
    assert (move.was_due.due_on.day, move.is_due.due_on.day) == (17, 18)
    assert move.why == "12/06/2019 nghỉ (Bão số 1)"
    assert [(one.file, one.what, one.old, one.new[:15]) for one in plan.changes] == [
        ("calendar/2019.toml", "ngày › 12/06/2019", "", "ngày 12/06/2019"),
    ]
    assert change.apply() == 1
    assert due(office) == local("19/06/2019")


def test_a_day_off_taken_back_makes_overdue_what_had_time(office: OfficeAtWork) -> None:
    office.configure(now="01/06/2019 08:00", **AFTER_STORM)
    follow(office.store, OFFICE, clock=lambda: local("01/06/2019 08:00"))
    office.take_in(row())
    change = Change(office, office_files(), now="18/06/2019 09:00")
    plan = change.plan()
    assert (plan.moved, plan.earlier, plan.become_overdue, plan.no_longer_overdue) == (1, 1, 1, 0)
    assert change.moves[0].becomes == "overdue"
    assert (plan.counts_before.pending_in_time, plan.counts_after.pending_overdue) == (1, 1)
    change.apply()
    _, rows = counts_by_unit(office.store, OFFICE, now=local(change.now), begin=PERIOD[0], end=PERIOD[1])
    assert sum(counts.pending_overdue for _, counts in rows) == 1
    assert office.history()[-1].event.data["due_after"] == "2019-06-17"


CHANGES = {
    "a storm": AFTER_STORM,
    "a make-up Saturday": {
        "calendar/2019.toml": YEAR_FILE.replace(
            "days = [\n",
            'days = [\n  { date = 2019-06-08, kind = "swap_work", name = "Bù", source = "luat", '
            'verified = "yes" },\n',
        )
    },
    "another officer": {"people.toml": PEOPLE_FILE.replace('"land.2"', '"land.3"')},
    "an earlier reminder": {"ladders.toml": LADDERS_FILE.replace('"2 working_days"', '"4 working_days"')},
    "one person less": {"ladders.toml": LADDERS_FILE.replace('["officer", "head"]', '["head"]')},
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_notices_of_the_days_ahead_are_those_that_then_go_out(office: OfficeAtWork, name: str) -> None:
    five(office)
    told_until(office, local("03/06/2019 10:00"), local(NOW))
    change = Change(office, office_files(**CHANGES[name]))
    plan = change.plan()
    change.apply()
    counted = told_until(office, local(NOW), plan.window.until)
    gone = Counter((one.code, one.rung, one.recipient) for one, comes in change.letters if not comes)
    new = Counter((one.code, one.rung, one.recipient) for one, comes in change.letters if comes)
    assert sum(counted.values()) <= plan.letters_after
    assert not set(counted) & (set(gone) - set(new))
    assert set(new) <= set(counted)


def test_a_new_limit_reaches_open_dossiers_only_when_somebody_says_so(office: OfficeAtWork) -> None:
    five(office)
    shorter = office_files(ten=procedure("1.001", "8 working_days"))
    plan = Change(office, shorter).plan()
    assert (plan.moved, plan.bound_before) == (0, {"1.001": 2})
    change = Change(office, shorter, also_open=("1.001",))
    plan = change.plan()
    assert (plan.moved, plan.earlier, plan.bound_before) == (2, 2, {})
    assert {move.why for move in change.moves} == {"thời hạn 10 ngày làm việc → 8 ngày làm việc"}
    assert change.apply() == 2
    assert due(office) == local("14/06/2019")
    assert office.kinds() == ["accepted", "terms_changed"]
    data = office.history()[-1].event.data
    assert (data["due_before"], data["due_after"], data["document"]) == ("2019-06-17", "2019-06-13", "1/TB")
    assert office.kinds("HS-5") == ["accepted", "finished"]
    assert office.stored().bound_under == 2
    assert consistent(office)


def test_what_was_bound_anew_stays_so_and_a_later_calendar_moves_it_too(office: OfficeAtWork) -> None:
    office.take_in(row())
    Change(office, office_files(ten=procedure("1.001", "8 working_days")), also_open=("1.001",)).apply()
    storm = office_files(ten=procedure("1.001", "3 working_days"), **AFTER_STORM)
    Change(office, storm, now="04/06/2019 13:00").apply()
    assert due(office) == local("15/06/2019")
    assert office.kinds() == ["accepted", "terms_changed", "calendar_changed"]
    assert consistent(office)


def test_a_procedure_that_is_gone_cannot_bind_anybody_and_that_is_said(office: OfficeAtWork) -> None:
    office.take_in(row())
    change = Change(office, office_files(ten=""), also_open=("1.001",))
    plan = change.plan()
    assert (plan.moved, list(plan.failed)) == (0, ["HS-1"])
    change.apply()
    assert due(office) == local("18/06/2019")


def test_what_waits_for_the_morning_is_planned_for_whom_the_new_rules_mean(office: OfficeAtWork) -> None:
    mornings = PEOPLE_FILE.replace('"at_once"', '"next_morning"')
    ladders = {"ladders.toml": LADDERS_FILE.replace('before = "2 working_days"', 'before = "23 hours"')}
    office.configure(now="01/06/2019 08:00", **ladders, **{"people.toml": mornings})
    five(office)
    now = "13/06/2019 09:00"  # T-2 of HS-1 came due at 08:00 and waits for the morning
    told_until(office, local("03/06/2019 10:00"), local(now))
    files = office_files(**ladders, **{"people.toml": mornings.replace("land.1", "land.9")})
    change = Change(office, files, now=now)
    change.plan()
    of_rung = [(one.recipient, comes) for one, comes in change.letters if (one.code, one.rung) == T_2]
    assert sorted(of_rung) == [("land.1", False), ("land.2", True), ("land.9", True)]
    change.apply()
    counted = told_until(office, local(now), local("13/06/2019 10:00"))
    assert {recipient for *rung, recipient in counted if tuple(rung) == T_2} == {"land.2", "land.9"}
