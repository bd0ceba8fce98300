"""One row of the one-stop software's list (danh sách hồ sơ), as the intake understands it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.errors import LimitError

if TYPE_CHECKING:
    from datetime import datetime

STATUSES: Final = (
    "processing",
    "suspended",
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
            raise LimitError(f"the moment {self.at.isoformat()} has no time zone; a zone is needed")


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotRow:
    """Hold one dossier as the list shows it: what is known now, not what happened.

    `line` is 1-based in its file. `procedure` and `unit` stand as written (a code or a name); the intake
    resolves them. Equal `digest` means that the row has not changed since the last list.
    """

    line: int
    code: str
    procedure: str
    accepted_at: Moment
    digest: str
    unit: str | None = None
    officer: str | None = None
    channel: str | None = None
    promised_at: Moment | None = None
    finished_at: Moment | None = None
    returned_at: Moment | None = None
    status: str | None = None
    status_at: Moment | None = None
