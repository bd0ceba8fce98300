"""Why a due date moves: the limit that changed, or the days of its count that are others now."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from domain.calendar_changes import change_in_words, changed_days
from workers.use_cases.calc_due import limit_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.calendar_changes import DayChange
    from domain.dossier import Dossier
    from domain.working_calendar import WorkingCalendar
    from workers.use_cases.redating import Verdict

_FIRST: Final = date(1990, 1, 1)
_MOST: Final = 3


@dataclass(slots=True)
class Reasons:
    """Tell why due dates move; two calendars are compared once, however many dossiers ask."""

    _held: dict[tuple[int, int], Sequence[DayChange]] = field(default_factory=dict)

    def why(self, verdict: Verdict, dossier: Dossier) -> str:
        """Return why the due date of a dossier moves, in Vietnamese."""
        days = self._days(verdict, dossier)
        shown = [change_in_words(day) for day in days[:_MOST]]
        more = [f"và {len(days) - _MOST} ngày khác"] if len(days) > _MOST else []
        if verdict.kind == "terms_changed":
            old, new = (limit_in_words(terms.limit, "vi") for terms in (verdict.before, verdict.after))
            shown.insert(0, f"thời hạn {old} → {new}" if old != new else "quy định của thủ tục thay đổi")
        return "; ".join([*shown, *more]) or "giờ làm việc hoặc lịch của đơn vị thay đổi"

    def _days(self, verdict: Verdict, dossier: Dossier) -> Sequence[DayChange]:
        """Return the changed days from the beginning of the count to the later of its two ends."""
        ends = [due.due_on for due in (verdict.was_due, verdict.is_due) if due is not None]
        if not ends:
            return []
        calendar = verdict.after.calendar
        changed = self._between(verdict.before.calendar, calendar)
        begin = calendar.local(dossier.counting_from).date()
        first = bisect_left(changed, begin, key=lambda change: change.day)
        return [change for change in changed[first:] if change.day <= max(ends)]

    def _between(self, old: WorkingCalendar, new: WorkingCalendar) -> Sequence[DayChange]:
        key = id(old), id(new)
        if key not in self._held:
            last = max((day for calendar in (old, new) for day in calendar.special), default=_FIRST)
            self._held[key] = changed_days(old, new, _FIRST, date(last.year + 10, 12, 31))
        return self._held[key]
