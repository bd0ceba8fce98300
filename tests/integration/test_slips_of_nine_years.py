"""Nine years of slips printed by a software without make-up Saturdays: each is recognised by its date."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from config.sla import load_sla
from domain.calendar_variants import Variants
from domain.miscounts import Count
from domain.slips import compare
from domain.snapshot import Moment
from domain.time_limit import CIVIL_CODE, TimeLimit, Unit
from tests.shared_data import rows

if TYPE_CHECKING:
    from domain.slips import SlipDifference
    from domain.working_calendar import WorkingCalendar

DAYS = (1, 2, 3, 5, 7, 10, 15, 20, 30)


def compared(
    limit: int, received: str, printed: str, calendar: WorkingCalendar, variants: Variants
) -> SlipDifference | None:
    start = datetime.combine(date.fromisoformat(received), time(9), tzinfo=calendar.zone)
    slip = Moment(datetime.combine(date.fromisoformat(printed), time(), tzinfo=calendar.zone), date_only=True)
    amount = TimeLimit(limit, Unit.WORKING_DAYS)
    count = Count(limit=amount, start=start, calendar=calendar, rules=CIVIL_CODE)
    return compare(slip, count, variants=variants)


def test_every_slip_without_make_up_saturdays_is_recognised_first_as_that() -> None:
    calendar = load_sla().calendar
    variants, firsts, received_days = Variants(calendar), Counter[str](), set()
    for row in rows("real/expected_vn_due_dates.csv.gz"):
        for n in DAYS:
            official, printed = row[f"due_{n}wd"], row[f"due_{n}wd_no_makeup"]
            if not official or not printed:
                continue
            found = compared(n, row["received_date"], printed, calendar, variants)
            assert (found is None) == (official == printed), f"{row['received_date']} + {n}"
            if found is not None:
                assert found.lawful.due_on.isoformat() == official
                assert not found.is_early
                firsts[found.reasons[0].code] += 1
                received_days.add(row["received_date"])
    assert set(firsts) == {"make_up_ignored"}
    assert firsts.total() > 500
    assert len(received_days) > 200


def test_every_slip_that_knows_weekends_only_has_that_among_its_reasons() -> None:
    calendar = load_sla().calendar
    variants, wrong = Variants(calendar), 0
    naive = variants.without("off", "swap_off", "swap_work", "short")
    for row in rows("real/expected_vn_due_dates.csv.gz")[::3]:
        printed = naive.add_days(date.fromisoformat(row["received_date"]), 5)
        found = compared(5, row["received_date"], printed.isoformat(), calendar, variants)
        if found is not None and row["due_5wd"]:
            wrong += 1
            assert "weekends_only" in {reason.code for reason in found.reasons}, row["received_date"]
    assert wrong > 100
