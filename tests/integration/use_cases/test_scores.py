"""The scores of an office at work: from its events, as of a cut-off, and back to every dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

import pytest

from domain.on_time_rate import Counts
from domain.period import period_of
from domain.score_766 import progress
from domain.scoring_tt01 import IndexScore
from tests.builders import OFFICE, ZONE, local
from tests.busy_office import FIRST, BusyOffice
from tests.office_law import law_files
from workers.use_cases.as_of import Frame, population
from workers.use_cases.figures import figures
from workers.use_cases.handled import handled, resolved
from workers.use_cases.office import load_office
from workers.use_cases.scores import Holder, ScoredDossiers, Scores, scored_dossiers, scores
from workers.use_cases.sealing import end_of_record

if TYPE_CHECKING:
    from domain.scoring_tt01 import Handled, Index, Score
    from tests.builders import OfficeAtWork

NOW = local("01/07/2019 08:00")
JUNE = period_of("2019-06")
FRAME = Frame(as_of=NOW, begin=JUNE.begin(ZONE), end=JUNE.end(ZONE))
SCORES = """\
contacts = "supplement_requests"
[[criteria]]
code = "on-time"
name = "Đúng hạn"
rate = "rate_resolved"
most = 1
from = 2019-01-01
source = "Quyết định"
verified = "no"
brackets = [{ at_least = 95, points = "proportional" }, { at_least = 0, points = 0 }]
"""
HANDED = {"unit": "land", "officer": "land.1"}


def found(office: OfficeAtWork, frame: Frame = FRAME, by: Holder = "unit") -> Scores:
    return scores(office.store, load_office(office.store, OFFICE), frame, by, day=date(2019, 6, 30))


def behind(office: OfficeAtWork, of: tuple[Holder, str] | None, frame: Frame = FRAME) -> ScoredDossiers:
    return scored_dossiers(office.store, load_office(office.store, OFFICE), frame, of=of, limit=1_000)


def points(score: Score) -> dict[Index, tuple[int, int]]:
    return {index: (one.points, one.dossiers) for index, one in score.indices.items()}


def lines(scored: Scores) -> dict[str, dict[Index, tuple[int, int]]]:
    return {line.key: points(line.score) for line in scored.lines}


@pytest.fixture
def stepped(office: OfficeAtWork) -> OfficeAtWork:
    """Two dossiers of three steps: HS-1 kept to each plan and was early, HS-2 stayed with land too long."""
    office.configure(now="01/06/2019 08:00", **law_files(), **{"scores.toml": SCORES})
    for code in ("HS-1", "HS-2"):
        office.event(
            "accepted", code, at="03/06/2019 08:00", procedure="1.005", unit="civil", officer="civil.1"
        )
        office.event("handed_over", code, at="03/06/2019 14:00", **HANDED)
    office.event("handed_over", "HS-1", at="05/06/2019 08:00", unit="top", officer="top.1")
    office.event("finished", "HS-1", at="06/06/2019 08:00")
    office.event("supplement_requested", "HS-2", at="05/06/2019 08:00", reason="thiếu giấy")
    office.event("supplemented", "HS-2", at="06/06/2019 08:00")
    office.event("handed_over", "HS-2", at="20/06/2019 08:00", unit="top", officer="top.1")
    office.event("finished", "HS-2", at="21/06/2019 08:00")
    return office


def test_each_unit_is_scored_for_its_own_time_and_the_last_for_the_whole(stepped: OfficeAtWork) -> None:
    scored = found(stepped)
    assert lines(scored) == {
        "civil": {2: (2, 2)},  # received and handed on the same day, as planned: equal, twice
        "land": {2: (2, 2)},  # HS-1 shorter, HS-2 longer
        "top": {1: (2, 2), 2: (4, 2), 3: (3, 2)},
    }
    # Of the whole dossier index 2 is the worst of its units.
    assert points(scored.whole.score) == {1: (2, 2), 2: (1, 2), 3: (3, 2)}
    assert lines(found(stepped, by="officer")) == {
        "civil.1": {2: (2, 2)},
        "land.1": {2: (2, 2)},
        "top.1": {1: (2, 2), 2: (4, 2), 3: (3, 2)},
    }


def test_the_dossiers_behind_a_score_add_up_to_it(stepped: OfficeAtWork) -> None:
    of_land = behind(stepped, ("unit", "land"))
    assert [(line.key, points(line.score)) for line in of_land.lines] == [
        ("HS-1", {2: (2, 1)}),
        ("HS-2", {2: (0, 1)}),
    ]
    every = behind(stepped, None)
    assert every.number == 2
    assert points(every.score) == points(found(stepped).whole.score)
    assert behind(stepped, ("unit", "nobody")).number == 0


def test_without_the_word_of_the_office_no_contact_is_counted(stepped: OfficeAtWork) -> None:
    before = found(stepped)
    stepped.configure(now="30/06/2019 08:00", **law_files())
    after = found(stepped)
    assert all(3 not in line.score.indices for line in (*after.lines, after.whole))
    assert after.whole.score.most == before.whole.score.most - 2
    assert {index: one for index, one in before.whole.score.indices.items() if index != 3} == dict(
        after.whole.score.indices
    )
    assert after.criteria == ()


def test_the_progress_score_and_the_brackets_take_the_counts_of_the_report(stepped: OfficeAtWork) -> None:
    stepped.event("accepted", "HS-3", at="28/06/2019 08:00", procedure="1.001", unit="land")
    scored = found(stepped)
    whole = scored.whole
    assert whole.counts == Counts(early=1, late=1, pending_in_time=1)
    assert progress(whole.rates["rate_766"]) == Fraction(20 * 2, 3)
    (criterion,) = scored.criteria
    assert criterion.points(whole.rates[criterion.rate].value) == 0  # 50 %: below 95 %


def test_what_was_recorded_later_changes_no_score_of_before(stepped: OfficeAtWork) -> None:
    past = replace(FRAME, as_of=local("30/06/2019 12:00"), known=local("30/06/2019 12:00"))
    before = found(stepped, past)
    stepped.event(
        "accepted", "HS-4", at="03/06/2019 08:00", now="02/07/2019 08:00", procedure="1.001", unit="land"
    )
    stepped.event("finished", "HS-4", at="04/06/2019 08:00", now="02/07/2019 08:00")
    assert found(stepped, past) == before
    later = replace(FRAME, as_of=local("03/07/2019 08:00"))
    assert points(found(stepped, later).whole.score)[1] == (4, 3)


def test_what_was_recorded_behind_the_last_event_of_a_frame_changes_no_score(stepped: OfficeAtWork) -> None:
    past = replace(FRAME, last_id=end_of_record(stepped.store, OFFICE))
    before = found(stepped, past)
    assert before == found(stepped)
    stepped.event("accepted", "HS-4", at="03/06/2019 08:00", procedure="1.001", unit="land")
    stepped.event("finished", "HS-4", at="04/06/2019 08:00")
    assert found(stepped, past) == before
    assert points(found(stepped).whole.score)[1] == (4, 3)


def test_a_frame_that_ends_with_an_event_asks_the_events_and_no_table_of_now(stepped: OfficeAtWork) -> None:
    past = replace(FRAME, last_id=end_of_record(stepped.store, OFFICE))
    before = as_scored(stepped, past)
    with stepped.store.begin(OFFICE) as work:
        work.steps.replace("HS-2", ())
        work.commit()
    assert as_scored(stepped, past) == before
    assert [stay.timing for stay in before["HS-2"].stays] == ["on_time", "late", "early"]
    assert as_scored(stepped, FRAME)["HS-2"].stays == ()  # by what is recorded now, the table is asked


@pytest.fixture
def busy(office: OfficeAtWork) -> BusyOffice:
    office.configure(now="01/05/2019 08:00", **{"scores.toml": SCORES})
    busy = BusyOffice(office, Random(5))  # noqa: S311 - the same weeks every time
    busy.work(150)
    return busy


def as_scored(office: OfficeAtWork, frame: Frame) -> dict[str, Handled]:
    sla = load_office(office.store, OFFICE)
    with office.store.read(OFFICE) as work:
        found = list(filter(None, map(resolved, population(work, sla, frame))))
        return {each.code: each for each in handled(work, sla, frame, found)}


def test_replayed_and_projected_dossiers_are_scored_alike(busy: BusyOffice) -> None:
    then = FIRST + timedelta(days=40)
    frame = Frame(as_of=then, known=then)
    told = {"now": "20/05/2019 08:00"}
    busy.office.event("accepted", "ST-1", at="10/05/2019 08:00", procedure="1.001", unit="land", **told)
    busy.office.event("handed_over", "ST-1", at="13/05/2019 08:00", unit="civil", **told)
    busy.office.event("finished", "ST-1", at="14/05/2019 08:00", **told)
    before = as_scored(busy.office, frame)
    assert len(before) > 5
    assert [stay.unit for stay in before["ST-1"].stays] == ["land", "civil"]
    busy.office.event("returned", "ST-1", at="20/06/2019 08:00", now="20/06/2019 09:00")
    busy.work(60, first=then, last=then + timedelta(days=60))
    assert as_scored(busy.office, frame) == before


def test_every_unit_adds_up_from_its_dossiers_and_to_the_report(busy: BusyOffice) -> None:
    scored, office = found(busy.office), load_office(busy.office.store, OFFICE)
    report = dict(figures(busy.office.store, office, FRAME, ["unit"]).rows)
    assert {(line.key,): line.counts for line in scored.lines if line.counts != Counts()} == {
        key: counts for key, counts in report.items() if counts != Counts()
    }
    for line in scored.lines:
        own = behind(busy.office, ("unit", line.key))
        assert own.score.indices == line.score.indices
        one = line.score.indices.get(1, IndexScore(points=0, dossiers=0))
        assert one.dossiers == line.counts.resolved
        assert one.points == 2 * line.counts.early + line.counts.on_time
    assert sum(line.score.indices[3].dossiers for line in scored.lines if 3 in line.score.indices) > 3
