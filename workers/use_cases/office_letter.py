"""What the letter of a notice about the office itself says: one entry a kind, asked when it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workers.notify.office_views import (
    ActionsView,
    AlteredView,
    CalendarView,
    ComingBackView,
    DeadNoticesView,
    MovedDatesView,
    PackView,
    ProofView,
    ReformTasksView,
)
from workers.use_cases.action_letter import action_view
from workers.use_cases.coming_back import coming_back_view
from workers.use_cases.due_packs import pack_view
from workers.use_cases.given_up import dead_view
from workers.use_cases.moved_dates import moved_view
from workers.use_cases.office import active_office
from workers.use_cases.proof_matter import proof_view
from workers.use_cases.reform_letter import reform_view, with_token
from workers.use_cases.running_out import calendar_view
from workers.use_cases.verify_matter import altered_view

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from workers.notify.view import OfficeView
    from workers.store.notices import Notice
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office
    from workers.use_cases.tokens import Tokens

    Teller = Callable[[Notice, UnitOfWork, Office, datetime], OfficeView | None]

_TELLERS: Final[Mapping[str, Teller]] = {
    CalendarView.kind: calendar_view,
    DeadNoticesView.kind: dead_view,
    ProofView.kind: proof_view,
    AlteredView.kind: altered_view,
    ActionsView.kind: action_view,
    ComingBackView.kind: coming_back_view,
    MovedDatesView.kind: moved_view,
    ReformTasksView.kind: reform_view,
    PackView.kind: pack_view,
}
"""By kind: what is true of the topic of a notice now; None when there is nothing to be told any more."""

OFFICE_KINDS: Final = frozenset(_TELLERS)
"""The kinds of notices that are about no dossier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeCase:
    """Hold a claimed notice that is about the office itself and about no dossier."""

    notice: Notice
    office: Office


def is_of_office(notice: Notice) -> bool:
    """Say whether a notice is about the office itself."""
    return notice.kind in OFFICE_KINDS


def office_view(
    case: OfficeCase, store: Store, tokens: Tokens | None = None, *, now: datetime
) -> OfficeView | None:
    """Return what the letter says, under the configuration in force this moment; None: it must not go.

    `tokens` sign what asks for an acknowledgement.
    A notice of a kind that this program does not know, and of no dossier, raises LookupError.
    """
    if case.notice.kind not in _TELLERS:
        code, kind = case.notice.code, case.notice.kind
        raise LookupError(f"no dossier {code!r} that can be read, and no matter of the office is a {kind!r}")
    with store.read(case.office.sla.code) as work:
        view = _TELLERS[case.notice.kind](case.notice, work, active_office(work), now)
    return with_token(view, case.notice, case.office, tokens) if isinstance(view, ReformTasksView) else view
