"""An office after some random weeks: dossiers received, stopped, moved, finished; told in time or late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from tests.builders import ZONE, local

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.builders import OfficeAtWork

FIRST: Final = local("06/05/2019 08:00")
LAST: Final = local("28/06/2019 16:00")
PROCEDURES: Final = ("1.001", "1.002", "1.003", "1.004")
CHANNELS: Final = ("direct", "online", "post")
_KINDS: Final = (
    *("finished", "finished", "finished", "withdrawn", "refused", "handed_over", "officer_changed"),
    *("suspended", "resumed", "supplement_requested", "supplemented", "reappointed"),
)
_DATA: Final = {
    "handed_over": {"unit": "civil"},
    "officer_changed": {"officer": "land.2"},
    "reappointed": {"appointed_on": "2019-07-30"},
}


def _text(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%d/%m/%Y %H:%M}"


@dataclass
class BusyOffice:
    """Let random things happen in the order in which they are told; what is refused is not so."""

    office: OfficeAtWork
    random: Random
    dossiers: int = 0

    def work(self, events: int, *, first: datetime = FIRST, last: datetime = LAST) -> None:
        """Tell some events, spread over the days, each dated back up to four days."""
        for now in sorted(self._moments(events, first, last)):
            if self.dossiers < 4 or self.random.random() < 0.45:
                self._accept(now)
            else:
                self._happen(now)

    def _moments(self, events: int, first: datetime, last: datetime) -> Iterator[datetime]:
        minutes = int((last - first).total_seconds() // 60)
        for _ in range(events):
            yield first + timedelta(minutes=self.random.randrange(minutes))

    def _accept(self, now: datetime) -> None:
        self.dossiers += 1
        self.office.event(
            "accepted",
            f"HS-{self.dossiers}",
            at=_text(now - self._back()),
            now=_text(now),
            procedure=self.random.choice(PROCEDURES),
            channel=self.random.choice(CHANNELS),
            unit="land",
            promised_at="2019-06-14T10:00:00+07:00",
        )

    def _happen(self, now: datetime) -> None:
        kind = self.random.choice(_KINDS)
        code = f"HS-{self.random.randint(1, self.dossiers)}"
        self.office.event(kind, code, at=_text(now - self._back()), now=_text(now), **_DATA.get(kind, {}))

    def _back(self) -> timedelta:
        return timedelta(minutes=self.random.choice((0, 0, 30, 600, 5_760)))
