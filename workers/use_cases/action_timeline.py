"""The timeline of a corrective action: what had been said of it at each moment, and who had the dossier."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from domain.corrective_action import LADDER, action_to_do
from domain.nonconformity import from_texts
from workers.use_cases.action_asking import ActionAsking
from workers.use_cases.reform_timeline import TaskPiece, version_at
from workers.use_cases.timeline import FOREVER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from workers.store.events import Entry
    from workers.store.nonconformities import Said
    from workers.use_cases.timeline import Configurations


def action_timeline(
    said: Sequence[Said], entries: Sequence[Entry], configurations: Configurations
) -> list[TaskPiece]:
    """Replay an action; a tick looks at it every minute, so each change counts from when it was recorded.

    `entries` are the events of its dossier. Raises DomainError or LookupError where it cannot be replayed.
    """
    first, since = said[0].recorded_at, configurations.since
    moments = (
        *(one.recorded_at for one in said),
        *(at for at, _ in since),
        *(entry.recorded_at for entry in entries if "unit" in entry.event.data),
    )
    bounds = [*sorted({at for at in moments if at >= first}), FOREVER]
    return [_piece(said, entries, span, configurations) for span in pairwise(bounds)]


def _piece(
    said: Sequence[Said],
    entries: Sequence[Entry],
    span: tuple[datetime, datetime],
    configurations: Configurations,
) -> TaskPiece:
    begin, end = span
    office = configurations.under(version_at(configurations.since, begin))
    known = ((one.recorded_at, from_texts(one.data)) for one in said if one.recorded_at <= begin)
    action, unit = action_to_do(said[0].code, known), _unit_at(entries, begin)
    is_told = action is not None and unit is not None and LADDER in office.sla.ladders
    asking = ActionAsking(action=action, unit=unit, office=office) if action and unit and is_told else None
    return TaskPiece(begin=begin, end=end, office=office, asking=asking)


def _unit_at(entries: Sequence[Entry], moment: datetime) -> str | None:
    units = [
        one.event.data["unit"] for one in entries if one.recorded_at <= moment and "unit" in one.event.data
    ]
    return units[-1] if units else None
