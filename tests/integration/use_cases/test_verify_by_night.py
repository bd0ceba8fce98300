"""Every night the whole record is verified, in pieces where it takes long; ops hear once of what differs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from domain.form_06a import USUAL
from domain.period import period_of
from tests.builders import LEASE, OFFICE, ZONE, delivery, local, mail_by, row
from tests.office_texts import office_files
from tests.tampering import tamper
from workers.use_cases import verify_events
from workers.use_cases.anchoring import anchor_day
from workers.use_cases.as_of import Frame
from workers.use_cases.checkup import check_up
from workers.use_cases.office import load_office, record_configuration
from workers.use_cases.overview import overview
from workers.use_cases.seal_question import Question
from workers.use_cases.sealing import By, end_of_record, seal
from workers.use_cases.verify import Verification
from workers.use_cases.verify_by_night import verify_by_night
from workers.use_cases.warn_ops import warn_ops

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter
    from workers.store.notices import Notice
    from workers.use_cases.verify_record import VerifyRecord

OPS = """
[[people]]
code = "ops.1"
role = "ops"
unit = "civil"
email = "ops.1@example.invalid"
delivery = "at_once"
"""
FIRST_NIGHT = "03/07/2019 01:00"


class Night:
    """An office with five dossiers, two anchors and a seal, whose nights a test lets pass."""

    def __init__(self, office: OfficeAtWork) -> None:
        self.office = office
        self.sent: list[Letter] = []
        files = office_files()
        files["office.toml"] += '\n[[roles]]\ncode = "ops"\ntitle = "Người vận hành"\n'
        files["people.toml"] += OPS
        record_configuration(office.store, files, author="ops", reason="thử", now=local("01/06/2019 08:00"))
        office.take_in(*(row(f"HS-{n}") for n in range(5)))
        anchor_day(office.store, OFFICE, now=local("05/06/2019 00:05"))
        office.event("finished", "HS-2", at="07/06/2019 10:00", now="07/06/2019 11:00")
        anchor_day(office.store, OFFICE, now=local("08/06/2019 00:05"))
        self.seal()

    def seal(self) -> None:
        period, now = period_of("2019-06"), local("02/07/2019 08:00")
        frame = Frame(
            as_of=now,
            begin=period.begin(ZONE),
            end=period.end(ZONE),
            known=now,
            last_id=end_of_record(self.office.store, OFFICE),
        )
        question = Question(period=period, frame=frame, by=("unit",), form=True, stands=USUAL)
        by = By(author="cli:thử", reason="12/BC", at=now, program="0.1")
        seal(self.office.store, load_office(self.office.store, OFFICE), question, by)

    def verify(self, now: str, has_time: Callable[[], bool] = lambda: True) -> VerifyRecord:
        return verify_by_night(self.office.store, OFFICE, now=local(now), has_time=has_time)

    def tamper(self, *statements: str) -> None:
        tamper(self.office.store.url, *statements)

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
            return [notice for notice in work.notices.of_office() if notice.kind == "altered"]


@pytest.fixture
def night(office: OfficeAtWork) -> Night:
    return Night(office)


def test_a_record_nobody_touched_is_verified_once_a_night_and_nobody_is_told(night: Night) -> None:
    record = night.verify(FIRST_NIGHT)
    assert record.last is not None
    assert record.running is None
    assert (record.last.begun, record.last.found.total()) == (local(FIRST_NIGHT), 0)
    totals = {"dossiers": 5, "events": 6, "anchors": 2, "anchored": 6, "seals": 1, "sealed": 5}
    assert record.last.counted == totals
    assert night.verify("03/07/2019 23:59") == record
    assert night.verify("04/07/2019 00:59") == record
    assert night.verify("04/07/2019 01:00") != record
    night.warn("04/07/2019 08:00")
    assert night.told() == []


ALTERED = (
    ("UPDATE dossier_events SET actor = 'x' WHERE code = 'HS-0'", "dossier_events"),
    ("UPDATE clocks SET epoch = 9 WHERE code = 'HS-4'", "clocks"),
    ("DELETE FROM dossiers WHERE code = 'HS-3'", "dossiers"),
    ("UPDATE anchors SET events = 9 WHERE number = 1", "anchors"),
    ("UPDATE sla_versions SET reason = 'khác'", "sla_versions"),
    ("UPDATE report_seals SET document = replace(document, '12/BC', '13/BC')", "report_seals"),
    ("UPDATE sealed_dossiers SET place = place || ' ' WHERE position = 2", "sealed_dossiers"),
    ("DELETE FROM sealed_dossiers WHERE position = 5", "sealed_dossiers"),
)


@pytest.mark.parametrize("has_time", [True, False], ids=["at_once", "in_pieces"])
@pytest.mark.parametrize(("statement", "table"), ALTERED)
def test_what_the_command_finds_the_night_finds_too_however_it_is_cut(
    night: Night, statement: str, table: str, *, has_time: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    night.tamper(statement)
    whole = list(Verification(night.office.store, OFFICE).alterations())
    assert table in {one.table for one in whole}
    monkeypatch.setattr(verify_events, "BATCH", 2)
    for _ in range(40):
        record = night.verify(FIRST_NIGHT, lambda: has_time)
        if record.last is not None:
            break
    assert record.last is not None
    assert record.last.found == Counter(one.table for one in whole)
    assert {one.chain for one in record.last.first} == {one.chain for one in whole}


def test_a_long_verification_goes_on_where_it_stood(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_events, "BATCH", 2)
    seen = []
    for _ in range(20):
        record = night.verify(FIRST_NIGHT, lambda: False)
        if record.running is None:
            break
        seen.append(tuple(record.running.place or ()))
    assert seen == [
        *(("events", "HS-1"), ("events", "HS-3"), ("rest", "")),
        *(("anchors", ""), ("anchors", "0"), ("anchors", "1"), ("anchors", "2")),
        *(("registers", ""), ("seals", ""), ("seals", "1")),
    ]
    assert record.last is not None
    assert (record.last.counted["anchors"], record.last.counted["seals"]) == (2, 1)
    assert (record.last.counted["events"], record.last.counted["anchored"]) == (6, 6)


def test_two_who_verify_at_once_count_nothing_twice(night: Night) -> None:
    def meanwhile() -> bool:
        night.verify(FIRST_NIGHT, lambda: False)
        return True

    night.verify(FIRST_NIGHT, meanwhile)
    record = night.verify(FIRST_NIGHT)
    assert record.last is not None
    assert (record.last.counted["dossiers"], record.last.counted["sealed"]) == (5, 5)


def test_ops_hear_once_of_what_was_altered_and_are_told_no_content(night: Night) -> None:
    night.tamper("UPDATE dossier_events SET actor = 'kẻ lạ' WHERE code = 'HS-0' AND seq = 1")
    for now in (FIRST_NIGHT, "03/07/2019 01:02", "03/07/2019 08:00"):
        night.verify(now)
        night.warn(now)
    (letter,) = night.sent
    assert letter.to == "ops.1@example.invalid"
    assert letter.subject == "Sổ bị sửa sau khi ghi: 1 chỗ, cần xem ngay"
    assert "Bị sửa sự kiện của HS-0, số 1" in " ".join(letter.text.split())
    assert "dunghan audit verify" in letter.text
    assert "kẻ lạ" not in letter.text
    (notice,) = night.told()
    assert (notice.code, notice.rung, notice.state) == ("kiem-tra/2019-07-03", "altered", "sent")


def test_doctor_and_status_see_when_it_last_ran_and_what_it_found(night: Night) -> None:
    night.verify(FIRST_NIGHT)
    store = night.office.store
    for record in (
        check_up(store, OFFICE, now=local("03/07/2019 08:00")).verified,
        overview(store, OFFICE, now=local("03/07/2019 08:00")).verified,
    ):
        assert record.last is not None
        assert record.last.at == local(FIRST_NIGHT)
