"""The open dossiers that a new configuration may move: found by the state of their clocks, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, func, or_, select, true

from workers.store.tables import clocks, dossiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Join

_DATES: Final = (clocks.c.due_at, clocks.c.step_due_at, clocks.c.appointed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Mean the clocks derived under one version that count over some time.

    Their count begins before `until` and one of their dates lies at or after `since`; None: whatever they
    count over.
    """

    derived_under: int
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Say which open dossiers are to be looked at.

    Those of the `spans`; those of procedures and bundles (`rebound`) still bound by what came before version
    `number`; with `every`, all.
    """

    number: int
    spans: Sequence[Span] = ()
    rebound: Sequence[str] = ()
    every: bool = False

    @property
    def nobody(self) -> bool:
        """Say whether no dossier can be meant."""
        return not (self.spans or self.rebound or self.every)


class StaleClocks:
    """Find the open dossiers of one office that may have to follow a configuration."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def derived_under(self, *, before: int) -> list[int]:
        """Return the versions before a number under which open dossiers were counted last, in order."""
        query = select(clocks.c.derived_under).distinct()
        query = query.where(clocks.c.office == self._office, clocks.c.derived_under < before)
        return sorted(self._connection.scalars(query))

    def page(self, sought: Sought, *, after: str, limit: int) -> list[str]:
        """Return the next codes behind `after` ("": the first) of the dossiers sought, in order."""
        if sought.nobody:
            return []
        query = select(clocks.c.code).select_from(both_tables())
        query = query.where(*sought_where(sought, self._office, after))
        return list(self._connection.scalars(query.order_by(clocks.c.code).limit(limit)))

    def count(self, procedures: Sequence[str], *, before: int) -> dict[str, int]:
        """Count by procedure the open dossiers bound by what came before a version."""
        query = select(dossiers.c.procedure, func.count()).select_from(both_tables())
        query = query.where(
            clocks.c.office == self._office, dossiers.c.procedure.in_(procedures), _bound_before(before)
        )
        found = self._connection.execute(query.group_by(dossiers.c.procedure))
        return {row[0]: row[1] for row in found}


def both_tables() -> Join:
    """Return the clocks of the open dossiers with what the projection has of each."""
    same = and_(dossiers.c.office == clocks.c.office, dossiers.c.code == clocks.c.code)
    return clocks.join(dossiers, same)


def sought_where(sought: Sought, office: str, after: str) -> tuple[ColumnElement[bool], ...]:
    """Return what holds of the dossiers sought whose code stands behind another; somebody must be sought."""
    meant = true() if sought.every else or_(*_conditions(sought))
    # Of both tables: else the database reads the one from its beginning for every page.
    behind = and_(clocks.c.code > after, dossiers.c.code > after)
    return clocks.c.office == office, behind, meant


def _conditions(sought: Sought) -> Iterator[ColumnElement[bool]]:
    for span in sought.spans:
        yield and_(clocks.c.derived_under == span.derived_under, *_overlaps(span))
    if sought.rebound:
        # What was accepted together stays together: components follow their bundle, not their procedure.
        names = list(sought.rebound)
        alone = and_(dossiers.c.bundle_rule.is_(None), dossiers.c.procedure.in_(names))
        yield and_(or_(alone, dossiers.c.bundle_rule.in_(names)), _bound_before(sought.number))


def _overlaps(span: Span) -> Iterator[ColumnElement[bool]]:
    if span.until is not None:
        yield dossiers.c.counting_from < span.until
    if span.since is not None:
        yield or_(*(column >= span.since for column in _DATES))


def _bound_before(number: int) -> ColumnElement[bool]:
    return func.coalesce(dossiers.c.bound_under, dossiers.c.sla_version) < number
