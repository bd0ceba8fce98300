"""A letter as a short message: the JSON that a gateway of SMS or Zalo is given.

It says what the mail would say, and nothing of any applicant.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from workers.notify.channel import DIGEST, DOSSIER, LANGUAGE, TOPIC, PermanentDeliveryError
from workers.notify.mime import is_message_id

if TYPE_CHECKING:
    from workers.notify.channel import Letter

SCHEMA: Final = 1
_NAMES: Final = {LANGUAGE: "lang", DOSSIER: "dossier", TOPIC: "topic", DIGEST: "digest"}
_ADDRESS: Final = re.compile(r"[!-~]{1,200}")


def as_json(letter: Letter, *, indent: int | None = None) -> bytes:
    """Return the message as one JSON object in UTF-8.

    `subject` is one line that says which dossier and how it stands: enough for an SMS. `text` is the whole
    mail as text, for a gateway that can carry it. Raises PermanentDeliveryError for an address or a
    Message-ID that is not one word of ASCII.
    """
    _refuse_forgery(letter)
    message = {
        "schema": SCHEMA,
        "id": letter.message_id,
        "to": letter.to,
        "from": letter.sender_name,
        **{_NAMES[name]: value for name, value in letter.headers.items() if name in _NAMES},
        "subject": letter.subject,
        "text": letter.text,
    }
    return json.dumps(message, ensure_ascii=False, indent=indent).encode("utf-8", "replace")


def _refuse_forgery(letter: Letter) -> None:
    if not is_message_id(letter.message_id):
        raise _refusal(letter, "header", "the Message-ID is not of the form <id@host>")
    if not _ADDRESS.fullmatch(letter.to):
        raise _refusal(letter, "address", "the recipient has no phone number or gateway id of one word")


def _refusal(letter: Letter, code: str, reason: str) -> PermanentDeliveryError:
    return PermanentDeliveryError(code, f"message {letter.message_id!r} was not sent: {reason}")
