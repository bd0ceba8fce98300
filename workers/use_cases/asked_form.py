"""A form that is asked for, and the dossiers it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from workers.letters.view import FormKind
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.events import Entry
    from workers.use_cases.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Hold what was asked for: a form of a dossier, or of the slip several of them stand on.

    `at` is the aware instant at which it is written; `is_now`: nobody gave it. `applicant` to `email` go into
    the document and nowhere else: not into an event, a log or a message.
    """

    kind: FormKind
    code: str
    at: datetime
    is_now: bool = True
    appointed_on: date | None = None
    reason: str = ""
    document: str = ""
    items: tuple[str, ...] = ()
    agency: str = ""
    signer: str = ""
    forced_by: str = ""
    applicant: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Hold a dossier a form is about: as it stands, its clock (None once closed), its events."""

    stored: Stored
    clock: Clock | None
    history: Sequence[Entry]
    office: Office
