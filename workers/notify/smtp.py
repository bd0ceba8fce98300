"""A mail server as a channel: one connection kept per process, opened again when it has gone.

What a second try can cure is transient: the connection, the login, TLS, 4xx, and refusals of the sender,
which concern every letter and are for ops to set right. A refused recipient or content (5xx) is permanent.
"""

from __future__ import annotations

import contextlib
import os
import smtplib
import socket
import ssl
import threading
from typing import TYPE_CHECKING, Final

from workers import clock
from workers.notify.channel import DeliveryError, TransientDeliveryError
from workers.notify.mime import as_bytes
from workers.notify.smtp_dialogue import MAILBOX, SERVICE_CLOSING, agree, announce, content, expect
from workers.notify.smtp_url import MailServer, parse_smtp_url

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from workers.notify.channel import Letter

IDLE_SECONDS: Final = 60.0  # servers and firewalls forget quiet connections, often without a word


class SmtpChannel:
    """Deliver letters to one mail server; safe to share between threads, and after a fork.

    Every wait is bounded by the URL's timeout, in seconds. After the letter's last byte a lost connection may
    mean that the server has it: the error is transient and the next attempt carries the same Message-ID.
    """

    def __init__(self, url: str, *, now: Callable[[], datetime] = clock.now) -> None:
        self._server, self._now = parse_smtp_url(url), now
        self._lock = threading.Lock()
        self._connection: smtplib.SMTP | None = None
        self._process, self._used = os.getpid(), 0.0

    def send(self, letter: Letter) -> None:
        """Hand over one letter; raises TransientDeliveryError or PermanentDeliveryError."""
        data = as_bytes(letter, now=self._now())
        with self._lock:
            unsent = True
            try:
                connection = self._begin(letter)
                unsent = False
                expect(letter, connection, content(connection, data))
            except (OSError, smtplib.SMTPException) as error:
                self._drop()
                raise _lost(letter, self._server, error, unsent=unsent) from error
            finally:
                self._used = clock.monotonic()

    def close(self) -> None:
        """Say goodbye to the server; the next letter opens a new connection."""
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None and self._process == os.getpid():
                with contextlib.suppress(OSError, smtplib.SMTPException):
                    connection.quit()

    def _begin(self, letter: Letter) -> smtplib.SMTP:
        """Announce the letter; a kept connection that turns out to be gone is replaced once."""
        kept = self._kept()
        if kept is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                answers = announce(kept, letter)
                if answers[0].code != SERVICE_CLOSING:
                    agree(letter, kept, answers)
                    return kept
            self._drop()
        fresh = self._connection = self._connect(letter)
        agree(letter, fresh, announce(fresh, letter))
        return fresh

    def _connect(self, letter: Letter) -> smtplib.SMTP:
        try:
            return _connect(self._server)
        except (OSError, smtplib.SMTPException) as error:
            # Refused, silent, no TLS, no login: no letter has been spoken of yet.
            raise _lost(letter, self._server, error, unsent=True, away=True) from error

    def _kept(self) -> smtplib.SMTP | None:
        stale = clock.monotonic() - self._used > IDLE_SECONDS
        if stale or self._process != os.getpid():  # a connection inherited by a fork belongs to the parent
            self._drop()
        return self._connection

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        self._process = os.getpid()
        if connection is not None:
            connection.close()


def greet(url: str) -> str:
    """Connect to a mail server, greet it and log in as for a letter, send none; return its host and port.

    Raises OSError or SMTPException when it does not answer as the URL promises.
    """
    server = parse_smtp_url(url)
    connection = _connect(server)
    with contextlib.suppress(OSError, smtplib.SMTPException):
        connection.quit()
    return f"{server.host}:{server.port}"


def _connect(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=server.ca) if server.security != "none" else None
    name = socket.gethostname()  # the default asks DNS for a full name, which can take seconds
    if server.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=name, timeout=server.timeout, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=server.timeout)
    try:
        if server.security == "starttls":
            connection.starttls(context=context)
        connection.ehlo_or_helo_if_needed()
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _lost(
    letter: Letter, server: MailServer, error: Exception, *, unsent: bool, away: bool = False
) -> DeliveryError:
    code, reason = _explain(error)
    place = f"{server.host}:{server.port}"
    message = f"letter {letter.message_id}: mail server {place}: {reason}"
    return TransientDeliveryError(code, message, unsent=unsent, away=away)


def _explain(error: Exception) -> tuple[str, str]:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "login", f"refused user or password ({error.smtp_code}); check DUNGHAN_SMTP_URL"
    if isinstance(error, ssl.SSLCertVerificationError):
        return "encryption", f"its certificate is not trusted ({error.verify_message}); see the option ca="
    if isinstance(error, (ssl.SSLError, smtplib.SMTPNotSupportedError)):
        return (
            "encryption",
            f"does not offer what DUNGHAN_SMTP_URL asks for ({MAILBOX.sub('<address>', str(error))})",
        )
    if isinstance(error, smtplib.SMTPResponseException):
        return "server", f"answered {error.smtp_code}"
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "connection", "did not answer in time"
    return (
        "connection",
        f"the connection failed ({MAILBOX.sub('<address>', str(error)) or type(error).__name__})",
    )
