"""By which way a person is told: the first that is set up, the next only when that one failed for good."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests import gateway as gateways
from tests import mail_server
from tests.builders import LEASE, OFFICE, delivery, local, row
from tests.office_texts import office_files
from workers.notify.channel import PermanentDeliveryError, TransientDeliveryError
from workers.notify.factory import Channels
from workers.notify.smtp import SmtpChannel
from workers.notify.webhook import WebhookChannel
from workers.use_cases.attempt import BEFORE_NEXT_WAY, LONGEST_WAIT, MOST_ATTEMPTS
from workers.use_cases.office import record_configuration
from workers.use_cases.sweep import sweep_notices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.routing import Way
    from tests.builders import OfficeAtWork
    from workers.notify.channel import Channel, Letter
    from workers.store.notices import Notice
    from workers.use_cases.settling import Delivered

PHONE = "+84900000001"


class Door:
    """A channel of our own that keeps its letters and fails as it is told to."""

    def __init__(self) -> None:
        self.sent: list[Letter] = []
        self.failures: list[Exception] = []

    def send(self, letter: Letter) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(letter)

    def close(self) -> None:
        """Nothing is kept."""


class Ways:
    """An office whose officer is told as people.toml says, with a clock a test moves."""

    def __init__(self, office: OfficeAtWork, keys: str) -> None:
        self.office, self.now = office, local("13/06/2019 08:00")
        self.mail, self.sms = Door(), Door()
        self.leaving: tuple[Way, ...] = ("mail", "sms")
        self.doors: dict[Way, Channel] = {"mail": self.mail, "sms": self.sms}
        files = office_files()
        officer = 'email = "land.1@example.invalid"\n'
        files["people.toml"] = files["people.toml"].replace(officer, officer + keys)
        record_configuration(office.store, files, author="ops", reason="thử", now=local("01/06/2019 08:00"))
        office.take_in(row())
        self.ids = office.act(now="13/06/2019 08:00").deliver_now

    def deliver(self) -> Delivered:
        return delivery(
            self.office.store, Channels(by_way=self.doors, leaving=frozenset(self.leaving)), lambda: self.now
        ).deliver(OFFICE, self.ids)

    def again(self, after: timedelta = timedelta(hours=1)) -> Delivered:
        self.now += after
        sweep_notices(self.office.store, OFFICE, now=self.now, lease=LEASE)
        return self.deliver()

    @property
    def notice(self) -> Notice:
        (notice,) = self.office.notices()
        return notice


BOTH = f'channels = ["mail", "sms"]\nphone = "{PHONE}"\n'
SMS_FIRST = f'channels = ["sms", "mail"]\nphone = "{PHONE}"\n'
SMS_ALONE = 'channels = ["sms"]\ngateway_id = "zalo:1"\n'


def refused() -> PermanentDeliveryError:
    return PermanentDeliveryError("recipient", "no such mailbox")


def down() -> TransientDeliveryError:
    return TransientDeliveryError("server", "it does not answer")


def test_a_person_with_two_ways_is_told_once_by_the_first(office: OfficeAtWork) -> None:
    ways = Ways(office, BOTH)
    assert ways.deliver().sent == 1
    assert [letter.to for letter in ways.mail.sent] == ["land.1@example.invalid"]
    assert ways.sms.sent == []
    assert (ways.notice.state, ways.notice.way) == ("sent", "mail")


def test_who_prefers_messages_gets_the_same_words_by_message(office: OfficeAtWork) -> None:
    ways = Ways(office, SMS_FIRST)
    ways.deliver()
    (letter,) = ways.sms.sent
    assert (letter.to, ways.mail.sent, ways.notice.way) == (PHONE, [], "sms")
    assert "HS-1" in letter.subject


def test_the_second_way_stands_in_when_the_first_is_refused_for_good(office: OfficeAtWork) -> None:
    ways = Ways(office, BOTH)
    ways.mail.failures = [refused()]
    result = ways.deliver()
    assert (result.sent, result.failed, result.dead) == (0, 1, 0)
    assert (ways.notice.state, ways.notice.way, ways.notice.attempts) == ("failed", "sms", 0)
    assert "no such mailbox; next by sms" in (ways.notice.last_error or "")
    assert ways.again(timedelta()).sent == 1
    (letter,) = ways.sms.sent
    assert (ways.notice.state, ways.notice.way, ways.notice.message_id) == ("sent", "sms", letter.message_id)
    assert ways.again().sent == 0
    assert (len(ways.mail.sent), len(ways.sms.sent)) == (0, 1)


def test_a_way_that_is_only_down_is_tried_eight_times_before_the_next(office: OfficeAtWork) -> None:
    ways = Ways(office, BOTH)
    ways.mail.failures = [down() for _ in range(BEFORE_NEXT_WAY)]
    ways.deliver()
    for _ in range(BEFORE_NEXT_WAY - 2):
        ways.again()
    assert (ways.notice.way, ways.notice.attempts) == ("mail", BEFORE_NEXT_WAY - 1)
    ways.again()
    assert (ways.notice.state, ways.notice.way, ways.notice.attempts) == ("failed", "sms", 0)
    assert ways.again(timedelta()).sent == 1


def test_when_every_way_has_failed_it_is_dead_and_says_why(office: OfficeAtWork) -> None:
    ways = Ways(office, BOTH)
    ways.mail.failures, ways.sms.failures = [refused()], [PermanentDeliveryError("gateway", "answered 404")]
    ways.deliver()
    assert ways.again().dead == 1
    assert (ways.notice.state, ways.notice.way, ways.notice.last_error) == ("dead", "sms", "answered 404")
    assert ways.notice.died_at == ways.now


def test_what_no_way_can_cure_does_not_try_the_next(office: OfficeAtWork) -> None:
    ways = Ways(office, BOTH)
    files = office_files()
    files["people.toml"] = files["people.toml"].replace('"land.1"', '"land.9"')
    record_configuration(office.store, files, author="ops", reason="thử", now=ways.now)
    assert ways.deliver().cancelled == 1
    assert (ways.notice.state, ways.notice.way, ways.sms.sent) == ("cancelled", None, [])


def test_a_way_the_office_has_not_set_up_is_passed_over(office: OfficeAtWork) -> None:
    ways = Ways(office, SMS_FIRST)
    ways.leaving = ("mail",)
    ways.deliver()
    assert (len(ways.mail.sent), len(ways.sms.sent)) == (1, 0)


def test_an_office_without_any_server_keeps_messages_in_its_folder(office: OfficeAtWork) -> None:
    ways = Ways(office, SMS_FIRST)
    ways.leaving = ()
    ways.deliver()
    assert (len(ways.mail.sent), len(ways.sms.sent)) == (0, 1)


def test_a_folder_never_stands_in_for_a_server(office: OfficeAtWork) -> None:
    ways = Ways(office, BOTH)
    ways.leaving = ("mail",)
    ways.mail.failures = [refused()]
    assert ways.deliver().dead == 1
    assert ways.sms.sent == []


def test_who_can_only_be_told_by_a_way_nobody_set_up_makes_a_dead_notice_with_its_reason(
    office: OfficeAtWork,
) -> None:
    ways = Ways(office, SMS_ALONE)
    ways.doors, ways.leaving = {"mail": ways.mail}, ("mail",)
    assert ways.deliver().dead == 1
    assert ways.notice.last_error == "land.1 is told by sms alone, which this office has not set up"


def test_a_way_taken_from_a_person_meanwhile_is_left_for_the_first_one(office: OfficeAtWork) -> None:
    ways = Ways(office, BOTH)
    ways.mail.failures = [refused()]
    ways.deliver()
    record_configuration(office.store, office_files(), author="ops", reason="thử", now=ways.now)
    assert ways.again().sent == 1
    assert (len(ways.mail.sent), len(ways.sms.sent)) == (1, 0)


@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        (timedelta(seconds=5), timedelta(seconds=30)),
        (timedelta(minutes=20), timedelta(minutes=20)),
        (timedelta(days=3), LONGEST_WAIT),
    ],
)
def test_a_server_may_ask_to_be_left_alone_longer_but_not_beyond_the_ceiling(
    office: OfficeAtWork, asked: timedelta, wait: timedelta
) -> None:
    ways = Ways(office, BOTH)
    ways.mail.failures = [TransientDeliveryError("gateway", "answered 429", retry_after=asked)]
    ways.deliver()
    assert ways.notice.deliver_at - ways.now == wait


def test_no_wait_is_longer_than_the_ceiling(office: OfficeAtWork) -> None:
    ways = Ways(office, "")
    ways.mail.failures = [down() for _ in range(MOST_ATTEMPTS - 1)]
    ways.deliver()
    for _ in range(MOST_ATTEMPTS - 2):
        ways.again()
        assert ways.notice.deliver_at - ways.now <= LONGEST_WAIT


def test_a_reason_with_anything_in_it_is_kept_as_one_short_line(office: OfficeAtWork) -> None:
    ways = Ways(office, "")
    ways.mail.failures = [PermanentDeliveryError("recipient", "550 a\r\nb\x00c \x1b[31m" + "d" * 5_000)]
    assert ways.deliver().dead == 1
    assert (ways.notice.last_error or "").startswith("550 a b c [31md")
    assert len(ways.notice.last_error or "") == 500


@pytest.mark.parametrize(
    ("keys", "said"), [('lang = "en"\n', "of working time left"), ("", "làm việc")], ids=["en", "vi"]
)
def test_everybody_reads_their_own_language(office: OfficeAtWork, keys: str, said: str) -> None:
    ways = Ways(office, keys)
    ways.deliver()
    (letter,) = ways.mail.sent
    assert said in letter.text
    assert letter.headers["Content-Language"] == ("en" if keys else "vi")


@pytest.fixture
def mails() -> mail_server.MailServer:
    return mail_server.MailServer()


@pytest.fixture
def tin() -> gateways.Gateway:
    return gateways.Gateway()


@pytest.fixture
def real(office: OfficeAtWork, mails: mail_server.MailServer, tin: gateways.Gateway) -> Iterator[Ways]:
    with mail_server.running(mails) as port, gateways.running(tin) as url:
        ways = Ways(office, BOTH)
        smtp = SmtpChannel(f"smtp://{mail_server.HOST}:{port}?timeout=5")
        ways.doors = {"mail": smtp, "sms": WebhookChannel(url, gateways.SECRET, timeout=5)}
        yield ways
        smtp.close()


def test_an_address_a_real_server_refuses_is_told_by_a_real_gateway(
    real: Ways, mails: mail_server.MailServer, tin: gateways.Gateway
) -> None:
    mails.recipients["land.1@example.invalid"] = "550 5.1.1 unknown"
    real.deliver()
    tin.answer(429, Retry_After="600")
    assert real.again(timedelta()).failed == 1
    assert real.notice.deliver_at - real.now == timedelta(minutes=10)
    tin.answers.clear()
    assert real.again(timedelta(minutes=10)).sent == 1
    assert len(tin.taken) == 1
    (received,) = tin.taken.values()
    assert received.is_signed
    assert (received.json["to"], received.json["dossier"]) == (PHONE, "HS-1")
    assert mails.mails == []


def test_a_gateway_that_answers_a_page_is_tried_until_the_notice_is_dead_with_that_reason(
    real: Ways, mails: mail_server.MailServer, tin: gateways.Gateway
) -> None:
    mails.recipients["land.1@example.invalid"] = "550 5.1.1 unknown"
    real.deliver()
    tin.answer(200, "<html><body>Đăng nhập</body></html>", Content_Type="text/html")
    for _ in range(MOST_ATTEMPTS):
        real.again()
    assert real.notice.state == "dead"
    assert (real.notice.last_error or "").endswith("the gateway answered HTML")
    assert len(tin.received) == MOST_ATTEMPTS
    assert len(tin.taken) == 1, "the same key each time"
