"""An office with many notices that wait to be sent, each a mail of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import OfficeAtWork, row
from tests.databases import connect
from tests.office_texts import EACH_ALONE
from workers.store.unit_of_work import Store

if TYPE_CHECKING:
    from pathlib import Path


def fill_office(url: str, folder: Path, mails: int) -> list[int]:
    """Take in as many dossiers as mails are wanted, let a rung of each come due, and return the notices."""
    store = Store(url)
    office = OfficeAtWork(store=store, folder=folder)
    office.configure(**EACH_ALONE)
    codes = [f"HS-{n:07d}" for n in range(mails)]
    office.take_in(*(row(code) for code in codes))
    office.act(*codes, now="13/06/2019 08:00")
    store.refresh_statistics()
    store.dispose()
    with connect(url) as connection:
        found = connection.execute(b"SELECT id FROM notices WHERE state = 'planned' ORDER BY id").fetchall()
    return [int(str(number)) for (number,) in found]


def unsend(url: str) -> None:
    """Let every notice wait again, as if nothing had been tried."""
    with connect(url) as connection:
        connection.execute(
            b"UPDATE notices SET state = 'planned', attempts = 0, handed_until = NULL, sent_at = NULL,"
            b" message_id = NULL, way = NULL, letter = NULL WHERE state = 'sent'"
        )
        connection.execute(b"VACUUM ANALYZE notices")
