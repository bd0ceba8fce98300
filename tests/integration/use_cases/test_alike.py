"""Counting dossiers in groups gives what counting them one by one gives, in whatever office."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from domain.on_time_rate import Counts
from domain.tally import counts_of, stand_of
from tests.builders import OFFICE, local
from tests.busy_office import FIRST, LAST, BusyOffice
from workers.use_cases.alike import alike
from workers.use_cases.as_of import Frame, population
from workers.use_cases.dimensions import DIMENSIONS, Breakdown
from workers.use_cases.office import load_office
from workers.use_cases.tally import tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.builders import OfficeAtWork
    from workers.use_cases.dimensions import Dimension, Key

NOW = local("01/07/2019 08:00")


def one_by_one(office: OfficeAtWork, frame: Frame, by: tuple[Dimension, ...]) -> dict[Key, Counts]:
    held = load_office(office.store, OFFICE)
    breakdown = Breakdown(by, held)
    found = dict.fromkeys(breakdown.known(), Counts())
    with office.store.read(OFFICE) as work:
        for each in population(work, held, frame):
            stand = stand_of(each, at=frame.at)
            assert stand is not None
            key = breakdown.key(each)
            found[key] = found.get(key, Counts()) + counts_of(each, stand, begin=frame.begin)
    return found


def in_groups(office: OfficeAtWork, frame: Frame, by: tuple[Dimension, ...]) -> dict[Key, Counts]:
    held = load_office(office.store, OFFICE)
    with office.store.read(OFFICE) as work:
        return dict(tally(work, held, frame, Breakdown(by, held)).rows)


def frames(random: Random) -> Iterator[Frame]:
    minutes = int((LAST - FIRST).total_seconds() // 60)
    for _ in range(6):
        first, last, known = sorted(FIRST + timedelta(minutes=random.randrange(minutes)) for _ in range(3))
        yield Frame(as_of=NOW, begin=first)
        yield Frame(as_of=NOW, begin=first, end=last, cohort=random.random() < 0.3)
        yield Frame(as_of=known, begin=first, end=last, known=known)
    yield Frame(as_of=NOW)


@pytest.mark.parametrize("seed", range(3))
def test_groups_count_what_dossiers_count_one_by_one(office: OfficeAtWork, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same offices every time
    BusyOffice(office, random).work(110)
    for frame in frames(random):
        by = tuple(random.sample(DIMENSIONS, random.randint(1, 3)))
        assert in_groups(office, frame, by) == one_by_one(office, frame, by)


def test_dossiers_that_differ_in_nothing_asked_are_one_group(office: OfficeAtWork) -> None:
    for number in range(6):
        office.event(
            "accepted", f"HS-{number}", at="03/06/2019 08:00", procedure="1.001", unit="land", channel="post"
        )
    office.event("finished", "HS-5", at="04/06/2019 08:00")
    frame = Frame(as_of=NOW)
    with office.store.read(OFFICE) as work:
        groups = list(alike(work, load_office(office.store, OFFICE), frame, ("unit",)))
    assert Counter(number for _, number in groups) == {5: 1, 1: 1}
    with office.store.read(OFFICE) as work:
        later = replace(frame, end=local("04/06/2019 08:00"))
        groups = list(alike(work, load_office(office.store, OFFICE), later, ("unit",)))
    assert sorted(number for _, number in groups) == [1, 5]
    assert all(each.outcome is None for each, _ in groups)
