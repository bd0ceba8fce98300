"""What stands alike moves together, as if each had been judged alone: dates, events, hashes and notices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.builders import OFFICE, local, row
from tests.integration.use_cases.test_follow import (
    AFTER_STORM,
    NOON,
    YEAR,
    clock_at,
    consistent,
    due,
    followed,
)
from tests.office_texts import LADDERS_FILE, OFFICE_FILE, YEAR_FILE, procedure
from workers.store.stale_clocks import Sought
from workers.use_cases.follow import BATCH, Followed, follow
from workers.use_cases.office import load_office
from workers.use_cases.recording import Recorder, record
from workers.use_cases.redating import Judge
from workers.use_cases.redating_alike import Together

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork
    from workers.store.clocks import Clock
    from workers.store.events import Entry
    from workers.store.versions import Said

DAY = '  {{ date = 2019-06-{}, kind = "off", name = "Bão", source = "luat", verified = "yes" }},\n'
EVERY = Sought(number=2, every=True)
PART = LADDERS_FILE.replace('before = "2 working_days"\n', 'at = "30 %"\n')


def off(*days: str) -> dict[str, str]:
    lines = "".join(DAY.format(day) for day in days)
    return {YEAR: YEAR_FILE.replace("days = [\n", f"days = [\n{lines}")}


def many(office: OfficeAtWork) -> list[str]:
    """Take in dossiers that stand alike, and some that do not: paused, stopped, appointed anew, in hours."""
    rows = [
        *(row(f"HS-{n}", accepted=f"03/06/2019 {7 + n % 4:02}:{10 + n}") for n in range(8)),
        *(row(f"T-{n}", accepted=f"04/06/2019 08:{10 + n}", officer="land.2") for n in range(4)),
        *(
            row(f"G-{n}", procedure="1.004", unit="civil", accepted=f"03/06/2019 08:{10 + n}")
            for n in range(3)
        ),
        row("H-1", procedure="1.002", accepted="03/06/2019 16:00"),
        row("N-1", procedure="1.003"),
        row("P-1"),
        row("W-1"),
        row("A-1"),
    ]
    office.take_in(*rows, now="04/06/2019 09:00")
    office.event("suspended", "P-1", at="04/06/2019 09:10", now="04/06/2019 09:10")
    office.event("resumed", "P-1", at="05/06/2019 09:10", now="05/06/2019 09:10")
    office.event("suspended", "W-1", at="04/06/2019 09:10", now="04/06/2019 09:10")
    office.event(
        "reappointed", "A-1", at="05/06/2019 09:00", now="05/06/2019 09:00", appointed_on="2019-06-25"
    )
    return [one["code"] for one in rows]


def said_of(office: OfficeAtWork) -> Said:
    with office.store.read(OFFICE) as work:
        version = work.versions.active()
    assert version is not None
    return version.said


def one_by_one(office: OfficeAtWork, codes: list[str], now: str) -> dict[str, tuple[Entry, Clock | None]]:
    """Return the event and the clock that each dossier gets when it is judged alone."""
    loaded = load_office(office.store, OFFICE)
    judge = Judge(office=loaded, said=said_of(office), now=local(now))
    found = {}
    for code in codes:
        stored, clock = office.stored(code), office.clock(code)
        assert clock is not None
        verdict = judge.verdict(stored, clock)
        if verdict is not None:
            change = judge.change(verdict, stored, clock, "ops")
            found[code] = change.entries[-1], change.standing.clock
    return found


@pytest.mark.parametrize("batch", [3, BATCH])
def test_each_has_the_event_the_hash_and_the_clock_it_would_have_alone(
    office: OfficeAtWork, batch: int
) -> None:
    codes, now = many(office), "05/06/2019 10:00"
    office.configure(now="05/06/2019 09:30", **off("06", "12"))
    alone = one_by_one(office, codes, now)
    before = {code: office.history(code) for code in codes}
    done = follow(office.store, OFFICE, clock=clock_at(now), batch=batch)
    assert {"HS-0", "T-0", "P-1", "W-1", "A-1"} <= alone.keys() < set(codes)
    assert (done.moved, done.failed) == (len(alone), {})
    for code in codes:
        new = office.history(code)[len(before[code]) :]
        assert new == ([alone[code][0]] if code in alone else [])
        if code in alone:
            assert office.clock(code) == alone[code][1]
    assert consistent(office)


def test_terms_given_to_open_dossiers_bind_all_of_a_group(office: OfficeAtWork) -> None:
    office.take_in(*(row(f"HS-{n}", accepted=f"03/06/2019 08:{10 + n}") for n in range(4)))
    files = {"ten": procedure("1.001", "6 working_days")}
    office.configure(now="04/06/2019 08:00", **files)
    with office.store.begin(OFFICE) as work:
        said = replace(said_of(office), also_open=("1.001",), document="1/TB")
        number = work.versions.append(load_office(office.store, OFFICE).sla.files, "x", said, now=local(NOON))
        work.commit()
    assert followed(office).moved == 4
    assert {due(office, f"HS-{n}") for n in range(4)} == {local("12/06/2019")}
    assert {office.stored(f"HS-{n}").bound_under for n in range(4)} == {number}
    assert {office.kinds(f"HS-{n}")[-1] for n in range(4)} == {"terms_changed"}
    assert consistent(office)


def test_what_was_to_be_told_of_the_old_date_is_told_of_none_of_them(office: OfficeAtWork) -> None:
    codes = [f"HS-{n}" for n in range(3)]
    office.take_in(*map(row, codes))
    office.act(*codes, now="13/06/2019 07:00")
    assert {state for code in codes for _, _, state in office.told(code)} == {"planned"}
    office.configure(now="13/06/2019 07:30", **off("14"))
    assert followed(office, now="13/06/2019 07:40").moved == 3
    assert {state for code in codes for _, _, state in office.told(code)} == {"cancelled"}
    assert {clock.epoch for code in codes if (clock := office.clock(code))} == {1}


def test_one_to_which_something_happened_since_keeps_all_of_the_page_from_moving_together(
    office: OfficeAtWork,
) -> None:
    codes = ["HS-1", "HS-2", "HS-3"]
    office.take_in(*map(row, codes))
    office.configure(now="04/06/2019 08:00", **AFTER_STORM)
    loaded, now = load_office(office.store, OFFICE), local(NOON)
    judge = Judge(office=loaded, said=said_of(office), now=now)
    with office.store.begin(OFFICE) as work:
        assert work.alike.turn(EVERY, after="", limit=10) == ("HS-3", 3)
        (group,) = work.alike.groups()
        moving, one_by_one_ = Together(ladders=False, actor="ops").sort([group], work, judge)
        assert ([one.size for one, _ in moving], one_by_one_) == ([3], [])
        stored, clocks = work.dossiers.load(["HS-2"])["HS-2"], work.clocks.load(["HS-2"])["HS-2"]
        verdict = judge.verdict(stored, clocks)
        assert verdict is not None
        record([judge.change(verdict, stored, clocks, "somebody")], work)
        assert not work.alike.move(moving, now=now, actor="ops", sla_version=2)
        work.commit()
    assert [office.kinds(code)[1:] for code in codes] == [[], ["calendar_changed"], []]
    assert [due(office, code) for code in codes] == [
        local("18/06/2019"),
        local("19/06/2019"),
        local("18/06/2019"),
    ]
    assert followed(office).moved == 2
    assert consistent(office)


def test_the_one_looked_at_for_all_may_not_have_changed_either(office: OfficeAtWork) -> None:
    office.take_in(row("HS-1"), row("HS-2"))
    office.configure(now="04/06/2019 08:00", **AFTER_STORM)
    loaded = load_office(office.store, OFFICE)
    judge = Judge(office=loaded, said=said_of(office), now=local(NOON))
    with office.store.begin(OFFICE) as work:
        work.alike.turn(EVERY, after="", limit=10)
        groups = work.alike.groups()
        stored, clock = work.dossiers.load(["HS-1"])["HS-1"], work.clocks.load(["HS-1"])["HS-1"]
        verdict = judge.verdict(stored, clock)
        assert verdict is not None
        recorder = Recorder(office=loaded, actor="somebody", now=local(NOON))
        assert recorder.now == judge.now
        record([judge.change(verdict, stored, clock, "somebody")], work)
        found = Together(ladders=False, actor="ops").sort(groups, work, judge)
        assert (found.moving, work.alike.members(found.one_by_one)) == ([], ["HS-1", "HS-2"])


def test_a_rung_that_comes_sooner_is_looked_at_in_time_though_no_date_moves(office: OfficeAtWork) -> None:
    office.configure(now="01/06/2019 08:00", ten=procedure("1.001", "12 calendar_days"))
    codes = ["HS-1", "HS-2", "HS-3"]
    office.take_in(*map(row, codes))
    dates = {due(office, code) for code in codes}
    assert dates == {local("18/06/2019")}
    office.configure(now="04/06/2019 08:00", ten=procedure("1.001", "12 calendar_days"), **off("14"))
    done = followed(office)
    assert (done.looked_at, done.moved) == (3, 0)
    assert {due(office, code) for code in codes} == dates
    assert {clock.next_action_at for code in codes if (clock := office.clock(code))} == {
        local("12/06/2019 07:00")
    }


def test_where_reminders_are_parts_of_the_limit_nobody_is_looked_at_too_late(office: OfficeAtWork) -> None:
    files = {"ladders.toml": PART, "hours": procedure("1.002", "30 hours")}
    office.configure(now="01/06/2019 08:00", **files)
    codes = [f"HS-{n}" for n in range(6)]
    office.take_in(*(row(code, accepted=f"03/06/2019 07:{10 * n + 5:02}") for n, code in enumerate(codes)))
    office.configure(now="04/06/2019 08:00", **files, **AFTER_STORM)
    alone = one_by_one(office, codes, NOON)
    assert followed(office).moved == 6
    for code in codes:
        clock, expected = office.clock(code), alone[code][1]
        assert clock is not None
        assert expected is not None
        assert clock.next_action_at is not None
        assert expected.next_action_at is not None
        assert clock.next_action_at <= expected.next_action_at


def test_an_office_whose_days_keep_the_hour_of_receipt_is_judged_one_by_one(office: OfficeAtWork) -> None:
    kept = {"office.toml": f'{OFFICE_FILE}\n[counting]\ntime_of_day = "kept"\n'}
    office.configure(now="01/06/2019 08:00", **kept)
    codes = [f"HS-{n}" for n in range(4)]
    office.take_in(*(row(code, accepted=f"03/06/2019 08:{10 + n}") for n, code in enumerate(codes)))
    office.configure(now="04/06/2019 08:00", **kept, **AFTER_STORM)
    assert followed(office).moved == 4
    assert [due(office, code) for code in codes] == [local(f"18/06/2019 08:{10 + n}") for n in range(4)]
    assert consistent(office)


def test_notices_go_on_between_the_pages_of_a_following(office: OfficeAtWork) -> None:
    codes = [f"HS-{n}" for n in range(6)]
    office.take_in(*map(row, codes))
    office.configure(now="12/06/2019 08:00", **off("14"))
    told: list[int] = []

    def work_goes_on(_: Followed) -> None:
        office.act(*office.sweep(now="13/06/2019 07:00"), now="13/06/2019 07:00")
        told.append(sum(len(office.notices(code)) for code in codes))

    follow(office.store, OFFICE, clock=clock_at("13/06/2019 07:00"), batch=2, progress=work_goes_on)
    assert (len(told), told[0], told[-1]) == (4, 6, 10)
    # Of the date it has each is told once; what was claimed for the one it had is cancelled.
    states = [state for code in codes for _, _, state in office.told(code)]
    assert sorted(states) == ["cancelled"] * 4 + ["planned"] * 6
    assert consistent(office)
