"""A database of version 0001 with dossiers in it is brought up to date: nothing decided is decided anew."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.builders import OFFICE, OfficeAtWork, local
from tests.integration.use_cases.test_law_of_time import STORM_FILE
from tests.migrations.old_office import fill_old, make_old, told
from tests.office_texts import office_files
from workers.store import schema
from workers.store.instant import iso
from workers.store.unit_of_work import Store
from workers.use_cases.explain import explain
from workers.use_cases.fill_in import fill_in
from workers.use_cases.rebuild import rebuild

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.databases import PostgresServer

VERSIONS = (office_files(), office_files() | {"calendar/2019-bao.toml": STORM_FILE})
PAUSE = [iso(local("05/06/2019 08:00")), iso(local("10/06/2019 08:00"))]
HANDED = told("handed_over", "04/06/2019 08:00", unit="civil")
OLD = (
    {"code": "HS-1", "events": []},
    {"code": "HS-2", "events": [HANDED], "unit": "civil"},
    {
        "code": "HS-3",
        "events": [
            told("handed_over", "06/06/2019 08:00", unit="civil"),
            told("handed_over", "05/06/2019 08:00", unit="top"),
        ],
        "unit": "top",
    },
    {
        "code": "HS-4",
        "events": [
            told("suspended", "05/06/2019 08:00"),
            told("resumed", "10/06/2019 08:00", under=2),
        ],
        "pauses": json.dumps([PAUSE]),
        "due_at": "22/06/2019",
        "epoch": 1,
    },
    {
        "code": "HS-5",
        "events": [
            told("supplement_requested", "18/06/2019 08:00", after_due="yes"),
            told("supplemented", "20/06/2019 08:00"),
        ],
        "supplements": 1,
    },
    {
        "code": "HS-6",
        "events": [HANDED, told("finished", "10/06/2019 08:00")],
        "unit": "civil",
        "finished_at": iso(local("10/06/2019 08:00")),
        "outcome": "finished",
        "timing": "early",
    },
)
# Papers asked for after the due date, and the calendar changed since: 0001 kept the date.
ASKED_LATE = {
    "code": "HS-7",
    "events": [
        told("supplement_requested", "18/06/2019 08:00", under=2, after_due="yes"),
        told("supplemented", "20/06/2019 08:00", under=2),
    ],
    "supplements": 1,
}


@pytest.fixture(params=["sqlite", "postgresql"])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.db'}"
    else:
        server: PostgresServer = request.getfixturevalue("postgresql")
        url = server.empty_database()
    make_old(url)
    fill_old(url, VERSIONS, *OLD, ASKED_LATE)
    schema.upgrade(url)
    return url


@pytest.fixture
def office(old_url: str, tmp_path: Path) -> Iterator[OfficeAtWork]:
    store = Store(old_url)
    yield OfficeAtWork(store, tmp_path)
    store.dispose()


def test_what_only_the_events_can_tell_is_filled_in_and_nothing_differs_from_them(
    office: OfficeAtWork,
) -> None:
    filled = fill_in(office.store, OFFICE)
    assert (filled.dossiers, filled.failed) == (7, {})
    found = rebuild(office.store, OFFICE, write=False)
    assert (found.dossiers, found.failed) == (7, {})
    assert found.differing == {}


def test_filling_in_again_finds_nothing_left(office: OfficeAtWork) -> None:
    fill_in(office.store, OFFICE)
    assert fill_in(office.store, OFFICE).dossiers == 0


def test_steps_and_stays_are_those_of_the_hand_overs(office: OfficeAtWork) -> None:
    fill_in(office.store, OFFICE)
    dossier = office.stored("HS-2").dossier
    assert (dossier.step_number, dossier.step_since) == (2, local("04/06/2019 08:00"))
    with office.store.read(OFFICE) as work:
        runs = work.steps.of_dossiers(["HS-2", "HS-3", "HS-6"])
    stays = {code: [(run.number, run.unit) for run in of_code] for code, of_code in runs.items()}
    assert stays["HS-2"] == [(1, "land")]
    assert stays["HS-3"] == stays["HS-6"] == [(1, "land"), (2, "civil")]


def test_a_due_date_says_which_configuration_gave_it(office: OfficeAtWork) -> None:
    fill_in(office.store, OFFICE)
    clocks = {code: office.clock(code) for code in ("HS-1", "HS-4", "HS-7")}
    assert {code: clock and clock.derived_under for code, clock in clocks.items()} == {
        "HS-1": 1,
        "HS-4": 2,
        "HS-7": 1,
    }


def test_a_due_date_that_today_would_be_counted_otherwise_stays(office: OfficeAtWork) -> None:
    before = office.clock("HS-7")
    fill_in(office.store, OFFICE)
    after = office.clock("HS-7")
    assert before is not None
    assert after is not None
    assert (after.due_at, after.epoch) == (before.due_at, before.epoch) == (local("18/06/2019"), 0)


def test_hand_overs_recorded_out_of_order_are_explained_and_go_on(office: OfficeAtWork) -> None:
    fill_in(office.store, OFFICE)
    assert explain(office.store, OFFICE, "HS-3").agrees
    assert office.event("handed_over", "HS-3", at="11/06/2019 08:00", unit="land") is None
    assert office.stored("HS-3").dossier.step_number == 4


def test_a_program_of_before_that_still_runs_can_accept_a_dossier(office: OfficeAtWork) -> None:
    fill_old(office.store.url, (), {"code": "HS-8", "events": []})
    assert office.stored("HS-8").dossier.step_since == local("03/06/2019 08:00")
    assert fill_in(office.store, OFFICE).dossiers == 8
    assert rebuild(office.store, OFFICE, write=False).differing == {}
