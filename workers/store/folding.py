"""Folding: what still waits for a person about a dossier is told in the message of a later rung, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from domain.rung_terms import code_in_ladder
from workers.store.dialect import among, locked, update_each
from workers.store.notices import FIELDS, PENDING, Notice
from workers.store.tables import notices

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection


class Folding:
    """Fold notices of one office into later ones."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def fold_earlier(self, later: Sequence[Notice]) -> None:
        """Cover what still waits for a person about a dossier by the later notice now claimed for both.

        The later one goes as soon as the earlier could have, as urgently, and alone if that stood alone:
        nobody waits longer because there is more to say. A question that the later one does not ask stays.
        Of several to one person about one dossier, each of which has something of its own to ask, the last
        that may tell it does.
        """
        by_id = {notice.id: notice for notice in later}
        told: dict[tuple[str, str, int, str], list[Notice]] = {}
        for notice in sorted(later, key=lambda notice: notice.planned_at, reverse=True):
            told.setdefault(_place(notice), []).append(notice)
        folded: dict[int, list[Notice]] = {}
        for earlier in self._locked(sorted({notice.code for notice in later}), PENDING):
            fitting = (one for one in told.get(_place(earlier), ()) if _may_be_told_by(earlier, one))
            into = None if earlier.id in by_id else next(fitting, None)
            if into is not None:
                folded.setdefault(into.id, []).append(earlier)
        self._cover({one.id: by_id[number].rung for number, group in folded.items() for one in group})
        self._hasten(_hastened(by_id[number], group) for number, group in folded.items())

    def codes(self, ids: Sequence[int]) -> list[str]:
        """Return the dossiers and topics that notices are about, in order."""
        query = select(notices.c.code).where(among(notices.c.id, ids, self._connection)).distinct()
        return sorted(self._connection.scalars(query))

    def lock(self, codes: Sequence[str]) -> list[Notice]:
        """Return what is being sent about dossiers and what is told with something else; all of it locked."""
        return self._locked(codes, ("claimed", "covered"))

    def unfold(self, again: Iterable[Notice]) -> None:
        """Let locked notices that were covered wait by themselves, as they are given."""
        names = ("state", "deliver_at", "asked_until")
        update_each(
            self._connection,
            notices,
            lambda given: (
                update(notices)
                .where(notices.c.id == given["id"], notices.c.state == "covered")
                .values(
                    {name: given[name] for name in names}
                    | {"covered_by": None, "letter": None, "handed_until": None}
                )
            ),
            [{"id": one.id} | {name: getattr(one, name) for name in names} for one in again],
            id="id",
            **{name: name for name in names},
        )

    def _locked(self, codes: Sequence[str], states: Sequence[str]) -> list[Notice]:
        if not codes:
            return []
        query = select(*(notices.c[name] for name in FIELDS)).where(
            notices.c.office == self._office,
            among(notices.c.code, codes, self._connection),
            notices.c.state.in_(states),
        )
        found = self._connection.execute(locked(query.order_by(notices.c.id), self._connection)).mappings()
        return [Notice(**row) for row in found]

    def _cover(self, by: dict[int, str]) -> None:
        update_each(
            self._connection,
            notices,
            lambda given: (
                update(notices)
                .where(notices.c.id == given["id"])
                .values(state="covered", covered_by=given["by"])
            ),
            [{"id": one, "by": rung} for one, rung in by.items()],
            id="id",
            by="covered_by",
        )

    def _hasten(self, rows: Iterable[dict[str, Any]]) -> None:
        update_each(
            self._connection,
            notices,
            lambda given: (
                update(notices)
                .where(notices.c.id == given["id"])
                .values({name: given[name] for name in ("deliver_at", "urgent", "alone")})
            ),
            list(rows),
            id="id",
            deliver_at="deliver_at",
            urgent="urgent",
            alone="alone",
        )


def _place(notice: Notice) -> tuple[str, str, int, str]:
    """Return what notices have in common that may be told together: dossier, step, epoch and recipient."""
    return notice.code, notice.step, notice.epoch, notice.recipient


def _may_be_told_by(earlier: Notice, later: Notice) -> bool:
    if earlier.planned_at >= later.planned_at:
        return False
    asks = earlier.asked_until is not None and earlier.acknowledged_at is None
    same_rung = code_in_ladder(earlier.rung) == code_in_ladder(later.rung)
    return not asks or later.asked_until is not None or same_rung


def _hastened(later: Notice, folded: Sequence[Notice]) -> dict[str, Any]:
    every = (later, *folded)
    return {
        "id": later.id,
        "deliver_at": min(one.deliver_at for one in every),
        "urgent": any(one.urgent for one in every),
        "alone": any(one.alone for one in every),
    }
