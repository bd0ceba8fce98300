"""The dossier (hồ sơ): what is so because of its events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.acknowledgement import Acknowledgement
    from domain.event import Event
    from domain.pauses import Pause

Outcome = Literal["finished", "refused", "withdrawn"]
Stop = Literal["suspended", "financial_obligation", "supplement", "consultation"]


class Dossier(NamedTuple):
    """Hold what is so after the events known: nothing here is typed in, all of it follows from them.

    `counting_from` is the acceptance, or the day the supplement came (the limit is counted anew: Decree
    61/2018 art. 19.4). `pauses` are closed; an open one stands in `stopped_since`. `stopped_by` says what the
    dossier waits for; without `stopped_since` time counts all the same. `restarts`: the limit will be counted
    anew when the papers come; `supplements` counts those that came. `consulting` are the agencies asked that
    have not answered. `appointed_on` is the day of the one re-appointment. `step_number` counts the
    hand-overs from 1; `step` is the step of the internal process, None outside it. `bundle` is the code on
    the slip of several procedures done at once, under the rule `bundle_rule`. `acknowledged` says who has its
    escalations in hand. Instants are aware. A NamedTuple, made by name: a list makes a hundred thousand.
    """

    code: str
    procedure: str
    procedure_version: str
    unit: str
    accepted_at: datetime
    counting_from: datetime
    step_since: datetime
    last_at: datetime
    limit_case: str | None = None
    officer: str | None = None
    channel: str | None = None
    commune: str | None = None
    bundle: str | None = None
    bundle_rule: str | None = None
    promised_at: str | None = None
    step: str | None = None
    step_number: int = 1
    pauses: tuple[Pause, ...] = ()
    stopped_since: datetime | None = None
    stopped_by: Stop | None = None
    restarts: bool = False
    supplements: int = 0
    consulting: tuple[str, ...] = ()
    appointed_on: date | None = None
    finished_at: datetime | None = None
    returned_at: datetime | None = None
    outcome: Outcome | None = None
    acknowledged: tuple[Acknowledgement, ...] = ()

    @property
    def is_open(self) -> bool:
        """Say whether the office still owes a result."""
        return self.outcome is None

    @property
    def is_running(self) -> bool:
        """Say whether time counts now: open, and the clock does not stand still."""
        return self.outcome is None and self.stopped_since is None


def changed(dossier: Dossier, event: Event, **values: Any) -> Dossier:
    """Return the dossier with other values after an event, and the event's moment as the last one known."""
    return dossier._replace(**values, last_at=max(dossier.last_at, event.occurred_at))
