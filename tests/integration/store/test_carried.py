"""Tables and events agree on what was open, and whoever alters one of them is found out by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from tests.builders import OFFICE, OfficeAtWork, local
from workers.store.unit_of_work import Store

if TYPE_CHECKING:
    from pathlib import Path

JUNE = local("01/06/2019 00:00")


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> OfficeAtWork:
    office = OfficeAtWork(Store(database_url), tmp_path)
    office.configure()
    for code in ("HS-1", "HS-2", "HS-3"):
        office.event("accepted", code, at="27/05/2019 08:00", procedure="1.001", unit="land")
    office.event("finished", "HS-1", at="30/05/2019 08:00")
    office.event("finished", "HS-2", at="10/06/2019 08:00")
    return office


def agrees(office: OfficeAtWork) -> bool:
    with office.store.read(OFFICE) as work:
        return work.carried.agrees(JUNE)


@pytest.mark.parametrize(
    "altered",
    [
        "finished_at = accepted_at WHERE code = 'HS-2'",
        "finished_at = accepted_at, outcome = 'finished' WHERE code = 'HS-3'",
        "finished_at = NULL, outcome = NULL WHERE code = 'HS-2'",
        "finished_at = last_at WHERE code = 'HS-3'",
    ],
)
def test_a_day_of_result_that_no_event_tells_is_found_out(office: OfficeAtWork, altered: str) -> None:
    assert agrees(office)
    engine = create_engine(office.store.url)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE dossiers SET {altered}"))  # noqa: S608 - our own words
    engine.dispose()
    assert not agrees(office)
    office.store.dispose()
