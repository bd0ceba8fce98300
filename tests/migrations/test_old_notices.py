"""Notices of an older program: those it gave up are known as dead, and a program still running may go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from tests.builders import OFFICE, local
from tests.migrations.old_office import make_old
from workers.store import schema
from workers.store.engines import make_engine
from workers.store.instant import iso
from workers.store.unit_of_work import Store
from workers.use_cases.envelope import own_name

if TYPE_CHECKING:
    from pathlib import Path

    from tests.databases import PostgresServer

TRIED = "13/06/2019 08:00"


@pytest.fixture(params=["sqlite", "postgresql"])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.db'}"
    else:
        server: PostgresServer = request.getfixturevalue("postgresql")
        url = server.empty_database()
    make_old(url)
    return url


def write(url: str, code: str, state: str) -> None:
    """Write a notice as a program of version 0001 does."""
    moment = iso(local(TRIED))
    row = {
        "office": OFFICE,
        "code": code,
        "step": "",
        "rung": "t-2",
        "epoch": 0,
        "recipient": "land.1",
        "kind": "apology",
        "level": 1,
        "role": "officer",
        "state": state,
        "attempts": 8,
        **dict.fromkeys(("planned_at", "created_at", "deliver_at"), moment),
        "last_error": "550",
        "sla_version": 1,
    }
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO notices ({names}) VALUES ({marks})"), row)  # noqa: S608 - our own names
    engine.dispose()


def test_what_was_given_up_before_is_dead_since_its_last_attempt(old_url: str) -> None:
    write(old_url, "A", "dead")
    write(old_url, "B", "sent")
    schema.upgrade(old_url)
    store = Store(old_url)
    with store.read(OFFICE) as work:
        found = {notice.code: notice.died_at for notice in work.notices.of_office()}
        (dead,) = work.dead_notices.newest(limit=9)
    store.dispose()
    assert found == {"A": local(TRIED), "B": None}
    assert (dead.code, dead.way) == ("A", None)


def test_a_program_that_does_not_know_the_new_columns_writes_on(old_url: str) -> None:
    schema.upgrade(old_url)
    write(old_url, "A", "planned")
    store = Store(old_url)
    with store.begin(OFFICE) as work:
        taken = work.outbox.take_due(now=local(TRIED), until=local("13/06/2019 08:02"), limit=9)
        (notice,) = work.notices.of_office()
    store.dispose()
    assert taken == [notice.id]
    assert notice.unsettled == 0


def test_what_was_under_way_keeps_the_name_of_its_message(old_url: str) -> None:
    write(old_url, "A", "failed")
    write(old_url, "B", "sent")
    schema.upgrade(old_url)
    store = Store(old_url)
    with store.read(OFFICE) as work:
        found = {notice.code: notice for notice in work.notices.of_office()}
    store.dispose()
    assert found["A"].letter == own_name(found["A"])
    assert found["B"].letter is None
    assert not found["A"].urgent
