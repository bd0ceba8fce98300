"""The URL of a mail server: what it may say, and what it may not."""

from __future__ import annotations

import pytest

from config.errors import ConfigError
from tests.unit.config_sla.saying import english_left_in
from workers.notify.smtp_url import parse_smtp_url


def test_user_and_password_are_decoded_and_starttls_means_port_587() -> None:
    server = parse_smtp_url("smtp://mot%40cua:p%2F%3As@mail.example.invalid?starttls=1&timeout=5")
    assert (server.host, server.port, server.security) == ("mail.example.invalid", 587, "starttls")
    assert (server.user, server.password, server.timeout) == ("mot@cua", "p/:s", 5.0)


@pytest.mark.parametrize(
    ("url", "port", "security"),
    [
        ("smtps://mail.example.invalid", 465, "tls"),
        ("smtps://mail.example.invalid:4650", 4650, "tls"),
        ("smtp://mail.example.invalid", 25, "none"),
        ("smtp://user:password@127.0.0.1:2525", 2525, "none"),
    ],
)
def test_the_scheme_chooses_port_and_security(url: str, port: int, security: str) -> None:
    server = parse_smtp_url(url)
    assert (server.port, server.security) == (port, security)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("http://mail.example.invalid", "http://"),
        ("smtp://", "missing"),
        ("smtp://mail.example.invalid:x", "port"),
        ("smtp://mail.example.invalid:70000", "port"),
        ("smtp://mail.example.invalid?startls=1", "startls"),
        ("smtp://mail.example.invalid?starttls=yes", "yes"),
        ("smtp://mail.example.invalid?timeout=0", "timeout"),
        ("smtp://mail.example.invalid?timeout=soon", "timeout"),
        ("smtp://user:hush-hush@mail.example.invalid", "in the clear"),
    ],
)
def test_a_url_that_cannot_be_used_is_refused_without_showing_the_password(url: str, found: str) -> None:
    with pytest.raises(ConfigError, match="DUNGHAN_SMTP_URL") as caught:
        parse_smtp_url(url)
    assert found in str(caught.value)
    assert english_left_in(caught.value.problems) == []
    assert "hush-hush" not in str(caught.value)


def test_a_servers_password_does_not_show_when_it_is_printed() -> None:
    assert "hush" not in repr(parse_smtp_url("smtps://user:hush-hush@mail.example.invalid"))
