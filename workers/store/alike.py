"""Open dossiers that stand alike: what other rules make of one they make of all, a page at a time."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import String, case, cast, delete, func, insert, literal, null, or_, select, update
from sqlalchemy.schema import CreateTable

from domain.hash_chain import SEPARATOR
from workers.store.alike_tables import moves, page
from workers.store.clocks import FIELDS as OF_CLOCK
from workers.store.dialect import among, bulk_insert, locked, sha256_of
from workers.store.events import bound_text, source_of
from workers.store.notices import UNSENT
from workers.store.stale_clocks import both_tables, sought_where
from workers.store.tables import clocks, dossier_events, dossiers, notices

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from workers.store.clocks import Clock
    from workers.store.stale_clocks import Sought

# What the due dates, rungs and reasons of a dossier follow from beside its moments.
_IN_COMMON: Final = (
    *(dossiers.c[name] for name in ("procedure", "procedure_version", "limit_case", "channel", "unit")),
    *(dossiers.c[name] for name in ("step", "step_number", "appointed_on", "sla_version", "bound_under")),
    *(clocks.c[name] for name in ("due_at", "appointed_at", "step_due_at")),
    *(clocks.c[name] for name in ("epoch", "provisional", "derived_under")),
)
# Pauses, bundles and answers are a dossier's own: nobody is like it.
_ALONE: Final = or_(
    dossiers.c.pauses != "[]",
    dossiers.c.acknowledged != "[]",
    dossiers.c.bundle_rule.is_not(None),
    dossiers.c.stopped_since.is_not(None),
    dossiers.c.step_since.is_(None),
)
_NOTHING: Final = "\N{INFORMATION SEPARATOR TWO}"  # no text of a dossier may hold a control character
_MOMENTS: Final = ("counting_from", "step_since", "accepted_at")
_ENDS: Final = (
    *(func.min(page.c[name]).label(f"first_{name}") for name in _MOMENTS),
    *(func.max(page.c[name]).label(f"last_{name}") for name in _MOMENTS),
)
_OF_PAGE: Final = ("code", "last_seq", "last_hash", "likeness", *_MOMENTS)
_OF_MOVE: Final = ("likeness", "kind", "data", "bound", "bound_under", *OF_CLOCK[1:], "cancels")
_clock_values: Final = attrgetter(*OF_CLOCK[1:])


class Moments(NamedTuple):
    """Hold the moments of a dossier, or the earliest or latest of several (aware)."""

    counting_from: datetime
    step_since: datetime
    accepted_at: datetime


class Group(NamedTuple):
    """Hold how many dossiers of a page stand alike, one of them, and between which moments all lie."""

    likeness: str
    code: str
    last_seq: int
    size: int
    first: Moments
    last: Moments


class Outcome(NamedTuple):
    """Hold what becomes of each dossier of a group: the event's kind and data, its clock, what binds it.

    The code of the clock means nothing. `cancels`: what was to be told of its old date is not told.
    """

    kind: str
    data: str
    clock: Clock
    bound_under: int | None
    cancels: bool


class Alike:
    """Page through the open dossiers of one office and move together those that stand alike."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office
        self._after = self._last = ""

    def turn(self, sought: Sought, *, after: str, limit: int) -> tuple[str, int]:
        """Turn to the next dossiers sought behind a code; return the last code of them and how many they are.

        Nobody is kept from writing them.
        """
        for table in (page, moves):
            self._connection.execute(CreateTable(table, if_not_exists=True))
            self._connection.execute(delete(table))
        if sought.nobody:
            return after, 0
        columns = (
            *(dossiers.c[name] for name in ("code", "last_seq", "last_hash")),
            case((_ALONE, null()), else_=_likeness()),
            *(dossiers.c.counting_from, func.coalesce(dossiers.c.step_since, dossiers.c.accepted_at)),
            dossiers.c.accepted_at,
        )
        query = select(*columns).select_from(both_tables()).where(*sought_where(sought, self._office, after))
        query = query.order_by(clocks.c.code).limit(limit)
        self._connection.execute(insert(page).from_select(_OF_PAGE, query))
        last, size = self._connection.execute(select(func.max(page.c.code), func.count())).one()
        self._after, self._last = after, last or after
        return self._last, size

    def groups(self) -> list[Group]:
        """Return the groups of the page that stand alike, in no order."""
        query = select(
            page.c.likeness, func.min(page.c.code).label("code"), func.count().label("size"), *_ENDS
        )
        groups = query.where(page.c.likeness.is_not(None)).group_by(page.c.likeness).subquery()
        found = select(groups, page.c.last_seq).where(page.c.code == groups.c.code)
        return [
            Group(likeness, code, last_seq, size, Moments(*moments[:3]), Moments(*moments[3:]))
            for likeness, code, size, *moments, last_seq in self._connection.execute(found)
        ]

    def members(self, likenesses: Sequence[str]) -> list[str]:
        """Return the codes of the page that nobody is like, and those of some groups, in order."""
        wanted = among(page.c.likeness, likenesses, self._connection)
        query = select(page.c.code).where(or_(page.c.likeness.is_(None), wanted))
        return list(self._connection.scalars(query.order_by(page.c.code)))

    def move(
        self, outcomes: Sequence[tuple[Group, Outcome]], *, now: datetime, actor: str, sla_version: int
    ) -> bool:
        """Hold the dossiers of the groups until the transaction ends, and record what becomes of each.

        False, and nothing is written: something has happened to one of them since the page was turned.
        """
        source = source_of(now, actor, sla_version)
        rows = [
            (
                *(group.likeness, one.kind, one.data, bound_text(one.kind, now, source, one.data)),
                *(one.bound_under, *_clock_values(one.clock), one.cancels),
            )
            for group, one in outcomes
        ]
        bulk_insert(self._connection, moves, _OF_MOVE, rows)
        if self._held() < sum(group.size for group, _ in outcomes):
            return False
        self._append(now, actor, sla_version)
        self._bind(now)
        self._wind()
        self._cancel()
        return True

    def _held(self) -> int:
        """Hold them in the order in which everybody does, and count those that are as the page has them."""
        # Asked of each, not for: PostgreSQL would think that hardly any is found, and compare all with all.
        unchanged = (dossiers.c.last_seq == page.c.last_seq).label("unchanged")
        query = select(unchanged).where(*self._meant(dossiers), *self._mine(clocks))
        query = query.where(clocks.c.code == page.c.code).order_by(dossiers.c.code)
        held = locked(query, self._connection, of=(dossiers, clocks)).cte("held")
        return self._connection.scalar(select(func.count()).where(held.c.unchanged)) or 0

    def _append(self, now: datetime, actor: str, sla_version: int) -> None:
        """Append the event of each: the hash binds it to the one before, as everywhere."""
        names = ("office", "code", "seq", "kind", "occurred_at", "recorded_at", "actor", "sla_version")
        at = literal(now, dossier_events.c.occurred_at.type)
        values = (literal(self._office), page.c.code, page.c.last_seq + 1, moves.c.kind, at, at)
        query = select(*values, literal(actor), literal(sla_version), moves.c.data, self._hash())
        query = query.where(page.c.likeness == moves.c.likeness).order_by(page.c.code)
        self._connection.execute(insert(dossier_events).from_select((*names, "data", "hash"), query))

    def _bind(self, now: datetime) -> None:
        at = literal(now, dossiers.c.last_at.type)
        statement = update(dossiers).where(*self._meant(dossiers))
        values = {
            "last_at": case((dossiers.c.last_at > at, dossiers.c.last_at), else_=at),
            "bound_under": moves.c.bound_under,
            "last_seq": page.c.last_seq + 1,
            "last_hash": self._hash(),
        }
        self._connection.execute(statement.values(values))

    def _wind(self) -> None:
        statement = update(clocks).where(*self._meant(clocks))
        self._connection.execute(statement.values({name: moves.c[name] for name in OF_CLOCK[1:]}))

    def _cancel(self) -> None:
        meant = select(page.c.code).where(page.c.likeness == moves.c.likeness, moves.c.cancels)
        statement = update(notices).where(
            notices.c.office == self._office, notices.c.code.in_(meant), notices.c.state.in_(UNSENT)
        )
        self._connection.execute(statement.values(state="cancelled"))

    def _meant(self, table: Any) -> tuple[ColumnElement[bool], ...]:
        """Mean the rows of a table whose dossier moves."""
        return *self._mine(table), table.c.code == page.c.code, page.c.likeness == moves.c.likeness

    def _mine(self, table: Any) -> tuple[ColumnElement[bool], ...]:
        """Mean the rows of a table between the ends of the page: the database reads no others."""
        return table.c.office == self._office, table.c.code > self._after, table.c.code <= self._last

    def _hash(self) -> ColumnElement[str]:
        place = cast(page.c.last_seq + 1, String)
        told = page.c.last_hash + SEPARATOR + page.c.code + SEPARATOR + place + moves.c.bound
        return sha256_of(told, self._connection)


def _likeness() -> ColumnElement[str]:
    first, *others = (func.coalesce(cast(column, String), _NOTHING) for column in _IN_COMMON)
    text: ColumnElement[str] = first
    for other in others:
        text = text + SEPARATOR + other
    return text
