"""Where a dossier stands: in one place at any moment, by the law or by its slip."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from domain.on_time_rate import Counts
from domain.tally import Counted, counts_of, judged_by_slip, stand_of

if TYPE_CHECKING:
    from domain.tally import Against, Stand

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DUE = datetime(2019, 6, 17, 17, tzinfo=UTC)
BEFORE = DUE - timedelta(microseconds=1)
ACCEPTED = datetime(2019, 6, 3, 1, tzinfo=UTC)


def counted(**changes: Any) -> Counted:
    plain: dict[str, Any] = {
        "code": "HS-1",
        "procedure": "1.001",
        "procedure_version": "2019-01-01",
        "sla_version": 1,
        "unit": "land",
        "accepted_at": ACCEPTED,
        "due_at": DUE,
    }
    return Counted(**plain | changes)


@pytest.mark.parametrize(
    ("changes", "at", "expected"),
    [
        ({}, BEFORE, "pending_in_time"),
        ({}, DUE, "pending_overdue"),
        ({"due_at": None}, DUE, "pending_no_limit"),
        ({"stopped_since": BEFORE, "stopped_by": "suspended"}, DUE, "waiting"),
        ({"stopped_since": BEFORE, "due_at": None}, DUE, "waiting"),
        ({"stopped_since": DUE}, DUE, "pending_overdue"),
        ({"stopped_since": DUE}, BEFORE, "pending_in_time"),
        ({"outcome": "withdrawn", "finished_at": BEFORE}, DUE, "withdrawn"),
        ({"outcome": "finished", "finished_at": BEFORE, "timing": "early"}, DUE, "early"),
        ({"outcome": "finished", "finished_at": BEFORE, "timing": "on_time"}, DUE, "on_time"),
        ({"outcome": "refused", "finished_at": DUE, "timing": "late"}, DUE, "late"),
        ({"outcome": "finished", "finished_at": DUE, "timing": "no_limit"}, DUE, "resolved_no_limit"),
        # What does not agree with itself has no place: it is never counted as a success.
        ({"outcome": "finished", "finished_at": BEFORE}, DUE, None),
        ({"outcome": "finished", "finished_at": BEFORE, "timing": "strange"}, DUE, None),
        ({"ticking": False, "due_at": None}, DUE, None),
    ],
)
def test_a_dossier_stands_in_one_place(changes: dict[str, Any], at: datetime, expected: Stand | None) -> None:
    assert stand_of(counted(**changes), at=at) == expected


def test_a_dossier_adds_one_to_its_stand_and_to_the_parts_it_is_of() -> None:
    begin = ACCEPTED + timedelta(days=1)
    refused = counted(outcome="refused", finished_at=BEFORE, timing="early")
    assert counts_of(refused, "early", begin=None) == Counts(early=1, refused=1)
    assert counts_of(refused, "early", begin=begin) == Counts(early=1, refused=1, carried_in=1)
    assert counts_of(refused, "early", begin=ACCEPTED) == Counts(early=1, refused=1)
    waits = counted(stopped_since=BEFORE, stopped_by="supplement")
    assert counts_of(waits, "waiting", begin=None) == Counts(waiting=1)
    rests = waits._replace(stopped_by="financial_obligation")
    assert counts_of(rests, "waiting", begin=None) == Counts(waiting=1, suspended=1)
    gone = counted(outcome="withdrawn", finished_at=BEFORE)
    assert counts_of(gone, "withdrawn", begin=begin) == Counts(withdrawn=1)


# The slip says 10:00 on 14 June, Vietnamese time.
HOUR = datetime(2019, 6, 14, 3, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("finished", "by_hour", "by_day"),
    [
        (HOUR - timedelta(days=1), "early", "early"),
        (HOUR - SECOND, "on_time", "on_time"),
        (HOUR, "on_time", "on_time"),
        (HOUR + SECOND, "late", "on_time"),
        (datetime(2019, 6, 14, 16, 59, 59, tzinfo=UTC), "late", "on_time"),
        (datetime(2019, 6, 14, 17, tzinfo=UTC), "late", "late"),
    ],
)
def test_the_hour_and_the_day_on_the_slip_judge_otherwise(
    finished: datetime, by_hour: str, by_day: str
) -> None:
    done = counted(
        promised_at="2019-06-14T10:00:00+07:00", outcome="finished", finished_at=finished, timing="late"
    )
    assert judged_by_slip(done, "slip", HANOI).timing == by_hour
    assert judged_by_slip(done, "slip-day", HANOI).timing == by_day


def test_a_slip_that_says_a_day_alone_means_all_of_it() -> None:
    done = counted(
        promised_at="2019-06-14T00:00:00+07:00/day",
        outcome="finished",
        finished_at=datetime(2019, 6, 14, 16, tzinfo=UTC),
    )
    both: tuple[Against, ...] = ("slip", "slip-day")
    assert [judged_by_slip(done, against, HANOI).timing for against in both] == ["on_time", "on_time"]


def test_an_open_dossier_is_overdue_by_its_slip_once_the_promise_has_passed() -> None:
    open_one = judged_by_slip(counted(promised_at="2019-06-14T10:00:00+07:00"), "slip", HANOI)
    assert stand_of(open_one, at=HOUR) == "pending_in_time"
    assert stand_of(open_one, at=HOUR + SECOND) == "pending_overdue"


def test_what_was_refused_while_it_waited_is_judged_by_when_the_waiting_began() -> None:
    refused = counted(
        promised_at="2019-06-14T10:00:00+07:00",
        outcome="refused",
        stopped_since=HOUR - SECOND,
        finished_at=HOUR + timedelta(days=30),
        timing="early",
    )
    assert judged_by_slip(refused, "slip", HANOI).timing == "on_time"


def test_without_a_promise_there_is_nothing_to_be_late_against() -> None:
    done = counted(outcome="finished", finished_at=DUE, timing="late")
    assert stand_of(judged_by_slip(done, "slip", HANOI), at=DUE) == "resolved_no_limit"
    assert stand_of(judged_by_slip(counted(), "slip", HANOI), at=DUE) == "pending_no_limit"
    gone = counted(outcome="withdrawn", finished_at=DUE)
    assert stand_of(judged_by_slip(gone, "slip", HANOI), at=DUE) == "withdrawn"
    promised = gone._replace(promised_at="2019-06-14T10:00:00+07:00")
    assert stand_of(judged_by_slip(promised, "slip", HANOI), at=DUE) == "withdrawn"
