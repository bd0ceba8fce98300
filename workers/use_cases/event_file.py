"""A file of events: one message a line, recorded in the order in which things happened."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from workers.use_cases.messages import KINDS, MessageError
from workers.use_cases.record_event import record_event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import tzinfo

    from workers.store.unit_of_work import Store

_LAST: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True, kw_only=True)
class EventsReport:
    """Count what a file brought; `refused` are (line, what is wrong in Vietnamese)."""

    lines: int = 0
    recorded: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def record_file(
    store: Store,
    office_code: str,
    lines: Iterable[bytes],
    *,
    actor: str,
    zone: tzinfo,
    now: datetime,
    progress: Callable[[EventsReport], None] | None = None,
) -> EventsReport:
    """Record the messages of a file; a refused one is kept among the dead letters and harms no other.

    Whatever their order in the file, they are recorded in the order of `occurred_at`; what contradicts what
    is known already is refused, its moments told in `zone`. What is dated back is recorded with a mark for
    whoever audits it. The same file twice changes nothing.
    """
    report = EventsReport()
    messages = [_parsed(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    for number, payload in sorted(messages, key=lambda entry: _place(entry[1])):
        report.lines += 1
        error = (
            record_event(store, office_code, payload, actor=actor, now=now)
            if isinstance(payload, dict)
            else MessageError(f"dòng này không phải một đối tượng JSON: {str(payload)[:80]}")
        )
        if error is None:
            report.recorded += 1
        else:
            report.refused.append((number, error.said(zone)))
        if progress:
            progress(report)
    report.refused.sort()
    return report


def _parsed(number: int, line: bytes) -> tuple[int, Any]:
    try:
        return number, json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return number, line[:80].decode("utf-8", "replace")


def _place(payload: Any) -> tuple[datetime, int]:
    """Return when a message says it happened, and of several at once the order in which such things happen.

    One that says it badly comes last and is refused then.
    """
    try:
        moment, kind = datetime.fromisoformat(payload["occurred_at"]), payload["kind"]
    except (TypeError, KeyError, ValueError):
        return _LAST, 0
    return moment if moment.tzinfo is not None else _LAST, KINDS.index(kind) if kind in KINDS else len(KINDS)
