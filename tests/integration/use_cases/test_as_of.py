"""Figures of the past: what had happened and was known then, and nothing that came later."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, get_args

import pytest

from domain.errors import FiguresError
from domain.on_time_rate import Counts, rates
from domain.tally import Against
from tests.builders import OFFICE, local, row
from tests.busy_office import FIRST, BusyOffice
from workers.use_cases.as_of import Frame, counted_then, population
from workers.use_cases.dimensions import DIMENSIONS
from workers.use_cases.figures import Wanted, dossiers_in, figures
from workers.use_cases.office import load_office
from workers.use_cases.overview import counts_by_unit

if TYPE_CHECKING:
    from datetime import datetime

    from domain.tally import Counted
    from tests.builders import OfficeAtWork
    from workers.use_cases.dimensions import Dimension, Key

DAYS = [FIRST + timedelta(days=days) for days in (0, 9, 20, 26, 41, 60)]
NOW = local("01/07/2019 08:00")


def counted(office: OfficeAtWork, frame: Frame, *by: Dimension) -> dict[Key, Counts]:
    return dict(figures(office.store, load_office(office.store, OFFICE), frame, by or ("unit",)).rows)


def whole(office: OfficeAtWork, frame: Frame) -> Counts:
    return sum(counted(office, frame).values(), Counts())


def standing(office: OfficeAtWork, frame: Frame) -> dict[str, Counted]:
    with office.store.read(OFFICE) as work:
        return {one.code: one for one in population(work, load_office(office.store, OFFICE), frame)}


def as_known_at(at: datetime) -> Frame:
    return Frame(as_of=at, known=at)


@pytest.fixture
def busy(office: OfficeAtWork) -> BusyOffice:
    busy = BusyOffice(office, Random(1))  # noqa: S311 - the same weeks every time
    busy.work(90)
    return busy


def test_what_comes_later_never_changes_the_figures_of_the_past(busy: BusyOffice) -> None:
    frames = [as_known_at(at) for at in DAYS]
    frames += [replace(frame, begin=DAYS[1], end=DAYS[3]) for frame in frames]
    frames += [replace(frame, cohort=True, begin=DAYS[1], end=DAYS[3]) for frame in frames[:6]]
    before = [standing(busy.office, frame) for frame in frames]
    assert len({len(found) for found in before}) > 4
    busy.work(60, first=DAYS[-1], last=DAYS[-1] + timedelta(days=60))
    assert [standing(busy.office, frame) for frame in frames] == before


def test_the_projection_and_the_events_tell_the_same_of_every_dossier(busy: BusyOffice) -> None:
    office = load_office(busy.office.store, OFFICE)
    for at in (DAYS[3], NOW):
        frame = Frame(as_of=at)
        found = standing(busy.office, frame)
        codes = [f"HS-{number + 1}" for number in range(busy.dossiers)]
        replayed = [
            counted_then(busy.office.history(code), office, until=frame.until, known=None) for code in codes
        ]
        assert found == {one.code: one for one in replayed if one is not None}


def test_now_the_quick_table_and_the_report_count_the_same(busy: BusyOffice) -> None:
    units = load_office(busy.office.store, OFFICE).sla.lines.units
    quick = dict(counts_by_unit(busy.office.store, OFFICE, now=NOW)[1])
    for frame in (Frame(as_of=NOW), as_known_at(NOW)):
        found = counted(busy.office, frame)
        assert {units[key[0]].name: counts for key, counts in found.items()} == quick


def test_every_partition_counts_the_dossiers_given_and_the_parts_are_the_whole(busy: BusyOffice) -> None:
    for frame in (Frame(as_of=NOW), Frame(as_of=NOW, begin=DAYS[1], end=DAYS[4], against="slip")):
        number, total = len(standing(busy.office, frame)), whole(busy.office, frame)
        stands = total.received + total.resolved_no_limit + total.pending_no_limit + total.withdrawn
        assert stands == number
        for dimension in DIMENSIONS:
            parents = counted(busy.office, frame, dimension)
            assert sum(parents.values(), Counts()) == total
            children = counted(busy.office, frame, dimension, "channel" if dimension != "channel" else "unit")
            summed: dict[Key, Counts] = {}
            for (parent, _), counts in children.items():
                summed[parent,] = summed.get((parent,), Counts()) + counts
            assert summed == {key: counts for key, counts in parents.items() if counts != Counts()}
            for counts in children.values():
                assert all(rate.value is None or 0 <= rate.value <= 1 for rate in rates(counts))


def test_a_cell_lists_exactly_the_dossiers_it_counts(busy: BusyOffice) -> None:
    office, frame = load_office(busy.office.store, OFFICE), Frame(as_of=NOW, begin=DAYS[1])
    for (unit, channel), counts in counted(busy.office, frame, "unit", "channel").items():
        for column in ("received", "late", "waiting", "suspended", "carried_in", "withdrawn"):
            wanted = Wanted(values={"unit": unit, "channel": channel}, column=column)
            cell = dossiers_in(busy.office.store, office, frame, wanted, limit=2)
            assert cell.number == getattr(counts, column)
            assert len(cell.dossiers) == min(2, cell.number)


def test_the_periods_of_a_year_share_out_what_happened(busy: BusyOffice) -> None:
    bounds = [None, *DAYS, None]
    frames = [Frame(as_of=NOW, begin=begin, end=end) for begin, end in pairwise(bounds)]
    parts = [whole(busy.office, frame) for frame in frames]
    total = whole(busy.office, Frame(as_of=NOW))
    for name in ("resolved", "resolved_no_limit", "withdrawn"):
        assert sum(getattr(part, name) for part in parts) == getattr(total, name)
    cohorts = [whole(busy.office, replace(frame, cohort=True)) for frame in frames]
    assert sum(cohorts, Counts()) == total


def test_what_happens_at_the_boundary_belongs_to_one_period(office: OfficeAtWork) -> None:
    boundary = "01/06/2019 00:00"
    office.event("accepted", "HS-1", at="27/05/2019 08:00", procedure="1.001", unit="land")
    office.event("accepted", "HS-2", at=boundary, procedure="1.001", unit="land")
    office.event("finished", "HS-1", at=boundary)
    may = Frame(as_of=NOW, begin=local("01/05/2019"), end=local(boundary))
    june = Frame(as_of=NOW, begin=local(boundary), end=local("01/07/2019"))
    assert whole(office, may) == Counts(pending_in_time=1)
    assert whole(office, june) == Counts(early=1, pending_overdue=1, carried_in=1)
    assert standing(office, replace(may, cohort=True)).keys() == {"HS-1"}
    assert standing(office, replace(june, cohort=True)).keys() == {"HS-2"}


def test_what_is_due_when_the_period_ends_is_overdue_at_its_end_and_not_a_moment_before(
    office: OfficeAtWork,
) -> None:
    office.event("accepted", "HS-1", at="03/06/2019 08:00", procedure="1.001", unit="land")
    midnight = local("18/06/2019 00:00")
    assert whole(office, Frame(as_of=NOW, end=midnight)).pending_overdue == 1
    assert whole(office, Frame(as_of=midnight)).pending_overdue == 1
    assert whole(office, Frame(as_of=midnight - timedelta(microseconds=1))).pending_in_time == 1


def test_at_the_cut_off_itself_an_event_counts(office: OfficeAtWork) -> None:
    office.event(
        "accepted", "HS-1", at="03/06/2019 08:00", now="03/06/2019 09:00", procedure="1.001", unit="land"
    )
    told = local("03/06/2019 09:00")
    assert whole(office, as_known_at(told)) == Counts(pending_in_time=1)
    assert whole(office, as_known_at(told - timedelta(microseconds=1))) == Counts()
    assert whole(office, Frame(as_of=local("03/06/2019 08:00"))) == Counts(pending_in_time=1)


def test_a_result_told_late_counts_only_where_it_was_known(office: OfficeAtWork) -> None:
    office.event(
        "accepted", "HS-1", at="03/06/2019 08:00", now="03/06/2019 08:00", procedure="1.001", unit="land"
    )
    office.event("finished", "HS-1", at="10/06/2019 08:00", now="20/06/2019 08:00")
    june = Frame(as_of=NOW, end=local("15/06/2019"))
    assert whole(office, june) == Counts(early=1)
    assert whole(office, replace(june, known=local("19/06/2019"))) == Counts(pending_in_time=1)
    assert whole(office, as_known_at(local("18/06/2019 08:00"))) == Counts(pending_overdue=1)


def test_a_dossier_stands_where_and_how_it_stood_then(office: OfficeAtWork) -> None:
    office.take_in(row(status="Đang xử lý"), now="03/06/2019 09:00")
    office.event("suspended", at="05/06/2019 08:00", now="05/06/2019 09:00")
    office.event("resumed", at="07/06/2019 08:00", now="07/06/2019 09:00")
    office.event("handed_over", at="10/06/2019 08:00", now="10/06/2019 09:00", unit="civil")
    assert counted(office, Frame(as_of=local("06/06/2019"))) == {
        ("top",): Counts(),
        ("land",): Counts(waiting=1, suspended=1),
        ("civil",): Counts(),
    }
    assert counted(office, Frame(as_of=local("08/06/2019")))["land",] == Counts(pending_in_time=1)
    assert counted(office, Frame(as_of=local("11/06/2019")))["civil",] == Counts(pending_in_time=1)


def test_an_answer_dated_before_its_question_waits_for_it(office: OfficeAtWork) -> None:
    office.take_in(row(), now="03/06/2019 09:00")
    office.event("consultation_requested", at="12/06/2019 08:00", now="12/06/2019 09:00")
    office.event("consultation_answered", at="11/06/2019 08:00", now="13/06/2019 09:00")
    assert [entry.event.kind for entry in office.history()][-1] == "consultation_answered"
    assert whole(office, Frame(as_of=local("11/06/2019 12:00"))) == Counts(pending_in_time=1)


def test_a_history_that_cannot_be_replayed_stops_the_report_by_its_name(office: OfficeAtWork) -> None:
    office.take_in(row(), now="03/06/2019 09:00")
    twice = office.history() * 2
    with pytest.raises(FiguresError, match="HS-1"):
        counted_then(twice, load_office(office.store, OFFICE), until=NOW, known=None)


@pytest.mark.parametrize("against", get_args(Against))
def test_a_withdrawn_dossier_is_in_no_rate_whatever_it_is_held_against(
    office: OfficeAtWork, against: Against
) -> None:
    office.take_in(row(promised="14/06/2019 10:00"), now="03/06/2019 09:00")
    office.event("withdrawn", at="12/06/2019 08:00")
    found = whole(office, Frame(as_of=NOW, against=against))
    assert found == Counts(withdrawn=1)
    assert all(rate.value is None for rate in rates(found))
