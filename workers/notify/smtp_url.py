"""The URL of a mail server: smtp://user:password@host:port?starttls=1 or smtps://user:password@host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from config.errors import ConfigError, Problem
from config.safeguards import LOOPBACK
from config.said import Said, say

VARIABLE: Final = "DUNGHAN_SMTP_URL"
FORM: Final = say("smtp_form")
OPTIONS: Final = ("starttls", "timeout", "ca")
TLS_PORT: Final = 465
SUBMISSION_PORT: Final = 587
PLAIN_PORT: Final = 25
LONGEST_TIMEOUT: Final = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Hold where mails are handed over. `timeout` is in seconds; `ca`: a file of authorities, or None.

    `security`: "tls" from the first byte, "starttls" before the login and never without it, or "none".
    """

    host: str
    port: int
    security: str
    user: str = ""
    password: str = ""
    timeout: float = 30.0
    ca: str | None = None

    def __repr__(self) -> str:
        return f"MailServer({self.host}:{self.port}, {self.security})"


def parse_smtp_url(url: str) -> MailServer:
    """Read a URL; user and password are percent-decoded.

    Options: starttls=1, timeout=SECONDS (30), ca=FILE. Raises ConfigError for another scheme, an unknown
    option, or a password that would cross the network in the clear; the message never shows the password.
    """
    parts = urlsplit(url)
    options = _options(parts)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise _problem(_place_in(parts), FORM)
    security = _security(parts.scheme, options.get("starttls", "0"))
    server = MailServer(
        host=parts.hostname,
        port=_port(parts) or {"tls": TLS_PORT, "starttls": SUBMISSION_PORT}.get(security, PLAIN_PORT),
        security=security,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        timeout=_timeout(options.get("timeout", "30")),
        ca=options.get("ca"),
    )
    if server.user and security == "none" and server.host not in LOOPBACK:
        raise _problem(say("password_in_the_clear"), say("tls_or_starttls"))
    return server


def _options(parts: SplitResult) -> dict[str, str]:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = sorted(set(options) - set(OPTIONS))
    if unknown:
        raise _problem(say("unknown_option", name=unknown[0]), say("one_of", names=tuple(OPTIONS)))
    return options


def _security(scheme: str, starttls: str) -> str:
    if starttls not in {"0", "1"}:
        raise _problem(say("option", name="starttls", value=starttls), say("starttls_or_not"))
    if scheme == "smtps":
        return "tls"
    return "starttls" if starttls == "1" else "none"


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise _problem(say("no_port"), FORM) from error


def _timeout(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST_TIMEOUT:
        raise _problem(
            say("option", name="timeout", value=text), say("timeout_seconds", most=LONGEST_TIMEOUT)
        )
    return seconds


def _place_in(parts: SplitResult) -> Said:
    scheme, host = parts.scheme or say("no_scheme"), parts.hostname or say("host_missing")
    return say("scheme_and_host", scheme=scheme, host=host)


def _problem(found: Said, expected: Said) -> ConfigError:
    return ConfigError([Problem(file="environment", key=VARIABLE, found=found, expected=expected)])
