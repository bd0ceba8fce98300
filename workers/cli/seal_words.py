"""What a seal says, in words: the place of a dossier, the event that moved it, the report that was sealed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from domain.catalogue import say
from domain.on_time_rate import Counts
from workers.cli.screen import moment_text
from workers.use_cases.dimensions import LABELS, Breakdown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workers.store.events import Entry
    from workers.use_cases.office import Office

NOWHERE: Final = "không có trong báo cáo"
COUNTS: Final = tuple(Counts.__dataclass_fields__)
"""The counts in the order in which they are told: stands first, what is a part of them last."""
_PARTS: Final = {"carried_in": "kỳ trước chuyển qua", "refused": "từ chối", "suspended": "tạm dừng"}
_ANNEX: Final = {"withdrawn": "rút, ghi dưới biểu", "no_limit": "ghi dưới biểu", "refused": "ghi dưới biểu"}


def place_words(text: str, by: Sequence[str], office: Office) -> str:
    """Return where a dossier stood in a report: by what it was broken down, its category, its columns."""
    if not text:
        return NOWHERE
    place = json.loads(text)
    label = Breakdown(by, office).label(tuple(place["cell"]))  # type: ignore[arg-type]
    counts = ", ".join(count_words(name) for name in COUNTS if name in place["counts"])
    return f"{label}: {counts}{_on_form(place.get('form'))}"


def _on_form(form: Mapping[str, Any] | None) -> str:
    if form is None:
        return ""
    if "annex" in form:
        return f"; biểu II.06a: {_ANNEX[form['annex']]}"
    return f"; biểu II.06a cột {', '.join(map(str, form['columns']))}"


def count_words(name: str) -> str:
    """Return what a count is called."""
    return _PARTS.get(name) or say(name)


def event_words(entry: Entry, office: Office) -> str:
    """Return what happened when, and when it was recorded by whom."""
    at, recorded = (moment_text(one, office.calendar) for one in (entry.event.occurred_at, entry.recorded_at))
    return f"sự kiện {entry.seq}: {say(entry.event.kind)} lúc {at}, ghi lúc {recorded} ({entry.actor})"


def report_words(document: Mapping[str, Any]) -> str:
    """Return which report was sealed: its period, its breakdown, whether with the form."""
    question = document["question"]
    days = " – ".join(_day(question[name]) for name in ("first", "last"))
    more = [", biểu II.06a"] if question["form"] else []
    more += [", chỉ hồ sơ tiếp nhận trong kỳ"] if question["cohort"] else []
    more += [", theo phiếu hẹn"] if question["against"] != "law" else []
    by = ", ".join(LABELS[name].lower() for name in question["by"])
    return f"{question['period'] or days}, theo {by}{''.join(more)}"


def _day(text: str | None) -> str:
    return "…" if text is None else "/".join(reversed(text.split("-")))
