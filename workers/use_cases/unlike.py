"""What an audit of the notices finds: a rung that was told otherwise than it should have been, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from workers.store.notices import Notice

Kind = Literal["missing", "extra", "late", "moment", "undelivered", "delivered_late", "unreadable"]
KINDS: Final[Mapping[Kind, tuple[str, str]]] = {
    "missing": ("thiếu", "missing"),
    "extra": ("thừa", "extra"),
    "late": ("ghi muộn", "recorded late"),
    "moment": ("sai mốc", "wrong moment"),
    "undelivered": ("chưa đến người nhận", "not delivered"),
    "delivered_late": ("gửi muộn", "delivered late"),
    "unreadable": ("không dựng lại được", "cannot be replayed"),
}
"""Each kind of difference in Vietnamese and English, the gravest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlike:
    """Hold one difference of one dossier.

    `expected` is the notice as the rules have it and `by` when it had to be there (claimed, or delivered);
    `found` is the one recorded. `reason` says more: why it could not go, why a history cannot be replayed.
    """

    kind: Kind
    code: str
    expected: Notice | None = None
    found: Notice | None = None
    by: datetime | None = None
    reason: str = ""

    @property
    def notice(self) -> Notice | None:
        """Return what names the rung and its recipient: the notice recorded, else the one expected."""
        return self.found or self.expected


class Window(NamedTuple):
    """Hold the moments an audit is about: [begin, end), None leaving a bound open."""

    begin: datetime | None = None
    end: datetime | None = None

    def holds(self, *moments: datetime | None) -> bool:
        """Say whether one of the moments lies in it."""
        return any(
            at is not None
            and (self.begin is None or at >= self.begin)
            and (self.end is None or at < self.end)
            for at in moments
        )
