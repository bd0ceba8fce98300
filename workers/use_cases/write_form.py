"""Writing a form: the document and the event it stands for appear together, or neither does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from domain.bundle import in_order
from domain.errors import HistoryError
from workers.letters.drafts import drafts
from workers.use_cases.asked_form import Matter
from workers.use_cases.by_hand import told_by_hand
from workers.use_cases.codes import meant_by
from workers.use_cases.form_view import form_view
from workers.use_cases.look import with_hints
from workers.use_cases.office import active_office
from workers.use_cases.record_event import record_event

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from domain.errors import DomainError
    from domain.event import Event, EventKind
    from workers.letters.view import FormKind, LetterView
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.asked_form import Asked

_ACTS: Final[dict[FormKind, EventKind]] = {"apology": "reappointed", "supplement": "supplement_requested"}
"""The forms that are acts of law: whoever hands them out has re-appointed, has asked for papers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Hold what came of a form: the event recorded with it (None: none, or known before), or the refusal."""

    view: LetterView
    event: EventKind | None = None
    refused: DomainError | None = None


def write_form(
    store: Store,
    office_code: str,
    asked: Asked,
    places: Sequence[Path],
    *,
    templates: Path | None,
    actor: str,
    now: datetime,
) -> Written:
    """Write a form to some places (.docx, .pdf) and record the event it stands for.

    An apology (Decree 61/2018 art. 19.9) records the re-appointment, a request for papers (art. 19.4) that
    they were asked for. What was recorded before is written again as it was recorded. An event that is
    refused leaves no document; a document that cannot be written leaves no event. Raises HistoryError for an
    unknown dossier and for what there is nothing to write about, ConfigError for a template that cannot be
    used, OSError for a place that cannot be written.
    """
    with store.read(office_code) as work:
        matters = _matters(asked.code, work, asked.kind)
        recorded = _recorded(asked, matters)
        told = _as_recorded(asked, recorded) if recorded else asked
        view = form_view(told, matters)
    kind = None if recorded else _ACTS.get(asked.kind)
    with drafts(places) as made:
        made.write(view, templates)
        if kind is not None:
            payload = told_by_hand(asked.code, kind, asked.at, _data(asked), is_now=asked.is_now)
            refused = record_event(store, office_code, payload, actor=actor, now=now, by_hand=True)
            if refused is not None:
                return Written(view=view, refused=refused)
        made.publish()
    return Written(view=view, event=kind)


def _matters(code: str, work: UnitOfWork, kind: FormKind) -> list[Matter]:
    """Return the dossiers a code means: its own, or those of its slip that are still open."""
    office, known = active_office(work), meant_by(code, work)
    if not known:
        raise HistoryError("unknown_dossier", code=with_hints(code, work.dossiers.codes(like=code[-4:])))
    running = {each: stored for each, stored in known.items() if stored.dossier.is_open}
    meant = known if kind in ("receipt", "control") or code in known else running or known
    clocks = work.clocks.load(list(meant))
    return [
        Matter(stored=meant[each], clock=clocks.get(each), history=work.events.history(each), office=office)
        for each in in_order(meant)
    ]


def _recorded(asked: Asked, matters: Sequence[Matter]) -> Event | None:
    """Return the event this form stands for if it was recorded before and is asked for again."""
    dossier = matters[0].stored.dossier
    if asked.kind == "apology" and asked.appointed_on is None:
        if dossier.appointed_on is None:
            raise HistoryError("nothing_appointed", code=dossier.code)
        return _last("reappointed", matters[0])
    if asked.kind == "supplement" and dossier.stopped_by == "supplement":
        return _last("supplement_requested", matters[0])
    return None


def _last(kind: EventKind, matter: Matter) -> Event:
    return next(entry.event for entry in reversed(matter.history) if entry.event.kind == kind)


def _as_recorded(asked: Asked, event: Event) -> Asked:
    """Return what was asked with what was recorded: the day, the reason, the number of the document."""
    return replace(
        asked,
        at=event.occurred_at,
        reason=event.data.get("reason", "") or asked.reason,
        document=event.data.get("document", "") or asked.document,
    )


def _data(asked: Asked) -> dict[str, str]:
    """Return the data of the event; of papers, what is missing is the reason where none was given."""
    told = {
        "appointed_on": asked.appointed_on.isoformat() if asked.appointed_on else "",
        "reason": asked.reason or "; ".join(asked.items),
        "document": asked.document,
        "forced_by": asked.forced_by,
    }
    return {name: text for name, text in told.items() if text}
