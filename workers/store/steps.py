"""The stays of dossiers in units that are over: planned and actual time, written once when they end."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, select

from domain.steps import StepRun
from domain.time_limit import TimeLimit, Unit
from workers.store.dialect import among, bulk_insert
from workers.store.tables import dossiers, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

_FIELDS: Final = tuple(entry.name for entry in fields(StepRun) if entry.name not in ("planned", "used"))
_COLUMNS: Final = ("office", "code", *_FIELDS, "planned", "used")
_values: Final = attrgetter(*_FIELDS)


class Steps:
    """Write and read the closed steps of one office."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def insert(self, runs: Iterable[tuple[str, StepRun]]) -> None:
        """Insert stays that are over, each with the code of its dossier."""
        rows = (
            (self._office, code, *_values(run), _text(run.planned), _text(run.used)) for code, run in runs
        )
        bulk_insert(self._connection, steps, _COLUMNS, rows)

    def replace(self, code: str, runs: Iterable[StepRun]) -> None:
        """Put the stays that follow from a dossier's events in place of those the table has."""
        self._connection.execute(delete(steps).where(steps.c.office == self._office, steps.c.code == code))
        self.insert((code, run) for run in runs)

    def of_dossiers(self, codes: Sequence[str]) -> dict[str, list[StepRun]]:
        """Return the closed steps of dossiers, in their order; those without any are left out."""
        query = select(steps).where(
            steps.c.office == self._office, among(steps.c.code, codes, self._connection)
        )
        found: dict[str, list[StepRun]] = {}
        for row in self._connection.execute(query.order_by(steps.c.code, steps.c.number)).mappings():
            found.setdefault(row["code"], []).append(_run(row))
        return found

    def between(
        self, begin: datetime | None = None, end: datetime | None = None
    ) -> Iterator[tuple[str, StepRun]]:
        """Yield (dossier code, stay) of the stays that ended in [begin, end), in constant memory."""
        query = select(steps).where(steps.c.office == self._office).order_by(steps.c.left_at, steps.c.code)
        if begin is not None:
            query = query.where(steps.c.left_at >= begin)
        if end is not None:
            query = query.where(steps.c.left_at < end)
        found = self._connection.execution_options(yield_per=1_000).execute(query)
        return ((row["code"], _run(row)) for row in found.mappings())

    def procedures(self, begin: datetime, end: datetime) -> Iterator[tuple[str, str]]:
        """Yield (dossier code, procedure) of the dossiers with a stay that ended in [begin, end)."""
        same = (dossiers.c.office == steps.c.office) & (dossiers.c.code == steps.c.code)
        query = (
            select(dossiers.c.code, dossiers.c.procedure)
            .select_from(steps.join(dossiers, same))
            .where(steps.c.office == self._office, steps.c.left_at >= begin, steps.c.left_at < end)
            .distinct()
        )
        found = self._connection.execution_options(yield_per=1_000).execute(query)
        return ((code, procedure) for code, procedure in found)


def _text(limit: TimeLimit | None) -> str | None:
    return f"{limit.amount} {limit.unit}" if limit else None


def _limit(text: str | None) -> TimeLimit | None:
    if text is None:
        return None
    amount, unit = text.split()
    return TimeLimit(int(amount), Unit(unit))


def _run(row: Any) -> StepRun:
    values = {name: row[name] for name in _FIELDS}
    return StepRun(planned=_limit(row["planned"]), used=_limit(row["used"]), **values)
