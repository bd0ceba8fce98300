"""Rows of a list of June 2019 with dull defaults, and what they are said to bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.differences import course_of
from domain.event import Event
from domain.history import apply
from domain.procedure import Step
from domain.snapshot import Listed, Moment, Reading, SnapshotRow
from tests.cases import ZONE, at, terms

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.event import EventKind


def moment(text: str) -> Moment:
    """Return "3" as the day, "3 8:00" as the minute of June 2019, local time."""
    return Moment(at(text), date_only=" " not in text)


PROCESS = tuple(
    Step(code=code, name=code, unit=unit, role="officer")
    for code, unit in (("check", "land"), ("write", "land"), ("sign", "chair"))
)


def reading(
    *,
    last: Listed | None = None,
    limit: str = "10 working_days",
    code: str = "1.001",
    procedure: dict[str, Any] | None = None,
    **cells: Any,
) -> Reading:
    plain: dict[str, Any] = {"accepted_at": "3 8:00", "officer": "a", "status": "processing"} | cells
    values: dict[str, Any] = {k: moment(v) if k.endswith("_at") and v else v for k, v in plain.items()}
    due_at, unit = values.pop("due_at", None), values.pop("unit", "land")
    resolved = {name: values.pop(name, None) for name in ("step", "limit_case", "commune", "bundle")}
    row = SnapshotRow(line=2, code="HS-1", procedure=code, digest="d", **values)
    return Reading(
        row=row,
        terms=terms(limit, code=code, **procedure or {}),
        unit=unit,
        **resolved,
        zone=ZONE,
        now=moment("28 9:00").at,
        seen_at=moment("28 8:00").at,
        last=last,
        due_at=due_at.at if due_at else None,
    )


def differences(known: Dossier | None, reading: Reading) -> tuple[list[Event], Dossier]:
    course = course_of(known, reading)
    after = course[-1][1] if course else known
    assert after is not None
    return [event for event, _ in course], after


def told(known: Dossier | None, **cells: Any) -> list[tuple[str, str]]:
    events, dossier = differences(known, reading(**cells))
    again = known
    for event in events:
        again = apply(again, event, code="HS-1")
    assert again == dossier
    return [(e.kind, f"{e.occurred_at.astimezone(ZONE):%-d %-H:%M}") for e in events]


def dossier(**cells: Any) -> Dossier:
    return differences(None, reading(**cells))[1]


def said(
    status: str | None = "processing",
    unit: str = "land",
    officer: str | None = "a",
    step: str | None = None,
) -> Listed:
    return Listed(at=moment("20 8:00").at, unit=unit, status=status, officer=officer, step=step)


def told_by_an_event(known: Dossier, kind: EventKind, day: str, **data: str) -> Dossier:
    return apply(known, Event(kind=kind, occurred_at=at(day), data=data))
