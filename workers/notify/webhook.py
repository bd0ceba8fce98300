"""A gateway of short messages (SMS, Zalo) as a channel: a signed POST of JSON a message, once.

Whoever holds the secret can tell that a message is ours and when it was made; whoever sees the same
Idempotency-Key again has it already. Trying again is not decided here: the notice waits in its table.
"""

from __future__ import annotations

import hashlib
import hmac
import ssl
from contextlib import suppress
from http.client import HTTPException
from typing import TYPE_CHECKING, Final
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, Request

from workers import clock
from workers.notify.channel import TransientDeliveryError
from workers.notify.gateway_answer import MOST_READ, Answer, judge
from workers.notify.message import as_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from http.client import HTTPResponse

    from workers.notify.channel import Letter

TIMEOUT: Final = 20.0
"""Seconds for each wait of one message, and at most for the whole of an answer."""


class WebhookChannel:
    """Hand messages to one gateway; every call is a connection of its own, so that nothing is shared.

    Redirects are not followed (a POST would become a GET and its answer a false success) and the proxies of
    the environment are not asked: what goes out goes to the address that ops have written.
    """

    def __init__(
        self, url: str, secret: str, *, now: Callable[[], datetime] = clock.now, timeout: float = TIMEOUT
    ) -> None:
        self._url, self._secret, self._now, self._timeout = url, secret.encode(), now, timeout
        self._place = urlsplit(url).hostname or ""
        self._opener = OpenerDirector()
        for handler in (HTTPHandler(), HTTPSHandler(context=ssl.create_default_context())):
            self._opener.add_handler(handler)

    def send(self, letter: Letter) -> None:
        """Hand over one message; raises TransientDeliveryError or PermanentDeliveryError."""
        request = self._request(letter)
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                answer = _read(response, until=clock.monotonic() + self._timeout)
        except (OSError, HTTPException) as error:
            raise self._lost(letter, error) from error
        judge(answer, letter, self._place, now=self._now())

    def close(self) -> None:
        """Do nothing: no connection stays open between messages."""

    def _request(self, letter: Letter) -> Request:
        body, timestamp = as_json(letter), str(int(self._now().timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Accept": "application/json",
            "User-Agent": "dunghan",
            "Idempotency-Key": letter.message_id,
            "X-Dunghan-Timestamp": timestamp,
            "X-Dunghan-Signature": f"sha256={signature(self._secret, timestamp, body)}",
        }
        return Request(self._url, data=body, headers=headers, method="POST")  # noqa: S310 - of the settings: http(s)

    def _lost(self, letter: Letter, error: Exception) -> TransientDeliveryError:
        code, reason = _explain(error)
        # Before it had the message, or in silence: the gateway is away. An answer that is no HTTP, or a
        # connection cut instead of one, may be its word on this message.
        away = isinstance(error, (URLError, TimeoutError))
        message = f"message {letter.message_id}: gateway {self._place}: {reason}"
        return TransientDeliveryError(code, message, away=away)


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """Return the HMAC-SHA256 over the timestamp, a full stop and the body, in hexadecimal digits."""
    return hmac.new(secret, f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def _read(response: HTTPResponse, *, until: float) -> Answer:
    """Read the status, and of the body no more than is needed and no longer than is fair."""
    body = b""
    with suppress(HTTPException):  # cut off in the middle: the status was said
        while len(body) < MOST_READ and (part := response.read1(MOST_READ)):
            body += part
            if clock.monotonic() > until:
                raise TimeoutError
    return Answer(
        status=response.status,
        kind=response.headers.get_content_type(),
        body=body,
        retry_after=response.headers.get("Retry-After", ""),
    )


def _explain(error: Exception) -> tuple[str, str]:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return "encryption", f"its certificate is not trusted ({cause.verify_message})"
    if isinstance(cause, ssl.SSLError):
        return "encryption", f"does not speak TLS as DUNGHAN_WEBHOOK_URL asks ({cause.reason})"
    if isinstance(cause, TimeoutError):
        return "connection", "did not answer in time"
    if isinstance(cause, HTTPException):
        return "connection", f"did not answer in HTTP ({type(cause).__name__})"
    return "connection", f"the connection failed ({getattr(cause, 'strerror', None) or type(cause).__name__})"
