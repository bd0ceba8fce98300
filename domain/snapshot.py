"""One row of the one-stop software's list (danh sách hồ sơ), as the intake understands it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.errors import LimitError

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from domain.terms import Terms

STATUSES: Final = (
    "not_accepted",
    "processing",
    "suspended",
    "financial_obligation",
    "supplement",
    "finished",
    "returned",
    "withdrawn",
    "refused",
)
CHANNELS: Final = ("direct", "online", "post")


@dataclass(frozen=True, slots=True)
class Moment:
    """Hold a moment as an export wrote it: an aware instant, or only a date.

    With `date_only`, `at` is the local midnight that begins the day. A naive `at` raises LimitError.
    """

    at: datetime
    date_only: bool = False

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise LimitError("moment_without_zone", at=self.at.isoformat())


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Hold what the last list said of a dossier, and when: only what differs from it has happened since."""

    at: datetime
    unit: str
    status: str | None = None
    officer: str | None = None
    step: str | None = None


class SnapshotRow(NamedTuple):
    """Hold one dossier as the list shows it: what is known now, not what happened.

    `line` is 1-based in its file. `procedure`, `unit`, `commune`, `limit_case`, `step` and `bundle` stand as
    written (a code or a name); the intake resolves them. Equal `digest` means that the row has not changed
    since the last list. A NamedTuple, as is Reading: a list makes a hundred thousand of them, and a frozen
    dataclass takes three times as long to make.
    """

    line: int
    code: str
    procedure: str
    accepted_at: Moment
    digest: str
    unit: str | None = None
    officer: str | None = None
    channel: str | None = None
    commune: str | None = None
    limit_case: str | None = None
    step: str | None = None
    bundle: str | None = None
    promised_at: Moment | None = None
    finished_at: Moment | None = None
    returned_at: Moment | None = None
    status: str | None = None
    status_at: Moment | None = None


class Reading(NamedTuple):
    """Hold a row with its words resolved, and the moment the list was made.

    `now` (aware) bounds everything: what lies after it has not happened. `seen_at` stands for the moment of a
    change that the list shows without one. `last` is what the last list said: only what differs from it has
    happened since; what was recorded otherwise in between is not undone. `due_at` is the lawful due date so
    far. `bundle` and `bundle_rule` are set for a component of several procedures done at once.
    """

    row: SnapshotRow
    terms: Terms
    unit: str
    zone: tzinfo
    now: datetime
    seen_at: datetime
    step: str | None = None
    limit_case: str | None = None
    commune: str | None = None
    bundle: str | None = None
    bundle_rule: str | None = None
    last: Listed | None = None
    due_at: datetime | None = None
