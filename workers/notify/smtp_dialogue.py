"""What is said to a mail server about one letter, and what its answers mean.

Sender, recipient and "here it comes" go out in one piece where the server can take that (PIPELINING,
RFC 2920): a letter then costs two journeys to the server instead of four.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
from typing import TYPE_CHECKING, Final, NamedTuple

from workers.notify.channel import PermanentDeliveryError, TransientDeliveryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers.notify.channel import Letter

SERVICE_CLOSING: Final = 421
MAILBOX: Final = re.compile(r"\S*[^\s<]@[^\s>]\S*")
_GO_ON: Final = 354
_AGREED: Final = frozenset({250, 251, _GO_ON})
_REFUSED: Final = range(500, 600)
# Refusals of us and not of the recipient: log in first, start TLS first, wrong order, not implemented.
_OUR_FAULT: Final = frozenset({500, 502, 503, 530, 534, 535, 538})
# What says nothing of the letter: the server goes away, or wants another login than ours.
_OF_EVERY_LETTER: Final = frozenset({SERVICE_CLOSING, 530, 534, 535, 538})
_ABOUT: Final = ("sender", "recipient", "content")


class Answer(NamedTuple):
    """Hold what the server said to one command."""

    code: int
    text: bytes


def announce(connection: smtplib.SMTP, letter: Letter) -> list[Answer]:
    """Say from whom a letter comes, to whom it goes and that its content follows; return the answers.

    The addresses are of one word: `mime.as_bytes` has refused every other. A server asked one by one is asked
    no further once it has refused.
    """
    commands = (f"MAIL FROM:<{letter.sender}>", f"RCPT TO:<{letter.to}>", "DATA")
    if connection.has_extn("pipelining"):
        connection.send("".join(f"{command}\r\n" for command in commands))
        return [Answer(*connection.getreply()) for _ in commands]
    answers: list[Answer] = []
    for command in commands:
        answers.append(Answer(*connection.docmd(command)))
        if answers[-1].code not in _AGREED:
            break
    return answers


def agree(letter: Letter, connection: smtplib.SMTP, answers: Sequence[Answer]) -> None:
    """Raise unless the server agreed to everything; it is left ready for the next letter."""
    refused = next((n for n, answer in enumerate(answers) if answer.code not in _AGREED), None)
    if refused is None:
        return
    if answers[-1].code == _GO_ON:
        content(connection, b"")  # a server that goes on without a recipient waits for the end of nothing
    expect(letter, connection, answers[refused], _ABOUT[refused])


def content(connection: smtplib.SMTP, data: bytes) -> Answer:
    """Hand over the bytes of a letter, with CRLF line ends, and return the answer."""
    stuffed = (b"\n" + data.removesuffix(b"\r\n")).replace(b"\n.", b"\n..")[1:]  # RFC 5321 4.5.2
    connection.send(stuffed + b"\r\n.\r\n")
    return Answer(*connection.getreply())


def expect(letter: Letter, connection: smtplib.SMTP, answer: Answer, what: str = "content") -> None:
    """Raise unless the server agreed; the connection is made ready for the next letter first."""
    if answer.code in _AGREED:
        return
    with contextlib.suppress(OSError, smtplib.SMTPException):
        connection.rset()
    said = f"{answer.code} {MAILBOX.sub('<address>', answer.text.decode('utf-8', 'replace'))}".strip()
    message = f"letter {letter.message_id}: the mail server refused the {what}: {said}"
    if answer.code in _REFUSED and what != "sender" and answer.code not in _OUR_FAULT:
        raise PermanentDeliveryError(what, message)
    code, away = ("sender", True) if what == "sender" else ("server", answer.code in _OF_EVERY_LETTER)
    # A server that says no has not taken it.
    raise TransientDeliveryError(code, message, unsent=True, away=away)
