"""A message that comes again after its work was done costs a look: nothing is written, nobody waits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.builders import LEASE, OFFICE, local, row
from tests.mail_desk import MailDesk
from workers.use_cases.act import still_handed_out
from workers.use_cases.settling import Delivered
from workers.use_cases.sweep import sweep_dossiers

if TYPE_CHECKING:
    from datetime import datetime

    from tests.builders import OfficeAtWork

NOW = local("13/06/2019 07:01")
CODES = ["HS-1", "HS-2", "HS-3"]


@pytest.fixture
def until(office: OfficeAtWork) -> datetime:
    """When the sweep ends its hold on three dossiers that have come due."""
    office.take_in(*map(row, CODES))
    assert sorted(sweep_dossiers(office.store, OFFICE, now=NOW, lease=LEASE)) == CODES
    return NOW + LEASE


def still(office: OfficeAtWork, until: datetime) -> list[str]:
    return still_handed_out(office.store, OFFICE, list(reversed(CODES)), until=until)


def test_what_was_handed_out_is_acted_on_once(office: OfficeAtWork, until: datetime) -> None:
    assert still(office, until) == CODES
    office.act("HS-1", "HS-3", now="13/06/2019 07:02")
    assert still(office, until) == ["HS-2"]
    office.act("HS-2", now="13/06/2019 07:02")
    assert still(office, until) == []


def test_what_another_sweep_has_handed_out_is_for_its_own_message(
    office: OfficeAtWork, until: datetime
) -> None:
    again = sweep_dossiers(office.store, OFFICE, now=until, lease=LEASE)
    assert sorted(again) == CODES
    assert still(office, until) == []
    assert still(office, until + LEASE) == CODES


def test_what_closed_meanwhile_is_left_out(office: OfficeAtWork, until: datetime) -> None:
    office.event("finished", "HS-2", at="13/06/2019 07:01", now="13/06/2019 07:02")
    assert still(office, until) == ["HS-1", "HS-3"]


def test_delivering_again_what_has_gone_writes_nothing_and_waits_for_nobody(
    office: OfficeAtWork, until: datetime
) -> None:
    ids = office.act(*CODES, now="13/06/2019 07:02").deliver_now
    desk = MailDesk(office)
    deliver = desk.delivery(until)
    assert deliver.deliver(OFFICE, ids).sent == len(CODES)
    with office.store.begin(OFFICE) as work:  # on SQLite nobody else could write now
        work.clocks.load(CODES, lock=True)
        assert desk.delivery(until + timedelta(minutes=1)).deliver(OFFICE, ids) == Delivered()
    with office.store.read(OFFICE) as work:
        assert work.journal.heartbeats()["deliver"].at == until
    assert len(desk.sent) == 1
