"""Rows of anchors made anchors again, those too of which is known what they said before they were altered."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain.anchor import Anchor
from workers.store.ledger import ANCHORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.hash_chain import Link
    from domain.tampering import Alteration


def known(found: Iterable[Alteration]) -> set[int]:
    """Return the anchors of which is known what they said."""
    named = {one.number: one.what == "altered" and bool(one.column) for one in found}
    return {number for number, is_known in named.items() if is_known and number is not None}


def mended(links: list[Link], found: Iterable[Alteration]) -> list[Link]:
    """Return the anchors as they were, as far as that is known: what they cover is held against that."""
    said = {(one.number, one.column): one.expected for one in found if one.what == "altered"}
    return [
        link._replace(
            texts=tuple(
                said.get((link.number, name), text)
                for name, text in zip(ANCHORS.columns, link.texts, strict=True)
            )
        )
        for link in links
    ]


def anchor_of(link: Link) -> Anchor:
    """Return the anchor a row is; one that holds can be read."""
    said = dict(zip(ANCHORS.columns, link.texts, strict=True))
    return Anchor(
        number=link.number,
        day=date.fromisoformat(said["day"]),
        made_at=datetime.fromisoformat(said["made_at"]),
        last_id=int(said["last_id"]),
        events=int(said["events"]),
        running=said["running"],
        total=said["total"],
        seals=int(said["seals"]),
        seals_hash=said["seals_hash"],
        versions=int(said["versions"]),
        versions_hash=said["versions_hash"],
        **_later(said),
        hash=link.hash,
    )


def _later(said: Mapping[str, str]) -> dict[str, Any]:
    """Return the ends of the registers; none of an anchor that is older than their being anchored."""
    if not said["tasks_hash"]:
        return {}
    numbers = {name: int(said[name]) for name in ("tasks", "treatments")}
    return numbers | {name: said[name] for name in ("tasks_hash", "treatments_hash")}
