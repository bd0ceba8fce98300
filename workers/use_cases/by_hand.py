"""What a person tells by hand, as the message that other systems would send."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from workers.use_cases.messages import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


def told_by_hand(
    code: str, kind: str, at: datetime, data: Mapping[str, str], *, is_now: bool
) -> dict[str, Any]:
    """Return the message of an event at an aware instant; the same words typed twice are one event.

    `is_now`: nobody gave the moment, it is another one each time.
    """
    occurred_at = at.isoformat()
    content = "\x1f".join([code, kind, occurred_at, *(f"{name}={data[name]}" for name in sorted(data))])
    return {
        "schema": SCHEMA,
        "key": f"cli:{sha256(content.encode()).hexdigest()[:32]}{':now' if is_now else ''}",
        "code": code,
        "kind": kind,
        "occurred_at": occurred_at,
        "data": dict(data),
    }
