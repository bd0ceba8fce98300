"""An escalation is acknowledged once, by somebody it concerns; what nobody acknowledges goes up the line."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from domain.errors import HistoryError
from tests.builders import OFFICE, OfficeAtWork, local, row
from tests.escalating import ASKING, TOLD, Escalating, escalating
from workers.use_cases.rebuild import rebuild

DONE = {"finished": "18/06/2019 09:00", "status": "Đã xử lý xong"}
ITSELF = [("t+1", "land.1"), ("t+1", "land.head")]
CHAIR, OPS = ("t+1^1", "top.chair"), ("t+1^2", "civil.ops")


@pytest.fixture
def late(office: OfficeAtWork) -> Escalating:
    """HS-1 was due on the 17th."""
    return escalating(office)


def refusal(late: Escalating, by: str = "land.head", *, now: str = "18/06/2019 09:00", **more: str) -> str:
    with pytest.raises(HistoryError) as caught:
        late.answer(by, now=now, **more)
    return caught.value.message


def test_what_nobody_acknowledges_goes_up_level_by_level_at_its_moments(late: Escalating) -> None:
    late.tick(TOLD)
    assert (late.told(), late.next_look()) == (ITSELF, "18/06/2019 11:00")
    late.tick("18/06/2019 10:59")
    assert late.told() == ITSELF
    late.tick("18/06/2019 11:00")
    assert late.told() == [*ITSELF, CHAIR]
    # The chairman reads his mail in the morning: he has four hours from then.
    assert late.next_look() == "19/06/2019 11:00"
    late.tick("19/06/2019 11:00")
    assert late.told() == [*ITSELF, CHAIR, OPS]
    assert late.next_look() == "20/06/2019 07:00"
    late.tick("24/06/2019 08:00")
    assert [rung for rung, _ in late.told()] == ["t+1", "t+1", "t+1^1", "t+1^2", "t+3"]


def test_acknowledged_in_time_it_goes_nowhere_and_it_is_recorded_who_and_when(late: Escalating) -> None:
    late.tick(TOLD)
    (made,) = late.answer(now="18/06/2019 10:59")
    assert (made.rung, made.by, made.outcome) == ("t+1", "land.head", "recorded")
    entry = late.office.history()[-1]
    assert (entry.event.kind, entry.actor) == ("acknowledged", "cli:lan")
    said = {"rung": "t+1", "level": "3", "epoch": "0", "by": "land.head", "way": "cli"}
    assert (dict(entry.event.data), entry.event.occurred_at) == (said, local("18/06/2019 10:59"))
    told = [one for one in late.office.notices() if one.kind == "escalation"]
    assert {(one.acknowledged_by, one.acknowledged_at) for one in told} == {
        ("land.head", local("18/06/2019 10:59"))
    }
    late.tick("18/06/2019 11:00")
    late.tick("19/06/2019 11:00")
    assert (late.told(), late.next_look()) == (ITSELF, "20/06/2019 07:00")


def test_acknowledging_moves_neither_the_dates_nor_the_epoch(late: Escalating) -> None:
    late.tick(TOLD)
    before, dossier = late.office.clock(), late.office.stored().dossier
    late.answer(now="18/06/2019 09:00")
    after, then = late.office.clock(), late.office.stored().dossier
    assert before is not None
    assert after is not None
    assert (after.due_at, after.epoch, after.step_due_at) == (before.due_at, before.epoch, before.step_due_at)
    assert then._replace(acknowledged=()) == dossier


def test_twice_or_by_somebody_else_changes_nothing_more(late: Escalating) -> None:
    late.tick(TOLD)
    late.answer(now="18/06/2019 09:00")
    for by in ("land.head", "land.1"):
        (again,) = late.answer(by, now="18/06/2019 10:00")
        assert (again.outcome, again.by, again.at) == ("already", "land.head", local("18/06/2019 09:00"))
    assert late.office.kinds().count("acknowledged") == 1


def test_late_is_recorded_too_and_stops_the_levels_above(late: Escalating) -> None:
    late.tick(TOLD)
    late.tick("18/06/2019 11:00")
    (made,) = late.answer("top.chair", now="18/06/2019 15:00")
    assert (made.rung, made.outcome) == ("t+1", "recorded")
    late.tick("19/06/2019 11:00")
    assert late.told() == [*ITSELF, CHAIR]


def test_a_higher_rung_acknowledged_answers_for_the_lower(late: Escalating) -> None:
    late.tick(TOLD)
    late.tick("18/06/2019 10:00")
    late.office.act(now="20/06/2019 07:00")
    (made,) = late.answer(now="20/06/2019 08:00")
    assert made.rung == "t+3"
    assert late.answer("land.1", now="20/06/2019 09:00")[0].outcome == "already"


def test_who_was_told_of_the_lower_rung_alone_acknowledges_that_one(late: Escalating) -> None:
    late.tick(TOLD)
    late.office.act(now="20/06/2019 07:00")
    assert late.answer("land.1", now="20/06/2019 08:00")[0].rung == "t+1"
    assert late.answer("land.head", now="20/06/2019 08:00", rung="t+1")[0].outcome == "already"


@pytest.mark.parametrize("by", ["land.1", "land.head", "top.head", "top.chair"])
def test_those_who_were_told_and_their_superiors_may(late: Escalating, by: str) -> None:
    late.tick(TOLD)
    assert late.answer(by, now="18/06/2019 09:00")[0].by == by


def test_nobody_else_may(late: Escalating) -> None:
    late.tick(TOLD)
    for by in ("land.2", "civil.1", "civil.ops", "nobody"):
        assert refusal(late, by) == "may_not_acknowledge"
    assert "acknowledged" not in late.office.kinds()


def test_what_cannot_be_acknowledged_is_refused_in_a_sentence(late: Escalating) -> None:
    assert refusal(late) == "nothing_to_acknowledge"
    late.tick(TOLD)
    assert refusal(late, rung="t+9") == "nothing_to_acknowledge"
    assert refusal(late, step="a") == "nothing_to_acknowledge"
    assert refusal(late, code="HS-404") == "unknown_dossier"
    late.office.take_in(row(**DONE), now="18/06/2019 09:30")
    assert refusal(late, now="18/06/2019 10:00") == "closed"
    assert "acknowledged" not in late.office.kinds()


def test_a_due_date_that_moved_makes_what_was_acknowledged_void(late: Escalating) -> None:
    late.tick(TOLD)
    late.answer(now="18/06/2019 09:00")
    late.office.event(
        "reappointed", at="18/06/2019 09:30", now="18/06/2019 09:30", appointed_on="2019-06-21", forced_by="a"
    )
    assert refusal(late, now="18/06/2019 10:00") == "nothing_to_acknowledge"
    late.tick("24/06/2019 07:00")
    late.tick("24/06/2019 11:00")
    assert late.told()[-1] == CHAIR


def test_an_outage_over_the_telling_gives_everybody_their_time_all_the_same(late: Escalating) -> None:
    late.tick("19/06/2019 10:00")
    assert (late.told(), late.next_look()) == (ITSELF, "19/06/2019 16:00")
    late.tick("19/06/2019 16:00")
    assert late.told() == [*ITSELF, CHAIR]


def test_an_outage_over_the_moment_delays_the_level_and_loses_nothing(late: Escalating) -> None:
    late.tick(TOLD)
    late.tick("20/06/2019 09:00")
    assert late.told() == [*ITSELF, CHAIR, ("t+3", "land.head")]
    chair = late.notice(*CHAIR)
    assert (chair.planned_at, chair.created_at) == (local("18/06/2019 11:00"), local("20/06/2019 09:00"))
    assert late.next_look() == "21/06/2019 11:00"


def test_somebody_new_who_is_told_later_is_given_time_too(late: Escalating) -> None:
    late.tick(TOLD)
    late.office.event("officer_changed", at="18/06/2019 09:00", now="18/06/2019 09:00", officer="land.2")
    late.tick("18/06/2019 09:00")
    assert ("t+1", "land.2") in late.told()
    assert late.next_look() == "18/06/2019 15:00"


def test_looking_again_in_between_does_not_put_the_moment_off(late: Escalating) -> None:
    late.tick(TOLD)
    for hour in ("08", "09", "10"):
        late.tick(f"18/06/2019 {hour}:00")
        assert late.next_look() == "18/06/2019 11:00"


REPEATED = 'repeat = { every = "1 hours", at_most = 5, until = "acknowledged" }'


def test_an_acknowledgement_stops_what_is_repeated_until_then(office: OfficeAtWork) -> None:
    late = escalating(office, ladders=ASKING.replace('acknowledge_within = "4 hours"', REPEATED))
    late.tick(TOLD)
    late.tick("18/06/2019 08:00")
    assert {rung for rung, _ in late.told()} == {"t+1", "t+1#1"}
    (made,) = late.answer(now="18/06/2019 08:30", rung="t+1#1")
    assert (made.rung, made.outcome) == ("t+1", "recorded")
    late.tick("18/06/2019 09:00")
    late.tick("19/06/2019 09:00")
    assert {rung for rung, _ in late.told()} == {"t+1", "t+1#1"}


def test_what_asks_for_an_answer_is_not_repeated_once_it_has_one(office: OfficeAtWork) -> None:
    asks = 'acknowledge_within = "4 hours"'
    often = REPEATED.replace(', until = "acknowledged"', "")
    late = escalating(office, ladders=ASKING.replace(asks, f"{asks}\n{often}"))
    late.tick(TOLD)
    late.tick("18/06/2019 08:00")
    late.answer(now="18/06/2019 08:30")
    late.tick("18/06/2019 09:00")
    late.tick("19/06/2019 09:00")
    assert {rung for rung, _ in late.told()} == {"t+1", "t+1#1"}


def test_a_reminder_repeated_until_then_can_be_acknowledged_too(office: OfficeAtWork) -> None:
    late = escalating(office, ladders=ASKING.replace('on = "due_day"', f'before = "4 hours"\n{REPEATED}'))
    late.tick("17/06/2019 15:10")
    (made,) = late.answer("land.1", now="17/06/2019 15:20")
    assert (made.rung, made.outcome) == ("due", "recorded")
    late.tick("17/06/2019 16:30")
    assert [one.rung for one in office.notices() if one.kind == "reminder"] == ["due", "due#1", "due#2"]


def test_what_is_repeated_goes_up_once_and_not_once_a_repeat(office: OfficeAtWork) -> None:
    late = escalating(office, ladders=ASKING.replace("acknowledge_within", f"{REPEATED}\nacknowledge_within"))
    late.tick(TOLD)
    late.deliver("18/06/2019 07:05")
    late.tick("18/06/2019 08:00")
    # The repeat gives no more time than what was told before it.
    assert late.notice("t+1#1", "land.head").asked_until == local("18/06/2019 11:00")
    for hour in ("09", "10", "11", "13", "14"):
        late.tick(f"18/06/2019 {hour}:00")
    assert [told for told in late.told() if "^" in told[0]] == [CHAIR]
    assert late.notice(*CHAIR).planned_at == local("18/06/2019 11:00")


def test_where_only_a_repeat_was_told_its_own_time_counts(office: OfficeAtWork) -> None:
    late = escalating(office, ladders=ASKING.replace("acknowledge_within", f"{REPEATED}\nacknowledge_within"))
    late.tick("18/06/2019 09:30")  # the machine stood still: what came due before is told in one mail
    assert late.notice("t+1", "land.head").state == "covered"
    assert late.next_look() == "18/06/2019 10:00"
    late.deliver("18/06/2019 09:35")
    for at in ("10:00", "11:00", "14:00", "15:30"):
        late.tick(f"18/06/2019 {at}")
    assert late.notice(*CHAIR).planned_at == local("18/06/2019 15:30")


def test_many_who_acknowledge_at_once_are_one(late: Escalating) -> None:
    late.tick(TOLD)
    people = ["land.1", "land.head", "top.head", "top.chair"] * 2

    with ThreadPoolExecutor(6) as threads:
        made = [one for (one,) in threads.map(lambda by: late.answer(by, now="18/06/2019 09:00"), people)]
    assert [one.outcome for one in made].count("recorded") == 1
    assert len({one.by for one in made}) == 1
    assert late.office.kinds().count("acknowledged") == 1


def test_acknowledging_while_sweeps_act_neither_loses_nor_doubles_anything(office: OfficeAtWork) -> None:
    late = escalating(office)
    codes = [f"HS-{n}" for n in range(2, 10)]
    office.take_in(*(row(code) for code in codes))
    for code in codes:
        late.tick(TOLD, code)
    now = "18/06/2019 11:00"

    def work(turn: int) -> None:
        if turn % 2:
            office.act(*codes, now=now)
        else:
            for code in codes[turn // 2 :: 2]:
                late.answer(now=now, code=code)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(4)))
    office.act(*codes, now="19/06/2019 11:00")
    for code in codes:
        # At 11:00 sharp it was too late: the chairman is told, and nobody above him.
        assert late.told(code=code) == [*ITSELF, CHAIR]
        assert office.kinds(code).count("acknowledged") == 1


def test_the_tables_follow_from_the_events(late: Escalating) -> None:
    late.tick(TOLD)
    late.answer(now="18/06/2019 09:00")
    found = rebuild(late.office.store, OFFICE, write=False)
    assert (found.differing, found.failed) == ({}, {})
    with late.office.store.begin(OFFICE) as work:
        stored = late.office.stored()
        work.dossiers.update([replace(stored, dossier=stored.dossier._replace(acknowledged=()))])
        work.commit()
    assert rebuild(late.office.store, OFFICE, write=True).differing == {"HS-1": ("acknowledged",)}
    assert late.office.stored().dossier.acknowledged[0].by == "land.head"
