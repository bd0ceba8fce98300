"""A list that comes while the database is away is as good as before: it is taken in when it is back."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.builders import OfficeAtWork, row, write_list
from workers import clock
from workers.store.errors import StoreError
from workers.store.unit_of_work import Store
from workers.use_cases.inbox import take_in_all

if TYPE_CHECKING:
    from pathlib import Path

AT_REST = 1_559_520_000  # 3 June 2019: nobody writes it any more


def rename(url: str, old: str, new: str) -> None:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
        file.execute(f"ALTER TABLE {old} RENAME TO {new}")


def test_a_list_waits_in_the_inbox_until_the_database_is_back(sqlite_url: str, tmp_path: Path) -> None:
    store, inbox = Store(sqlite_url), tmp_path / "inbox"
    office = OfficeAtWork(store, tmp_path)
    office.configure()
    inbox.mkdir()
    os.utime(write_list(inbox / "list.csv", [row()]), (AT_REST, AT_REST))
    rename(sqlite_url, "clocks", "away")
    with pytest.raises(StoreError):
        list(take_in_all(store, inbox, clock=clock.now))
    assert [path.name for path in inbox.glob("*.csv")] == ["list.csv"]
    rename(sqlite_url, "away", "clocks")
    assert [taken.outcome for taken in take_in_all(store, inbox, clock=clock.now)] == ["done"]
    assert office.kinds() == ["accepted"]
    store.dispose()
