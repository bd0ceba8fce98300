"""What a check found: how bad it is, one sentence, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Level = Literal["ok", "warning", "trouble", "unknown"]
"""warning: to be done in time; trouble: to be done now; unknown: something else keeps it from being seen."""

SIGNS: Final[dict[Level, str]] = {"ok": "✓", "warning": "!", "trouble": "✗", "unknown": "?"}
STYLES: Final[dict[Level, str]] = {
    "ok": "green",
    "warning": "yellow",
    "trouble": "bold red",
    "unknown": "dim",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Hold what one check found. `check` is a stable name; `text` and `advice` are Vietnamese sentences."""

    check: str
    level: Level
    text: str
    advice: str = ""
    office: str = ""


def texts(found: Iterable[Finding], level: Level) -> list[str]:
    """Return in one line each what is of a level, with what to do."""
    return [f"{one.text} {one.advice}".strip() for one in found if one.level == level]
