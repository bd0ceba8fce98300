"""Every night the days before are proven, in pieces where it takes long; ops hear once of what differs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.builders import LEASE, OFFICE, delivery, local, mail_by, row
from tests.office_days import OfficeDays
from tests.office_texts import office_files
from workers.use_cases.office import record_configuration
from workers.use_cases.outages import NEVER, SHORTEST, Outage, Patience, outages, patience_for, tick
from workers.use_cases.overview import overview
from workers.use_cases.prove_notices import prove_notices
from workers.use_cases.warn_ops import warn_ops

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter
    from workers.store.notices import Notice
    from workers.use_cases.proof_record import ProofRecord

OPS = """
[[people]]
code = "ops.1"
role = "ops"
unit = "civil"
email = "ops.1@example.invalid"
delivery = "at_once"
"""


class Night:
    """An office whose nights a test lets pass."""

    def __init__(self, office: OfficeAtWork) -> None:
        self.office = office
        self.sent: list[Letter] = []
        self.days = OfficeDays(office, local("03/06/2019 09:00"))
        files = office_files()
        files["office.toml"] += '\n[[roles]]\ncode = "ops"\ntitle = "Người vận hành"\n'
        files["people.toml"] += OPS
        record_configuration(office.store, files, author="ops", reason="thử", now=local("01/06/2019 08:00"))

    def prove(self, now: str, has_time: Callable[[], bool] = lambda: True) -> ProofRecord:
        return prove_notices(
            self.office.store, OFFICE, now=local(now), slack=SHORTEST, has_time=has_time, batch=2
        )

    def send(self, letter: Letter) -> None:
        self.sent.append(letter)

    def close(self) -> None:
        """Nothing is kept."""

    def warn(self, now: str) -> None:
        at = local(now)
        ids = warn_ops(self.office.store, OFFICE, now=at, lease=LEASE)
        delivery(self.office.store, mail_by(self), lambda: at).deliver(OFFICE, ids)

    def told(self) -> list[Notice]:
        with self.office.store.read(OFFICE) as work:
            return [notice for notice in work.notices.of_office() if notice.kind == "proof"]


@pytest.fixture
def night(office: OfficeAtWork) -> Night:
    return Night(office)


def test_the_first_night_proves_the_day_before_and_only_once(night: Night) -> None:
    assert night.prove("13/06/2019 00:59").last is not None  # the 11th: the 12th is not an hour over yet
    night.office.take_in(row())
    night.days.work_until("14/06/2019 01:00")
    record = night.prove("14/06/2019 01:00")
    assert record.last is not None
    assert (record.last.begin, record.last.end) == (local("12/06/2019"), local("14/06/2019"))
    assert (record.last.due, record.last.unlike.total(), record.differing) == (1, 0, ())
    assert night.prove("14/06/2019 23:00") == record
    night.warn("14/06/2019 23:01")
    assert night.told() == []


def test_after_an_outage_of_a_week_the_week_is_proven(night: Night) -> None:
    night.prove("12/06/2019 02:00")
    night.office.take_in(row())
    night.days.now = local("11/06/2019 16:00")
    night.days.outage("19/06/2019 08:00")
    night.days.work_until("19/06/2019 09:00")
    record = night.prove("19/06/2019 09:00")
    assert record.last is not None
    assert (record.last.begin, record.last.end) == (local("12/06/2019"), local("19/06/2019"))
    assert record.last.unlike.total() == 0
    assert record.last.due == 4


def test_ops_hear_once_of_what_differs_and_status_shows_it(night: Night) -> None:
    night.office.take_in(row("A"), row("B"), row("C"))
    night.days.work_until("14/06/2019 01:00")
    night.days.tamper("DELETE FROM notices WHERE code = 'B'")
    record = night.prove("14/06/2019 01:00")
    assert record.last is not None
    assert record.last.unlike == {"missing": 1}
    for now in ("14/06/2019 01:01", "14/06/2019 01:02", "15/06/2019 08:00"):
        night.prove(now)
        night.warn(now)
    (letter,) = night.sent
    assert letter.to == "ops.1@example.invalid"
    assert letter.subject == "Đối chiếu thông báo: 1 chỗ lệch, cần xem lại"
    assert "Lệch B – thiếu, t-2" in " ".join(letter.text.split())
    assert "dunghan audit notices --from 13/06/2019 --to 13/06/2019" in letter.text
    (notice,) = night.told()
    assert (notice.code, notice.rung, notice.state) == ("doi-chieu/2019-06-14", "differs", "sent")
    with night.office.store.read(OFFICE) as work:
        assert work.journal.heartbeat("prove_notices") is not None
    shown = overview(night.office.store, OFFICE, now=local("15/06/2019 08:00")).proof
    assert shown.last is not None
    assert shown.last.unlike.total() == 0
    assert [proof.unlike.total() for proof in shown.differing] == [1]


def test_a_long_proof_goes_on_where_it_stood(night: Night) -> None:
    night.office.take_in(*(row(f"HS-{n}") for n in range(5)))
    night.days.work_until("14/06/2019 01:00")
    night.days.tamper("DELETE FROM notices WHERE code = 'HS-0' OR code = 'HS-4'")
    seen = []
    for _ in range(4):
        record = night.prove("14/06/2019 01:00", lambda: False)
        seen.append(record.running.dossiers if record.running else None)
    assert seen == [2, 4, 5, None]
    assert record.last is not None
    assert (record.last.dossiers, record.last.due, record.last.unlike) == (5, 5, {"missing": 2})
    assert record.last.first == (("missing", "HS-0", "t-2"), ("missing", "HS-4", "t-2"))


def test_two_who_prove_at_once_count_nothing_twice(night: Night) -> None:
    night.office.take_in(*(row(f"HS-{n}") for n in range(5)))
    night.days.work_until("14/06/2019 01:00")
    turns = []

    def meanwhile() -> bool:
        turns.append(night.prove("14/06/2019 01:00", lambda: False))
        return True

    night.prove("14/06/2019 01:00", meanwhile)
    record = night.prove("14/06/2019 01:00")
    assert turns
    assert record.last is not None
    assert (record.last.dossiers, record.last.due) == (5, 5)


def test_a_letter_about_a_proof_nobody_remembers_does_not_go(night: Night) -> None:
    night.office.take_in(row("A"))
    night.days.work_until("14/06/2019 01:00")
    night.days.tamper("DELETE FROM notices")
    night.prove("14/06/2019 01:00")
    ids = warn_ops(night.office.store, OFFICE, now=local("14/06/2019 01:00"), lease=LEASE)
    assert len(ids) == 1
    night.days.tamper("DELETE FROM heartbeats")
    night.days.now = local("14/06/2019 02:00")
    night.days.sweep()
    assert [notice.state for notice in night.told()] == ["cancelled"]


def test_a_silence_is_kept_as_an_outage_and_a_pause_between_two_ticks_is_not(office: OfficeAtWork) -> None:
    moments = ("03/06/2019 08:00", "03/06/2019 08:01", "03/06/2019 08:16", "04/06/2019 08:00")
    with office.store.begin(OFFICE) as work:
        for moment in moments:
            tick(work, now=local(moment), patience=SHORTEST)
        known = outages(work)
    assert known == [Outage(NEVER, local(moments[0])), Outage(local(moments[2]), local(moments[3]))]


def test_what_comes_due_in_an_outage_has_its_time_after_it() -> None:
    begin, end = local("03/06/2019 10:00"), local("04/06/2019 08:00")
    patience = Patience(slack=SHORTEST, outages=[Outage(begin, end)])
    before, within, after = local("03/06/2019 09:44"), local("03/06/2019 12:00"), local("04/06/2019 08:01")
    assert (patience.earliest(before), patience.latest(before)) == (before, before + SHORTEST)
    assert (patience.earliest(within), patience.latest(within)) == (end, end + SHORTEST)
    assert patience.latest(begin) == end + SHORTEST
    assert patience.latest(after) == after + SHORTEST


def test_an_office_that_sweeps_seldom_has_more_patience() -> None:
    assert patience_for(timedelta(minutes=1)) == SHORTEST
    assert patience_for(timedelta(hours=1)) == timedelta(hours=3)
