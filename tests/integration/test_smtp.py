"""Letters over real SMTP: taken, refused, put off, cut off, kept waiting, encrypted."""

from __future__ import annotations

import email
import os
import smtplib
import socket
import time
from contextlib import closing
from email.policy import default
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.smtp import AuthResult

from tests.certificates import make_certificate, server_context
from tests.mail_server import HOST, MailServer, running, scripted
from workers.notify.channel import (
    DeliveryError,
    Letter,
    PermanentDeliveryError,
    TransientDeliveryError,
)
from workers.notify.smtp import SmtpChannel
from workers.notify.smtp_dialogue import announce, content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["each by itself", "in one piece"])
def server(request: pytest.FixtureRequest) -> MailServer:
    """A server that takes commands one by one, and one that takes several at once (RFC 2920)."""
    return MailServer(pipelining=request.param == "in one piece")


@pytest.fixture
def port(server: MailServer) -> Iterator[int]:
    with running(server) as number:
        yield number


@pytest.fixture
def channel(port: int) -> Iterator[SmtpChannel]:
    made = SmtpChannel(f"smtp://{HOST}:{port}?timeout=5")
    yield made
    made.close()


def letter(number: int = 1, **changes: Any) -> Letter:
    plain: dict[str, Any] = {
        "to": "officer-1@example.invalid",
        "subject": "Hồ sơ 000.00.19.H51-190529-0001 sắp đến hạn",
        "text": "Kính gửi đồng chí,\n.\nmột dấu chấm đứng riêng không kết thúc thư\n",
        "html": "<p>Kính gửi đồng chí</p>\n",
        "message_id": f"<n{number}@example.invalid>",
        "sender": "dunghan@example.invalid",
        "sender_name": "UBND huyện Mỹ Xuyên",
    }
    return Letter(**(plain | changes))


def failure(channel: SmtpChannel, what: Letter | None = None) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        channel.send(what or letter())
    assert "officer-1@" not in str(caught.value)
    assert "<n1@example.invalid>" in str(caught.value)
    return caught.value


def test_a_letter_arrives_as_it_was_written(server: MailServer, channel: SmtpChannel) -> None:
    channel.send(letter())
    message = email.message_from_bytes(server.mails[0], policy=default)
    text = message.get_body(("plain",))
    assert text is not None
    assert message["Subject"] == letter().subject
    assert text.get_content().replace("\r\n", "\n") == letter().text
    assert message["Message-ID"] == "<n1@example.invalid>"


@pytest.mark.parametrize(
    "data", [b".first\r\n", b"one\r\n.\r\ntwo\r\n", b"one\r\n..two\r\n.", b"\r\n.\r\n.\r\n"]
)
def test_no_line_of_dots_ends_a_letter_or_loses_one(server: MailServer, port: int, data: bytes) -> None:
    with smtplib.SMTP(HOST, port) as connection:
        connection.ehlo()
        assert [answer.code for answer in announce(connection, letter())] == [250, 250, 354]
        assert content(connection, data).code == 250
    assert server.mails == [data.removesuffix(b"\r\n") + b"\r\n"]


def test_one_connection_carries_many_letters(server: MailServer, channel: SmtpChannel) -> None:
    for number in range(20):
        channel.send(letter(number))
    assert len(server.mails) == 20
    assert server.connections == 1


def test_a_connection_the_server_closed_is_opened_again_without_losing_the_letter(
    server: MailServer, channel: SmtpChannel
) -> None:
    channel.send(letter(1))
    server.hang_up()
    channel.send(letter(2))
    assert len(server.mails) == 2
    assert server.connections == 2


def test_a_forked_process_opens_a_connection_of_its_own(server: MailServer, channel: SmtpChannel) -> None:
    channel.send(letter(1))
    child = os.fork()
    if child == 0:
        status = 1
        try:
            channel.send(letter(2))
            status = 0
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
    channel.send(letter(3))
    assert len(server.mails) == 3
    assert server.connections == 2


def test_a_refused_recipient_is_permanent_and_the_next_letter_goes_on(
    server: MailServer, channel: SmtpChannel
) -> None:
    server.recipients["officer-1@example.invalid"] = "550 5.1.1 <officer-1@example.invalid>: unknown"
    error = failure(channel)
    assert isinstance(error, PermanentDeliveryError)
    assert error.code == "recipient"
    assert "550 5.1.1 <address>" in str(error)
    channel.send(letter(2, to="officer-2@example.invalid"))
    assert len(server.mails) == 1
    assert server.connections == 1


@pytest.mark.parametrize(
    ("answer", "away"),
    [("451 try later", False), ("421 closing", True), ("450 busy", False), ("530 log in first", True)],
)
def test_what_time_or_ops_can_cure_is_transient(
    server: MailServer, channel: SmtpChannel, answer: str, *, away: bool
) -> None:
    server.recipients["officer-1@example.invalid"] = answer
    error = failure(channel)
    assert isinstance(error, TransientDeliveryError)
    assert error.away == away, "a word on every letter, or on this one"
    del server.recipients["officer-1@example.invalid"]
    channel.send(letter())
    assert len(server.mails) == 1


def test_a_refused_sender_concerns_every_letter_and_is_transient(
    server: MailServer, channel: SmtpChannel
) -> None:
    server.sender_answer = "550 sender not allowed"
    error = failure(channel)
    assert isinstance(error, TransientDeliveryError)
    assert (error.code, error.away) == ("sender", True)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("554 looks like spam", PermanentDeliveryError), ("452 full", TransientDeliveryError)],
)
def test_refused_content_is_permanent_only_with_a_5xx(
    server: MailServer, channel: SmtpChannel, answer: str, kind: type[DeliveryError]
) -> None:
    server.data_answer = answer
    assert isinstance(failure(channel), kind)


def test_a_connection_cut_after_the_letter_is_tried_again_under_the_same_message_id(
    server: MailServer, channel: SmtpChannel
) -> None:
    server.drop_after_data = True
    error = failure(channel)
    assert isinstance(error, TransientDeliveryError)
    assert (error.code, error.away) == ("connection", False)
    server.drop_after_data = False
    channel.send(letter())
    assert [b"Message-ID: <n1@example.invalid>" in mail for mail in server.mails] == [True, True]


def test_a_slow_server_is_left_after_the_timeout(server: MailServer, port: int) -> None:
    server.wait = 3.0
    channel = SmtpChannel(f"smtp://{HOST}:{port}?timeout=0.3")
    begun = time.monotonic()
    error = failure(channel)
    assert isinstance(error, TransientDeliveryError)
    assert "in time" in str(error)
    assert time.monotonic() - begun < 2.5
    channel.close()


def test_a_server_that_is_not_there_is_transient() -> None:
    with closing(socket.socket()) as taken:
        taken.bind((HOST, 0))  # bound and not listening: nobody else can answer
        error = failure(SmtpChannel(f"smtp://{HOST}:{taken.getsockname()[1]}?timeout=2"))
    assert isinstance(error, TransientDeliveryError)
    assert (error.code, error.away, error.unsent) == ("connection", True, True)


def test_a_server_that_accepts_and_says_nothing_is_left_after_the_timeout() -> None:
    with closing(socket.create_server((HOST, 0))) as mute:
        error = failure(SmtpChannel(f"smtp://{HOST}:{mute.getsockname()[1]}?timeout=0.3"))
    assert isinstance(error, TransientDeliveryError)
    assert error.away


def test_a_server_that_greets_with_a_no_is_away() -> None:
    with scripted([b"554 no service here"], []) as port:
        error = failure(SmtpChannel(f"smtp://{HOST}:{port}?timeout=2"))
    assert isinstance(error, TransientDeliveryError)
    assert error.away


def test_a_forged_letter_never_reaches_the_server(server: MailServer, channel: SmtpChannel) -> None:
    for forged in (letter(to="a@example.invalid\r\nDATA"), letter(subject="a\r\n\r\nb")):
        assert isinstance(failure(channel, forged), PermanentDeliveryError)
    assert server.connections == 0


def test_starttls_is_never_skipped(server: MailServer, port: int) -> None:
    error = failure(SmtpChannel(f"smtp://{HOST}:{port}?starttls=1&timeout=5"))
    assert isinstance(error, TransientDeliveryError)
    assert (error.code, error.away) == ("encryption", True)
    assert not server.mails


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_certificate(tmp_path_factory.mktemp("tls"))


def _accounts(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"mot-cua", b"p/:@s"), handled=False)


def test_a_login_over_starttls_delivers_and_a_wrong_password_is_for_ops(
    server: MailServer, certificate: tuple[Path, Path]
) -> None:
    options = {
        "tls_context": server_context(certificate),
        "require_starttls": True,
        "authenticator": _accounts,
        "auth_required": True,
    }
    with running(server, **options) as port:
        rest = f"{HOST}:{port}?starttls=1&timeout=5&ca={certificate[0]}"
        channel = SmtpChannel(f"smtp://mot-cua:p%2F%3A%40s@{rest}")
        channel.send(letter())
        channel.close()
        error = failure(SmtpChannel(f"smtp://mot-cua:wrong@{rest}"))
    assert len(server.mails) == 1
    assert isinstance(error, TransientDeliveryError)
    assert (error.code, error.away) == ("login", True)
    assert "wrong" not in str(error)


def test_a_certificate_nobody_vouches_for_is_refused(
    server: MailServer, certificate: tuple[Path, Path]
) -> None:
    with running(server, tls_context=server_context(certificate)) as port:
        error = failure(SmtpChannel(f"smtp://{HOST}:{port}?starttls=1&timeout=5"))
    assert error.code == "encryption"
    assert "not trusted" in str(error)
    assert not server.mails


def test_tls_from_the_first_byte_delivers(server: MailServer, certificate: tuple[Path, Path]) -> None:
    with running(server, ssl_context=server_context(certificate)) as port:
        channel = SmtpChannel(f"smtps://{HOST}:{port}?timeout=5&ca={certificate[0]}")
        channel.send(letter())
        channel.close()
    assert len(server.mails) == 1


def test_a_server_that_goes_on_without_a_recipient_gets_no_letter_and_the_next_one_arrives() -> None:
    """RFC 2920, 3.1: a client that sent RCPT and DATA together must be ready for this."""
    said: list[bytes] = []
    hello = [b"220 here", b"250-here\r\n250 PIPELINING"]
    refused = [b"250 sender", b"550 no such user", b"354 go on", b"554 nobody to give it to", b"250 reset"]
    taken = [b"250 sender", b"250 recipient", b"354 go on", b"250 taken"]
    with scripted([*hello, *refused, *taken], said) as number:
        channel = SmtpChannel(f"smtp://{HOST}:{number}?timeout=5")
        assert isinstance(failure(channel), PermanentDeliveryError)
        channel.send(letter(2))
        channel.close()
    assert [line for line in said if line in {b".", b"rset"}] == [b".", b"rset", b"."]
    assert b"Message-ID: <n1@example.invalid>" not in said
    assert b"Message-ID: <n2@example.invalid>" in said
