"""A matter of the office itself: what its caretakers must hear of, and which of its marks have passed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

OPS: Final = "ops"


class Passed(NamedTuple):
    """Hold one mark that has passed: its code, how pressing it is, and since when."""

    code: str
    level: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Hold one matter: the topic and kind its notices bear, and the marks passed, in order; never none.

    The same topic is told again only at a mark that is new. `role` is whose matter it is.
    """

    topic: str
    kind: str
    marks: tuple[Passed, ...]
    role: str = OPS
