"""The one protocol of every way to tell people, and the two ways in which telling can fail."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Hold one mail to one person, ready to go.

    `to` and `sender` are bare addresses (name@host); `sender_name` is what a mail client shows instead.
    `message_id` is `<something@host>`: the same notice sent again carries the same one, so that a mailbox can
    tell. `headers` are further header lines, name to value. Nothing is checked here: a channel refuses what
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


class Channel(Protocol):
    """Tell one person: a mail server, a folder of files, later a gateway of short messages."""

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
    encryption, connection, server, disk.
    """

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class TransientDeliveryError(DeliveryError):
    """Say that the letter could not go now and should be tried again."""


class PermanentDeliveryError(DeliveryError):
    """Say that the letter can never go as it is; somebody has to correct it."""
