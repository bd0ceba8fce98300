"""Ops are told once at each mark that the days off run out, at their hours, and not when it is settled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.builders import LEASE, OFFICE, delivery, local, mail_by, row
from tests.office_texts import YEAR_FILE, office_files
from workers.notify.channel import TransientDeliveryError
from workers.use_cases.attempt import MOST_ATTEMPTS
from workers.use_cases.office import record_configuration
from workers.use_cases.settling import Delivered
from workers.use_cases.sweep import sweep_notices
from workers.use_cases.warn_ops import warn_ops

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter
    from workers.store.notices import Notice
    from workers.store.unit_of_work import Store

TOPIC = "lich/main/2019-12-31"
ROLE = '\n[[roles]]\ncode = "ops"\ntitle = "Người vận hành"\n'


def ops(code: str, unit: str = "civil", delivery: str = "at_once") -> str:
    return (
        f'\n[[people]]\ncode = "{code}"\nrole = "ops"\nunit = "{unit}"\n'
        f'email = "{code}@example.invalid"\ndelivery = "{delivery}"\n'
    )


OPS = (ops("ops.1"), ops("ops.2", "land", "working_hours"))


class Ops:
    """Drive the warnings of one office, with letters that are kept or refused."""

    def __init__(self, office: OfficeAtWork, *people: str) -> None:
        self.office, self.failures = office, 0
        self.sent: list[Letter] = []
        self.files = office_files()
        self.files["office.toml"] += ROLE
        self.files["people.toml"] += "".join(people)
        self.configure()

    def configure(self, now: str = "02/06/2019 07:00", **files: str) -> None:
        self.files |= files
        record_configuration(self.store, self.files, author="ops", reason="thử", now=local(now))

    def record_next_year(self, now: str) -> None:
        self.files["calendar/2020.toml"] = YEAR_FILE.replace("2019", "2020")
        self.configure(now)

    @property
    def store(self) -> Store:
        return self.office.store

    def send(self, letter: Letter) -> None:
        if self.failures:
            self.failures -= 1
            raise TransientDeliveryError("server", "the mail server does not answer")
        self.sent.append(letter)

    def close(self) -> None:
        """Nothing is kept."""

    def warn(self, now: str) -> list[int]:
        return warn_ops(self.store, OFFICE, now=local(now), lease=LEASE)

    def deliver(self, ids: list[int], now: str) -> Delivered:
        return delivery(self.store, mail_by(self), lambda: local(now)).deliver(OFFICE, ids)

    def tick(self, now: str) -> Delivered:
        """Do what beat does in a minute: warn, then hand out what waits."""
        ids = self.warn(now)
        return self.deliver(
            [*ids, *sweep_notices(self.store, OFFICE, now=local(now) + LEASE, lease=LEASE)], now
        )

    def notices(self) -> list[Notice]:
        with self.store.read(OFFICE) as work:
            return work.notices.of_office()

    def told(self) -> list[tuple[str, str, str]]:
        return sorted((notice.rung, notice.recipient, notice.state) for notice in self.notices())


@pytest.fixture
def one(office: OfficeAtWork) -> Ops:
    return Ops(office, ops("ops.1"))


def test_everybody_with_the_role_is_told_on_the_sixtieth_day_before_the_end(office: OfficeAtWork) -> None:
    both = Ops(office, *OPS)
    assert both.warn("01/11/2019 23:59") == []
    assert both.notices() == []
    both.warn("02/11/2019 00:00")  # a Saturday
    assert both.told() == [("d-60", "ops.1", "planned"), ("d-60", "ops.2", "planned")]
    notice, _ = both.notices()
    assert (notice.code, notice.kind, notice.role, notice.step) == (TOPIC, "calendar", "ops", "")
    assert (notice.planned_at, notice.sla_version) == (local("02/11/2019"), 2)


def test_nobody_is_told_outside_the_hours_they_asked_for(office: OfficeAtWork) -> None:
    both = Ops(office, *OPS, ops("ops.3", "top", "next_morning"))
    now = both.warn("02/11/2019 00:00")
    assert [notice.deliver_at for notice in both.notices()] == [
        local("02/11/2019 00:00"),
        local("04/11/2019 07:00"),
        local("04/11/2019 07:00"),
    ]
    assert now == [both.notices()[0].id], "the others wait for Monday"
    assert both.deliver([notice.id for notice in both.notices()], "02/11/2019 00:01").sent == 1
    assert both.tick("04/11/2019 06:50").sent == 0
    assert both.tick("04/11/2019 07:00").sent == 2


def test_each_mark_is_told_once_whatever_runs_again(one: Ops) -> None:
    days = [f"{day:02d}/{month:02d}/2019 08:00" for month in (10, 11, 12) for day in range(1, 31)]
    days += ["31/12/2019 08:00", *(f"{day:02d}/01/2020 08:00" for day in range(1, 32))]
    for day in days:
        for _ in range(2):
            one.tick(day)
    marks = ["d-60", "d-30", "d-14", "d-7", "d-1", "over"]
    assert [notice.rung for notice in one.notices()] == marks
    assert {notice.state for notice in one.notices()} == {"sent"}
    days_told = [f"{notice.sent_at:%d/%m}" for notice in one.notices() if notice.sent_at]
    assert days_told == ["02/11", "02/12", "18/12", "25/12", "31/12", "01/01"]
    assert [letter.subject.partition(":")[0] for letter in one.sent] == [
        *(f"Lịch nghỉ chỉ còn {left} ngày" for left in (60, 30, 14, 7, 1)),
        "Lịch nghỉ đã hết ngày 31/12/2019",
    ]


def test_after_an_outage_only_the_last_mark_is_told_and_the_others_are_recorded(one: Ops) -> None:
    assert one.tick("26/12/2019 08:00").sent == 1
    assert one.told() == [
        ("d-14", "ops.1", "covered"),
        ("d-30", "ops.1", "covered"),
        ("d-60", "ops.1", "covered"),
        ("d-7", "ops.1", "sent"),
    ]
    assert {notice.covered_by for notice in one.notices() if notice.state == "covered"} == {"d-7"}
    (letter,) = one.sent
    assert letter.to == "ops.1@example.invalid"
    assert "chỉ còn 6 ngày" in letter.subject, "what is true then, not at the mark"


def test_a_mail_that_never_went_is_told_by_the_next_mark(one: Ops) -> None:
    one.failures = 1
    one.tick("02/11/2019 08:00")
    assert one.told() == [("d-60", "ops.1", "failed")]
    one.warn("02/12/2019 08:00")
    assert one.told() == [("d-30", "ops.1", "planned"), ("d-60", "ops.1", "covered")]


def test_who_takes_the_role_over_is_told_too_and_nobody_else_again(one: Ops) -> None:
    one.tick("03/12/2019 08:00")
    one.configure("04/12/2019 08:00", **{"people.toml": one.files["people.toml"] + ops("ops.9")})
    assert one.tick("05/12/2019 08:00").sent == 1
    assert [letter.to for letter in one.sent] == ["ops.1@example.invalid", "ops.9@example.invalid"]


def test_where_nobody_holds_the_role_it_goes_up_the_line(office: OfficeAtWork) -> None:
    nobody = Ops(office)
    nobody.warn("02/11/2019 08:00")
    assert nobody.told() == [("d-60", "top.head", "planned")]
    assert nobody.tick("04/11/2019 07:00").sent == 1
    (letter,) = nobody.sent
    assert "Người vận hành" in letter.text
    assert "Chưa ai giữ chức danh này" in letter.text


def test_what_was_settled_meanwhile_is_cancelled_and_not_sent(office: OfficeAtWork) -> None:
    one = Ops(office, ops("ops.1", delivery="working_hours"))
    one.warn("02/11/2019 08:00")
    one.record_next_year("03/11/2019 08:00")
    result = one.tick("04/11/2019 07:00")
    assert (result.sent, result.cancelled, result.dead) == (0, 1, 0)
    assert one.sent == []
    assert one.told() == [("d-60", "ops.1", "cancelled")]
    assert one.tick("05/11/2019 07:00") == Delivered()


def test_what_is_settled_while_a_batch_is_sent_is_not_sent_either(office: OfficeAtWork) -> None:
    both = Ops(office, ops("ops.1"), ops("ops.2"))
    ids = both.warn("02/11/2019 08:00")
    send = both.send

    def settle(letter: Letter) -> None:
        both.record_next_year("02/11/2019 08:01")
        send(letter)

    both.send = settle  # type: ignore[method-assign]
    result = both.deliver(ids, "02/11/2019 08:00")
    assert (result.sent, result.cancelled) == (1, 1)


def test_the_end_of_the_next_year_is_told_anew(one: Ops) -> None:
    one.tick("02/11/2019 08:00")
    one.record_next_year("03/11/2019 08:00")
    assert one.tick("31/12/2019 08:00") == Delivered()
    assert one.tick("02/11/2020 08:00").sent == 1
    assert [notice.code for notice in one.notices()] == [TOPIC, "lich/main/2020-12-31"]


def test_the_letter_counts_the_dossiers_that_are_provisional(one: Ops) -> None:
    long = row("A", accepted="20/12/2019 08:00")
    one.office.take_in(long, row("B", accepted="20/12/2019 08:00", officer="land.2"), now="20/12/2019 09:00")
    assert one.tick("31/12/2019 08:00").sent == 1
    assert "2 hồ sơ đang mở" in one.sent[0].text


def test_a_dossier_counted_anew_under_the_next_year_is_provisional_no_more(one: Ops) -> None:
    one.office.take_in(row("A", accepted="20/12/2019 08:00"), now="20/12/2019 09:00")
    one.record_next_year("27/12/2019 08:00")
    refused = one.office.event(
        "calendar_changed", "A", at="27/12/2019 09:00", now="27/12/2019 09:00", reason="QĐ 1", document="1/TB"
    )
    assert refused is None
    with one.store.read(OFFICE) as work:
        assert work.clocks.count_provisional() == 0


def test_a_mail_that_cannot_go_is_tried_again_and_kept_when_it_is_given_up(one: Ops) -> None:
    one.failures = 100
    ids = one.warn("02/11/2019 08:00")
    assert one.deliver(ids, "02/11/2019 08:00").failed == 1
    for hour in range(9, 9 + MOST_ATTEMPTS - 1):
        now = f"{2 + hour // 24:02d}/11/2019 {hour % 24:02d}:00"
        one.deliver(sweep_notices(one.store, OFFICE, now=local(now), lease=LEASE), now)
    (notice,) = one.notices()
    assert (notice.state, notice.attempts) == ("dead", MOST_ATTEMPTS)


def test_who_left_makes_a_dead_letter_and_no_crash(one: Ops) -> None:
    ids = one.warn("02/11/2019 08:00")
    one.configure("02/11/2019 08:01", **{"people.toml": office_files()["people.toml"]})
    result = one.deliver(ids, "02/11/2019 08:02")
    assert (result.sent, result.dead) == (0, 1)
    assert "ops.1" in result.errors[ids[0]]


def test_warning_at_once_in_many_places_tells_once(office: OfficeAtWork) -> None:
    both = Ops(office, *OPS)
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda _: both.warn("04/11/2019 08:00"), range(6)))
    assert sorted(len(ids) for ids in found) == [0, 0, 0, 0, 0, 2]
    assert len(both.notices()) == 2


def test_nothing_to_tell_still_leaves_a_sign_of_life(one: Ops) -> None:
    for now, found in (("01/08/2019 08:00", 0), ("02/11/2019 08:00", 1), ("03/11/2019 08:00", 0)):
        one.warn(now)
        with one.store.read(OFFICE) as work:
            beat = work.journal.heartbeats()["warn_ops"]
        assert (beat.at, beat.data) == (local(now), {"found": found})


def test_a_calendar_with_a_very_long_code_is_told_of_too(office: OfficeAtWork) -> None:
    code = "m" * 64
    one = Ops(office, ops("ops.1"))
    text = one.files["office.toml"].replace("[calendars.main", f"[calendars.{code}")
    one.configure(**{"office.toml": text.replace('calendar = "main"', f'calendar = "{code}"')})
    assert one.tick("04/11/2019 08:00").sent == 1
    assert code in one.sent[0].text.replace("\n", "")


def test_what_dossiers_are_told_is_not_touched(one: Ops) -> None:
    one.office.take_in(row())
    one.office.act(now="13/06/2019 08:00")
    one.tick("02/11/2019 08:00")
    assert [notice.kind for notice in one.office.notices()] == ["apology"]
    with one.store.read(OFFICE) as work:
        kinds = {(role, kind) for role, kind, _, _ in work.notices.summary()}
    assert kinds == {("officer", "apology"), ("ops", "calendar")}
