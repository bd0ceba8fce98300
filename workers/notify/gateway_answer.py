"""What the answer of a gateway means: taken, not now, or never.

2xx is taken, whatever else it says; except for HTML, which is the page of a proxy, a login or a hotel and no
word of a gateway. 408, 425, 429 and 5xx can be cured by time, a redirect by ops; other 4xx are refusals.
429, 502, 503 and 504 say that the gateway is away or full, and nothing of the message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from workers.notify.channel import PermanentDeliveryError, TransientDeliveryError

if TYPE_CHECKING:
    from datetime import datetime

    from workers.notify.channel import Letter

MOST_READ: Final = 65_536
_TAKEN: Final = range(200, 300)
_ELSEWHERE: Final = range(300, 400)
_REFUSED: Final = range(400, 500)
_LATER: Final = frozenset({408, 425, 429})
_AWAY: Final = frozenset({429, 502, 503, 504})
_HTML_KINDS: Final = frozenset({"text/html", "application/xhtml+xml"})
_HTML: Final = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_PERSONAL: Final = re.compile(r"\S*@\S*|\+?\d(?:[ .-]?\d){7,}")
_SHOWN: Final = 120
_SECONDS: Final = re.compile(r"\d{1,7}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Hold what a gateway said: status, kind of content (type/subtype), start of the body, Retry-After."""

    status: int
    kind: str
    body: bytes
    retry_after: str

    @property
    def is_html(self) -> bool:
        """Say whether this is a page for people."""
        return self.kind in _HTML_KINDS or _HTML.match(self.body) is not None


def judge(answer: Answer, letter: Letter, place: str, *, now: datetime) -> None:
    """Return when the message was taken; else raise TransientDeliveryError or PermanentDeliveryError."""
    status = answer.status
    if status in _TAKEN and not answer.is_html:
        return
    message = f"message {letter.message_id}: gateway {place}: {_reason(answer, letter)}"
    if status in _REFUSED and status not in _LATER:
        raise PermanentDeliveryError("gateway", message)
    wait = wait_of(answer.retry_after, now=now)
    raise TransientDeliveryError("gateway", message, retry_after=wait, away=status in _AWAY)


def wait_of(text: str, *, now: datetime) -> timedelta | None:
    """Read Retry-After (RFC 9110, 10.2.3): seconds or a date; None for neither, or for a moment gone by."""
    if _SECONDS.fullmatch(text.strip()):
        return timedelta(seconds=int(text))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    # "-0000" is how a date without a zone is read; HTTP knows GMT alone.
    wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    return wait if wait > timedelta() else None


def _reason(answer: Answer, letter: Letter) -> str:
    if answer.status in _TAKEN:
        return "the gateway answered HTML"
    if answer.status in _ELSEWHERE:
        return f"answered {answer.status}: it is elsewhere; correct DUNGHAN_WEBHOOK_URL"
    said = "" if answer.is_html else _said(answer, letter)
    return f"answered {answer.status}" + (f": {said}" if said else "")


def _said(answer: Answer, letter: Letter) -> str:
    """Return the beginning of what it said, on one line and without anybody's number or address."""
    text = answer.body.decode("utf-8", "replace").replace(letter.to, "<address>")
    return "".join(c if c.isprintable() else " " for c in _PERSONAL.sub("<address>", text))[:_SHOWN].strip()
