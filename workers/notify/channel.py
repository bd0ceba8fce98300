"""The one protocol of every way to tell people, and the two ways in which telling can fail."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

LANGUAGE: Final = "Content-Language"
DOSSIER: Final = "X-Dunghan-Dossier"
TOPIC: Final = "X-Dunghan-Topic"
DIGEST: Final = "X-Dunghan-Digest"
"""Headers of every letter: its language, and the one dossier or matter of the office it is about, or how many
notices it tells together."""


class Attachment(NamedTuple):
    """Hold a file that goes with a mail: its name, plain ASCII, its media type and what it holds."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Hold one message to one person, ready to go.

    `to` is what its channel knows the person by, of mail a bare address (name@host) as `sender` is one;
    `sender_name` is what a mail client shows instead.
    `message_id` is `<something@host>`: the same notice sent again carries the same one, so that a mailbox can
    tell. `headers` are further header lines, name to value; `attachments` go with a mail, a gateway of short
    messages leaves them out. Nothing is checked here: a channel refuses what
    it cannot send with PermanentDeliveryError.
    """

    to: str
    subject: str
    text: str
    message_id: str
    sender: str
    html: str | None = None
    sender_name: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()


class Channel(Protocol):
    """Tell one person: a mail server, a gateway of short messages, a folder of files."""

    def send(self, letter: Letter) -> None:
        """Hand over one letter.

        Returning means that the other side took it. Raises TransientDeliveryError when a later attempt can
        succeed, PermanentDeliveryError when it cannot.
        """

    def close(self) -> None:
        """Let go of what is kept between letters; the channel can be used again."""


class DeliveryError(Exception):
    """Say why a letter was not delivered: Message-ID and reason, never an address or a name.

    `code` is a stable word for programs: address, subject, header, recipient, content, sender, login,
    encryption, connection, server, gateway, disk.
    """

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class TransientDeliveryError(DeliveryError):
    """Say that the letter could not go now and should be tried again.

    `retry_after` is how long the other side asks to be left alone, if it said so. `unsent` says that nobody
    can have received the letter; else it may be there, whatever was said. `away` says that this concerns
    every letter and nothing was said of this one: the server cannot be reached, the disk is full.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        retry_after: timedelta | None = None,
        unsent: bool = False,
        away: bool = False,
    ) -> None:
        self.retry_after, self.unsent, self.away = retry_after, unsent, away
        super().__init__(code, message)


class PermanentDeliveryError(DeliveryError):
    """Say that the letter can never go as it is; somebody has to correct it."""
