"""Messages to a real gateway: signed, taken once, refused, put off, answered by a page for people."""

from __future__ import annotations

import socket
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests import mail_server
from tests.certificates import make_certificate, server_context
from tests.gateway import HOST, SECRET, Gateway, running
from workers.notify.channel import DeliveryError, Letter, PermanentDeliveryError, TransientDeliveryError
from workers.notify.webhook import WebhookChannel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2019, 5, 31, 7, 0, tzinfo=UTC)
PAGE = "<!DOCTYPE html>\n<html><body>Đăng nhập</body></html>"


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture
def url(gateway: Gateway) -> Iterator[str]:
    with running(gateway) as address:
        yield address


@pytest.fixture
def channel(url: str) -> WebhookChannel:
    return WebhookChannel(url, SECRET, now=lambda: NOW, timeout=5)


def letter(**changes: Any) -> Letter:
    plain: dict[str, Any] = {
        "to": "+84900000001",
        "subject": "Hồ sơ còn 2 ngày – H51-1",
        "text": "Kính gửi,\nHồ sơ H51-1 còn 2 ngày.\n",
        "html": "<p>Kính gửi</p>",
        "message_id": "<1.1559286000.my-xuyen@dunghan>",
        "sender": "dunghan@example.invalid",
        "sender_name": "UBND huyện Mỹ Xuyên",
        "headers": {"Content-Language": "vi", "X-Dunghan-Dossier": "H51-1"},
    }
    return Letter(**(plain | changes))


def failure(channel: WebhookChannel, what: Letter | None = None) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        channel.send(what or letter())
    assert "84900000001" not in str(caught.value), "an error carries no address"
    assert "<1.1559286000.my-xuyen@dunghan>" in str(caught.value)
    return caught.value


def test_a_message_arrives_signed_with_its_moment_and_its_key(
    gateway: Gateway, channel: WebhookChannel
) -> None:
    channel.send(letter())
    (received,) = gateway.received
    assert (received.method, received.path) == ("POST", "/tin?office=a")
    assert received.is_signed
    assert received.headers["X-Dunghan-Timestamp"] == str(int(NOW.timestamp()))
    assert received.headers["Idempotency-Key"] == "<1.1559286000.my-xuyen@dunghan>"
    assert received.headers["Content-Type"].startswith("application/json")


def test_it_says_what_the_mail_would_say_and_nothing_more(gateway: Gateway, channel: WebhookChannel) -> None:
    channel.send(letter())
    assert gateway.received[0].json == {
        "schema": 1,
        "id": "<1.1559286000.my-xuyen@dunghan>",
        "to": "+84900000001",
        "from": "UBND huyện Mỹ Xuyên",
        "lang": "vi",
        "dossier": "H51-1",
        "subject": "Hồ sơ còn 2 ngày – H51-1",
        "text": "Kính gửi,\nHồ sơ H51-1 còn 2 ngày.\n",
    }


def test_a_body_changed_on_the_way_is_noticed(gateway: Gateway, channel: WebhookChannel) -> None:
    channel.send(letter())
    (received,) = gateway.received
    changed = type(received)(received.path, received.method, received.headers, received.body + b" ")
    assert not changed.is_signed


def test_the_same_message_again_bears_the_same_key(gateway: Gateway, channel: WebhookChannel) -> None:
    gateway.answer(503)
    failure(channel)
    gateway.answers.clear()
    channel.send(letter())
    assert len(gateway.received) == 2
    assert len(gateway.taken) == 1


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_every_2xx_is_taken_with_or_without_json(
    gateway: Gateway, channel: WebhookChannel, status: int
) -> None:
    gateway.answer(status, "", Content_Type="text/plain")
    channel.send(letter())
    assert len(gateway.received) == 1


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 599])
def test_what_time_can_cure_is_transient(gateway: Gateway, channel: WebhookChannel, status: int) -> None:
    gateway.answer(status)
    error = failure(channel)
    assert isinstance(error, TransientDeliveryError)
    assert str(status) in str(error)
    assert error.retry_after is None
    assert error.away == (status in (429, 502, 503, 504)), "a word on every message, or on this one"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422])
def test_every_other_4xx_is_a_refusal_for_good(
    gateway: Gateway, channel: WebhookChannel, status: int
) -> None:
    gateway.answer(status, '{"error": "no such number +84 900 000 001 of nobody@example.invalid"}')
    error = failure(channel)
    assert isinstance(error, PermanentDeliveryError)
    assert error.code == "gateway"
    assert "no such number <address> of <address>" in str(error)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Fri, 31 May 2019 07:10:00 GMT", timedelta(minutes=10)),
        ("Fri, 31 May 2019 06:00:00 GMT", None),
        ("soon", None),
        ("-5", None),
        ("99999999999999999999", None),
        ("", None),
    ],
)
def test_a_gateway_may_say_when_to_come_back(
    gateway: Gateway, channel: WebhookChannel, said: str, wait: timedelta | None
) -> None:
    gateway.answer(429, Retry_After=said)
    error = failure(channel)
    assert isinstance(error, TransientDeliveryError)
    assert error.retry_after == wait


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json", "text/plain"])
def test_a_page_for_people_is_no_success_whatever_it_calls_itself(
    gateway: Gateway, channel: WebhookChannel, kind: str
) -> None:
    gateway.answer(200, PAGE, Content_Type=kind)
    error = failure(channel)
    assert isinstance(error, TransientDeliveryError)
    assert str(error).endswith("the gateway answered HTML")
    assert not error.away


def test_a_page_that_says_no_is_a_refusal_and_is_not_quoted(
    gateway: Gateway, channel: WebhookChannel
) -> None:
    gateway.answer(404, PAGE, Content_Type="text/html")
    error = failure(channel)
    assert isinstance(error, PermanentDeliveryError)
    assert str(error).endswith("answered 404")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_and_is_for_ops_to_set_right(
    gateway: Gateway, channel: WebhookChannel, url: str, status: int
) -> None:
    gateway.answer(status, "", Location=url)
    error = failure(channel)
    assert isinstance(error, TransientDeliveryError)
    assert "DUNGHAN_WEBHOOK_URL" in str(error)
    assert [entry.method for entry in gateway.received] == ["POST"]


def test_a_slow_gateway_is_left_after_the_timeout(gateway: Gateway, url: str) -> None:
    gateway.wait = 2.0
    begun = time.monotonic()
    error = failure(WebhookChannel(url, SECRET, timeout=0.2))
    assert isinstance(error, TransientDeliveryError)
    assert "in time" in str(error)
    assert error.away
    assert time.monotonic() - begun < 1.9


def test_a_gateway_that_hangs_up_without_a_word_is_transient(
    gateway: Gateway, channel: WebhookChannel
) -> None:
    gateway.hang_up = True
    error = failure(channel)
    assert isinstance(error, TransientDeliveryError)
    assert (error.code, error.away) == ("connection", False)


def test_a_gateway_that_is_not_there_is_transient() -> None:
    with closing(socket.socket()) as taken:
        taken.bind((HOST, 0))  # bound and not listening: nobody else can answer
        url = f"http://{HOST}:{taken.getsockname()[1]}/?token=hush-hush"
        error = failure(WebhookChannel(url, SECRET, timeout=2))
    assert isinstance(error, TransientDeliveryError)
    assert (error.code, error.away) == ("connection", True)
    assert "hush" not in str(error)


def test_a_server_that_does_not_speak_http_is_transient() -> None:
    with mail_server.running(mail_server.MailServer()) as port:
        error = failure(WebhookChannel(f"http://{HOST}:{port}/", SECRET, timeout=5))
    assert isinstance(error, TransientDeliveryError)
    assert "in HTTP" in str(error)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_certificate(tmp_path_factory.mktemp("tls"))


def test_a_gateway_whose_certificate_is_trusted_is_told_over_tls(
    gateway: Gateway, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with running(gateway, server_context(certificate)) as url:
        WebhookChannel(url, SECRET, timeout=5).send(letter())
    assert gateway.received[0].is_signed


def test_a_gateway_nobody_vouches_for_is_told_nothing(
    gateway: Gateway, certificate: tuple[Path, Path]
) -> None:
    with running(gateway, server_context(certificate)) as url:
        error = failure(WebhookChannel(url, SECRET, timeout=5))
    assert isinstance(error, TransientDeliveryError)
    assert error.code == "encryption"
    assert "not trusted" in str(error)
    assert gateway.received == []


def test_a_gateway_without_encryption_is_told_nothing_when_it_was_asked_for(
    gateway: Gateway, url: str
) -> None:
    error = failure(WebhookChannel(url.replace("http:", "https:"), SECRET, timeout=2))
    assert isinstance(error, TransientDeliveryError)
    assert error.code == "encryption"
    assert gateway.received == []


@pytest.mark.parametrize(
    "forged",
    [
        {"to": ""},
        {"to": "+84900000001\r\nX: y"},
        {"to": "số điện thoại"},
        {"message_id": "<1.1559286000.my-xuyen@dunghan>\r\nX: y"},
    ],
)
def test_a_forged_message_never_reaches_the_gateway(
    gateway: Gateway, channel: WebhookChannel, forged: dict[str, Any]
) -> None:
    with pytest.raises(PermanentDeliveryError):
        channel.send(letter(**forged))
    assert gateway.received == []


def test_half_a_character_and_a_very_long_text_arrive(gateway: Gateway, channel: WebhookChannel) -> None:
    channel.send(letter(text="a\ud800b" + "ồ" * 100_000))
    assert gateway.received[0].json["text"].startswith("a?bồ")
    assert gateway.received[0].is_signed
