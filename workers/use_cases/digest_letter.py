"""What one letter for several notices says: a table, the most pressing first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workers.notify.office_views import ActionsView, ReformTasksView
from workers.notify.view import DigestSection, DigestView, NoticeView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from domain.routing import Way
    from workers.notify.view import OfficeView, SectionKind, View

MOST_SHOWN: Final[Mapping[Way, int]] = {"mail": 200, "sms": 10}
"""How many lines a table has at most: what is above is counted, and named by the command that shows it."""
_ORDER: Final[tuple[SectionKind, ...]] = ("overdue", "today", "soon", "steps")


def letter_of(views: Sequence[NoticeView | OfficeView], name: str, way: Way, *, now: datetime) -> View:
    """Return what a letter says that tells all of the views, at least one; of one alone its own.

    Those of the office itself stand alone, but for tasks of the reform plan and for corrective actions: each
    of these two has a mail of its own.
    """
    told = [view for view in views if isinstance(view, NoticeView)]
    if len(views) == 1 or not told:
        return _of_office(views, way)
    return digest_of(told, name, most=MOST_SHOWN[way], now=now)


def _of_office(views: Sequence[NoticeView | OfficeView], way: Way) -> View:
    first, *others = views
    if isinstance(first, ReformTasksView):
        tasks = [view for view in others if isinstance(view, ReformTasksView)]
        return first.with_others(tasks, most=MOST_SHOWN[way])
    if isinstance(first, ActionsView):
        actions = [view for view in others if isinstance(view, ActionsView)]
        return first.with_others(actions, most=MOST_SHOWN[way])
    return first


def digest_of(views: Sequence[NoticeView], name: str, *, most: int, now: datetime) -> DigestView:
    """Return the table of several notices: overdue, due today, due soon, steps, each by its date."""
    parts: dict[SectionKind, list[NoticeView]] = {kind: [] for kind in _ORDER}
    for view in sorted(views, key=lambda view: (view.due, view.code, view.level)):
        parts[_section(view, now)].append(view)
    first, left = views[0], most
    sections: list[DigestSection] = []
    for kind, found in parts.items():
        if found:
            sections.append(DigestSection(kind=kind, count=len(found), lines=tuple(found[: max(left, 0)])))
        left -= len(found)
    asking = sum(view.asks for view in views)
    return DigestView(
        count=len(views),
        dossiers=len({view.code for view in views}),
        sections=tuple(sections),
        more=max(-left, 0),
        delayed=sum(view.delayed for view in views),
        provisional=any(view.provisional for view in views),
        letter=name,
        role_titles=tuple(dict.fromkeys(view.role_title for view in views)),
        office_name=first.office_name,
        sla_version=max(view.sla_version for view in views),
        lang=first.lang,
        last_calls=len({view.code for view in views if _is_last_call(view, now)}),
        asking=asking,
        asking_more=asking - sum(line.asks for section in sections for line in section.lines),
        by_token=any(view.token for view in views),
        by_page=any(view.acknowledge_url for view in views),
    )


def _is_last_call(view: NoticeView, now: datetime) -> bool:
    by = view.apology_by
    return not view.step_name and by is not None and by.date() == now.astimezone(by.tzinfo).date()


def _section(view: NoticeView, now: datetime) -> SectionKind:
    if view.step_name:
        return "steps"
    if view.overdue:
        return "overdue"
    return "today" if view.due_on == now.astimezone(view.appointment.tzinfo).date() else "soon"
