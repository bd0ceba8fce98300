"""Form II.06a: what a dossier adds to which column, the identities, and the stands taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from domain.form_06a import COLUMNS, SUMS, Stands, broken, columns_of
from domain.tally import Counted

if TYPE_CHECKING:
    from domain.tally import Stand

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
BEGIN = datetime(2019, 5, 31, 17, tzinfo=UTC)
DUE = datetime(2019, 6, 17, 17, tzinfo=UTC)
BY_LAW = Stands()


def counted(**changes: Any) -> Counted:
    plain: dict[str, Any] = {
        "code": "HS-1",
        "procedure": "1.001",
        "procedure_version": "2019-01-01",
        "sla_version": 1,
        "unit": "land",
        "accepted_at": datetime(2019, 6, 3, 1, tzinfo=UTC),
        "due_at": DUE,
    }
    return Counted(**plain | changes)


def closed(timing: str | None, **changes: Any) -> Counted:
    return counted(
        outcome="finished", finished_at=datetime(2019, 6, 3, 9, tzinfo=UTC), timing=timing, **changes
    )


@pytest.mark.parametrize(
    ("what", "stand", "expected"),
    [
        (counted(channel="online"), "pending_in_time", (3, 4, 11, 12)),
        (counted(channel="direct"), "pending_overdue", (3, 5, 11, 13)),
        (counted(channel="post"), "waiting", (3, 5, 11, 12)),
        (counted(), "pending_no_limit", (3, 5, 11, 12)),
        (closed("early"), "early", (3, 5, 7, 8)),
        (closed("on_time"), "on_time", (3, 5, 7, 9)),
        (closed("late"), "late", (3, 5, 7, 10)),
        (closed("no_limit"), "resolved_no_limit", (3, 5, 7, 9)),
        (counted(accepted_at=BEGIN - timedelta(microseconds=1), channel="online"), "waiting", (3, 6, 11, 12)),
        (counted(accepted_at=BEGIN), "waiting", (3, 5, 11, 12)),
    ],
)
def test_a_dossier_adds_one_to_four_columns(what: Counted, stand: Stand, expected: tuple[int, ...]) -> None:
    columns = columns_of(what, stand, begin=BEGIN)
    assert columns == expected
    assert broken(dict.fromkeys(columns, 1)) == ()


def test_without_a_beginning_nothing_is_carried_in() -> None:
    assert columns_of(counted(), "waiting", begin=None) == (3, 5, 11, 12)


@pytest.mark.parametrize(
    ("what", "stand", "identity"),
    [
        (closed(None), None, "7=8+9+10"),
        (closed("late"), "waiting", "7=8+9+10"),
        (counted(), None, "11=12+13"),
    ],
)
def test_a_dossier_whose_facts_do_not_agree_breaks_an_identity(
    what: Counted, stand: Stand | None, identity: str
) -> None:
    assert broken(dict.fromkeys(columns_of(what, stand, begin=BEGIN), 1)) == (identity,)


def test_every_identity_is_named_when_it_does_not_hold() -> None:
    assert broken({}) == ()
    assert broken({3: 1}) == ("3=4+5+6", "3=7+11")
    assert broken({7: 1, 3: 1, 4: 1}) == ("7=8+9+10",)
    assert {column for column, _ in SUMS} < set(COLUMNS)


def test_a_result_of_the_day_of_receipt_is_on_time_where_there_is_no_limit() -> None:
    same_day, later = closed("no_limit"), closed("no_limit")._replace(finished_at=DUE)
    assert BY_LAW.annex(same_day, "resolved_no_limit", HANOI) is None
    assert BY_LAW.annex(later, "resolved_no_limit", HANOI) == "no_limit"
    assert Stands(no_limit="outside").annex(same_day, "resolved_no_limit", HANOI) == "no_limit"
    assert BY_LAW.annex(counted(), "pending_no_limit", HANOI) is None
    undated = closed("no_limit")._replace(finished_at=None)
    assert BY_LAW.annex(undated, "resolved_no_limit", HANOI) == "no_limit"


def test_withdrawn_ones_stand_under_the_form_and_refused_ones_where_the_office_says_so() -> None:
    assert BY_LAW.annex(counted(outcome="withdrawn"), "withdrawn", HANOI) == "withdrawn"
    refused = closed("late")._replace(outcome="refused")
    assert BY_LAW.annex(refused, "late", HANOI) is None
    assert Stands(refused="outside").annex(refused, "late", HANOI) == "refused"
    assert Stands(refused="outside").annex(closed("late"), "late", HANOI) is None


def test_a_waiting_dossier_is_in_time_or_judged_by_its_date() -> None:
    waits = counted(stopped_since=DUE - timedelta(days=3), stopped_by="supplement")
    by_date = Stands(waiting="by_date")
    assert BY_LAW.stand_of(waits, at=DUE) == "waiting"
    assert by_date.stand_of(waits, at=DUE) == "pending_overdue"
    assert by_date.stand_of(closed("late"), at=DUE) == "late"


def test_the_stands_taken_are_said_in_words_each_by_its_own() -> None:
    plain = BY_LAW.words()
    others = Stands(waiting="by_date", refused="outside", no_limit="outside").words()
    assert len(plain) == len(others) == 6
    assert [one != other for one, other in zip(plain, others, strict=True)] == [
        False, True, True, True, False, False,
    ]  # fmt: skip
