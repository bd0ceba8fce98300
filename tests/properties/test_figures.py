"""Figures of any dossiers: partitions add up, boundaries belong to one period, rates stay between 0 and 1."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain.form_06a import Stands, broken, columns_of
from domain.on_time_rate import Counts, rates
from domain.period import Period, period_of
from domain.tally import Counted, counts_of, judged_by_slip, stand_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2019, 1, 1, tzinfo=UTC)
# Minutes first, and often the very midnights at which periods begin.
moments = st.one_of(
    st.integers(0, 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes)),
    st.integers(0, 365).map(lambda days: datetime(2018, 12, 31, 17, tzinfo=UTC) + timedelta(days=days)),
)
MONTHS = [f"2019-{month:02d}" for month in range(1, 13)]


def _closed(outcome: str, timing: str | None) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(
        {"outcome": st.just(outcome), "timing": st.just(timing), "finished_at": moments}
    )


ends = st.one_of(
    st.just({}),
    st.fixed_dictionaries(
        {"stopped_since": moments, "stopped_by": st.sampled_from(("supplement", "suspended"))}
    ),
    *(
        _closed(outcome, timing)
        for outcome in ("finished", "refused")
        for timing in ("early", "late", "no_limit")
    ),
    _closed("withdrawn", None),
)


@st.composite
def dossiers(draw: st.DrawFn) -> Counted:
    """A dossier with whatever is stored of it, each part on its own: the law plays no part here."""
    accepted = draw(moments)
    return Counted(
        code="HS",
        procedure="1.001",
        procedure_version="2019-01-01",
        sla_version=1,
        unit=draw(st.sampled_from(("land", "civil", "chair"))),
        channel=draw(st.sampled_from((None, "direct", "online", "post"))),
        accepted_at=accepted,
        due_at=draw(st.one_of(st.none(), moments)),
        promised_at=draw(st.one_of(st.none(), moments.map(datetime.isoformat))),
        **draw(ends),
    )


@given(st.lists(dossiers(), max_size=30), moments, moments)
def test_the_counts_of_any_partition_add_up_to_the_dossiers(
    given_ones: list[Counted], at: datetime, begin: datetime
) -> None:
    for judge in (None, "slip", "slip-day"):
        cells: dict[tuple[str, str | None], Counts] = {}
        for one in given_ones:
            counted = one if judge is None else judged_by_slip(one, judge, ZONE)
            stand = stand_of(counted, at=at)
            assert stand is not None
            key = (one.unit, one.channel)
            cells[key] = cells.get(key, Counts()) + counts_of(counted, stand, begin=begin)
        total = sum(cells.values(), Counts())
        outside = total.resolved_no_limit + total.pending_no_limit + total.withdrawn
        assert total.received + outside == len(given_ones)
        assert total.received == total.resolved + total.pending
        for counts in (*cells.values(), total):
            assert all(rate.value is None or 0 <= rate.value <= 1 for rate in rates(counts))
            assert [rate.value for rate in rates(counts)] == [rate.value for rate in rates(counts.times(3))]


@given(
    st.lists(dossiers(), max_size=30),
    moments,
    moments,
    st.sampled_from([Stands(), Stands(waiting="by_date", refused="outside", no_limit="outside")]),
)
def test_the_identities_of_the_form_hold_for_any_dossiers(
    given_ones: list[Counted], at: datetime, begin: datetime, stands: Stands
) -> None:
    sums: Counter[int] = Counter()
    outside = 0
    for one in given_ones:
        stand = stands.stand_of(one, at=at)
        if stands.annex(one, stand, ZONE) is not None:
            outside += 1
            continue
        columns = columns_of(one, stand, begin=begin)
        assert broken(dict.fromkeys(columns, 1)) == ()
        sums.update(columns)
    assert sums[3] + outside == len(given_ones)
    assert broken({column: sums[column] for column in range(3, 14)}) == ()  # type: ignore[misc]


def _holds(period: Period, moment: datetime) -> bool:
    begin, end = period.begin(ZONE), period.end(ZONE)
    assert begin is not None
    assert end is not None
    return begin <= moment < end


@given(moments, st.sampled_from(["", "admin:"]))
def test_a_moment_lies_in_one_month_one_quarter_one_half(moment: datetime, kind: str) -> None:
    year = period_of(f"{kind}2019")
    for parts in (MONTHS, [f"2019-Q{n}" for n in range(1, 5)], ["2019-H1", "2019-H2"]):
        found = [part for part in parts if _holds(period_of(kind + part), moment)]
        assert len(found) == (1 if _holds(year, moment) else 0)
