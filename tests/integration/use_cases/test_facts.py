"""Facts say what a scan of the dossiers says, cell by cell, however often and late they are refreshed."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from domain.on_time_rate import Counts
from domain.period import period_of
from domain.tally import counts_of, stand_of
from tests.builders import OFFICE, ZONE, OfficeAtWork, local
from tests.busy_office import BusyOffice
from workers.store.unit_of_work import Store
from workers.use_cases.as_of import Frame, population
from workers.use_cases.facts import answers, refresh, refresh_by_night, results, unlike
from workers.use_cases.office import load_office

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from workers.use_cases.dimensions import Key
    from workers.use_cases.facts import Refreshed

NOW = local("15/07/2019 08:00")
NAMES = ("2019", "2019-Q2", "2019-05", "2019-06", "admin:2019-06", "admin:2019-05", "2019-07", "2018")


def frame_of(name: str) -> Frame:
    period = period_of(name)
    end = period.end(ZONE)
    return Frame(as_of=max(NOW, end or NOW), begin=period.begin(ZONE), end=end)


def scanned(office: OfficeAtWork, frame: Frame) -> dict[Key, Counts]:
    found: dict[Key, Counts] = {}
    with office.store.read(OFFICE) as work:
        for each in population(work, load_office(office.store, OFFICE), frame):
            stand = stand_of(each, at=frame.at)
            assert stand is not None
            if each.outcome is not None:
                key = each.unit, each.channel or ""
                found[key] = found.get(key, Counts()) + counts_of(each, stand, begin=frame.begin)
    return found


def from_facts(office: OfficeAtWork, frame: Frame) -> dict[Key, Counts]:
    return results(office.store, load_office(office.store, OFFICE), frame)


def refreshed(office: OfficeAtWork, *, anew: bool = False) -> Refreshed:
    done = refresh(office.store, load_office(office.store, OFFICE), now=NOW, anew=anew)
    assert done is not None
    return done


def wrong(office: OfficeAtWork) -> int:
    return len(unlike(office.store, load_office(office.store, OFFICE)))


def corrupt(office: OfficeAtWork, statement: str) -> None:
    engine = create_engine(office.store.url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.mark.parametrize("seed", range(3))
def test_facts_equal_the_scan_cell_by_cell_at_every_moment(office: OfficeAtWork, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same offices every time
    busy = BusyOffice(office, random)
    days = [local(f"{day}/2019 08:00") for day in ("06/05", "20/05", "03/06", "14/06", "28/06")]
    for first, last in pairwise(days):
        busy.work(35, first=first, last=last)
        if random.random() < 0.6:
            refreshed(office)
        for frame in map(frame_of, NAMES):
            assert answers(load_office(office.store, OFFICE), frame)
            assert from_facts(office, frame) == scanned(office, frame)
    refreshed(office)
    assert wrong(office) == 0
    assert sum(from_facts(office, frame_of("2019")).values(), Counts()).resolved > 5


def accepted_and_finished(office: OfficeAtWork, code: str, at: str, told: str) -> None:
    office.event(
        "accepted", code, at="27/05/2019 08:00", now="27/05/2019 08:00", procedure="1.001", unit="land"
    )
    office.event("finished", code, at=at, now=told)


def test_a_result_is_added_once_however_late_it_is_told(office: OfficeAtWork) -> None:
    accepted_and_finished(office, "HS-1", "10/06/2019 08:00", "10/06/2019 08:00")
    assert refreshed(office).results == 1
    assert refreshed(office).results == 0
    accepted_and_finished(office, "HS-2", "05/06/2019 08:00", "09/07/2019 08:00")
    june = frame_of("2019-06")
    assert from_facts(office, june) == {("land", ""): Counts(early=1, on_time=1, carried_in=2)}
    assert refreshed(office).results == 1
    assert from_facts(office, june) == {("land", ""): Counts(early=1, on_time=1, carried_in=2)}


def test_counting_anew_puts_right_what_was_altered(office: OfficeAtWork) -> None:
    accepted_and_finished(office, "HS-1", "10/06/2019 08:00", "10/06/2019 08:00")
    refreshed(office)
    corrupt(office, "UPDATE on_time_facts SET number = 7")
    assert wrong(office) == 1
    assert refreshed(office, anew=True).results == 1
    assert wrong(office) == 0


def test_while_events_are_recorded_nothing_is_refreshed(postgresql_url: str, tmp_path: Path) -> None:
    # SQLite has one writer: whoever refreshes waits for it.
    office = OfficeAtWork(Store(postgresql_url), tmp_path)
    office.configure()
    held = load_office(office.store, OFFICE)
    with office.store.begin(OFFICE) as work:
        work.versions.hold()
        assert refresh(office.store, held, now=NOW) is None
    assert refresh(office.store, held, now=NOW) is not None
    office.store.dispose()


def test_by_night_facts_are_refreshed_once(office: OfficeAtWork) -> None:
    accepted_and_finished(office, "HS-1", "10/06/2019 08:00", "10/06/2019 08:00")
    evening, night = local("10/06/2019 23:59"), local("11/06/2019 00:01")
    done = [refresh_by_night(office.store, OFFICE, now=at) for at in (evening, evening, night, night)]
    assert [each and each.results for each in done] == [1, None, 0, None]


@pytest.mark.parametrize(
    ("begin", "end"), [("02/06/2019 00:00", None), (None, "16/06/2019 00:00"), (None, "01/08/2019 00:00")]
)
def test_facts_do_not_answer_what_they_cannot_tell(
    office: OfficeAtWork, begin: str | None, end: str | None
) -> None:
    frame = Frame(as_of=NOW, begin=_at(begin), end=_at(end))
    assert not answers(load_office(office.store, OFFICE), frame)


def _at(text: str | None) -> datetime | None:
    return None if text is None else local(text)
