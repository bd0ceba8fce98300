"""Seals for programs: the documents as they were sealed, and what moved since."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from workers.cli.screen import print_json
from workers.use_cases.sealing import corrected_by

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from domain.seal import Moved
    from workers.store.seals import Seal
    from workers.use_cases.seal_check import Checked, Late


def listed(office_code: str, seals: list[Seal]) -> None:
    """Print every seal without its figures."""
    later = corrected_by(seals)
    rows = [
        {
            **{name: one.document[name] for name in ("number", "corrects", "sealed_at", "author", "reason")},
            "corrected_by": later.get(one.number),
            "question": one.document["question"],
            "dossiers": one.document["dossiers"]["number"],
            "hash": one.hash,
        }
        for one in seals
    ]
    print_json({"office": office_code, "seals": rows})


def shown(seal: Seal, csv: Path | None) -> None:
    """Print a seal whole."""
    print_json({"hash": seal.hash, "document": seal.document, "csv": str(csv) if csv else None})


def checked(office_code: str, found: Sequence[Checked]) -> None:
    """Print what moved, seal by seal."""
    rows = [
        {
            "number": one.seal.number,
            "holds": one.holds,
            "corrected_by": one.corrected_by,
            "other_definitions": one.definition,
            "unlike_then": [_moved(moved) for moved in one.unlike],
            "late": [_late(late) for late in one.late],
            "figures_now": one.figures,
        }
        for one in found
    ]
    print_json({"office": office_code, "seals": rows})


def _moved(moved: Moved) -> dict[str, Any]:
    return {
        "code": moved.code,
        "was": json.loads(moved.was) if moved.was else None,
        "now": json.loads(moved.now) if moved.now else None,
    }


def _late(late: Late) -> dict[str, Any]:
    events = [
        {
            "seq": entry.seq,
            "kind": entry.event.kind,
            "occurred_at": entry.event.occurred_at.isoformat(),
            "recorded_at": entry.recorded_at.isoformat(),
            "actor": entry.actor,
        }
        for entry in late.events
    ]
    return _moved(late.moved) | {"events": events}
