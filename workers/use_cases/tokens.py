"""Tokens: the signed word in a mail by which its recipient, and nobody else, can acknowledge it."""

from __future__ import annotations

import hmac
from base64 import b32encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from config.settings import Settings
    from workers.store.notices import Notice

_PURPOSE: Final = "dunghan/acknowledge/1"
_BYTES: Final = 16
_LONGEST: Final = 64
_DIGITS: Final = 18
"""Any number of so many digits fits into the column of ids."""
PLACE: Final = "{token}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Sign and check tokens of one installation; `page` is the office's own page with a place for a token.

    A token is the number of a notice and half of an HMAC-SHA256 over everything that makes it this notice:
    letters, digits and one hyphen, to be copied by hand and put into any URL. It says nothing of anybody, and
    it runs out with what it is about, not with time.
    """

    secret: str = field(repr=False)
    page: str = ""

    def sign(self, office: str, notice: Notice) -> str:
        """Return the token of a notice."""
        said = (_PURPOSE, office, notice.id, notice.code, notice.step, notice.rung, notice.epoch)
        text = "\x1f".join(map(str, (*said, notice.recipient)))
        mac = hmac.new(self.secret.encode(), text.encode(), sha256).digest()[:_BYTES]
        return f"{notice.id}-{b32encode(mac).decode().rstrip('=').lower()}"

    def is_of(self, token: str, office: str, notice: Notice) -> bool:
        """Say whether a token is that of a notice; it takes as long for a wrong one."""
        return hmac.compare_digest(tidy(token).encode(errors="replace"), self.sign(office, notice).encode())

    def link(self, token: str) -> str:
        """Return the address of the page for a token; empty where the office has no page."""
        return self.page.replace(PLACE, quote(token, safe="")) if self.page else ""


def tokens_of(settings: Settings) -> Tokens | None:
    """Return what signs and checks the tokens of an installation; None without a secret."""
    if settings.secret is None:
        return None
    return Tokens(secret=settings.secret.get_secret_value(), page=settings.acknowledge_url or "")


def tidy(token: str) -> str:
    """Return a token as it was made: what a person copies may have spaces around it, or capitals."""
    return token.strip().lower()


def notice_id(token: str) -> int | None:
    """Return the number of the notice a token names; None: no token ever looked like this."""
    number, hyphen, _ = tidy(token).partition("-")
    fits = hyphen and len(token) <= _LONGEST and number.isascii() and number.isdecimal()
    return int(number) if fits and len(number) <= _DIGITS else None
