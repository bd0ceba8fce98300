"""The seal of a report (niêm phong, chốt số liệu): what was said, of which dossiers, what has moved since."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from domain.on_time_rate import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from domain.form_06a import Annex, Column

DEFINITION: Final = 1
"""The version of the definitions by which dossiers are counted; another one gives other figures by right."""


class Moved(NamedTuple):
    """Hold a dossier that is counted otherwise than it was: its place then and now, "" where it had none."""

    code: str
    was: str
    now: str


def canonical(value: Any) -> str:
    """Return JSON of one form for one content: names sorted, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def place_of(cell: Sequence[str], counts: Counts) -> dict[str, Any]:
    """Return the place of one dossier in a report: the values it is broken down by, the counts it adds to."""
    return {"cell": list(cell), "counts": [name for name, number in asdict(counts).items() if number]}


def place_on_form(field: str, columns: Sequence[Column], annex: Annex | None) -> dict[str, Any]:
    """Return its place on form II.06a: field and columns, or the line under the form on which it stands."""
    return {"annex": annex, "field": field} if annex else {"columns": list(columns), "field": field}


def moved(was: Mapping[str, str], now: Mapping[str, str]) -> list[Moved]:
    """Return the dossiers whose place is another one, by code."""
    codes = (code for code in {*was, *now} if was.get(code) != now.get(code))
    return sorted(Moved(code, was.get(code, ""), now.get(code, "")) for code in codes)


def figures_of(places: Iterable[str]) -> dict[str, Any]:
    """Return the figures that follow from the places of all dossiers, as plain values in one order."""
    rows: dict[str, Counts] = {}
    lines: dict[str, Counter[int]] = {}
    annex: Counter[str] = Counter()
    for text, number in sorted(Counter(places).items()):
        place = json.loads(text)
        cell = canonical(place["cell"])
        rows[cell] = rows.get(cell, Counts()) + Counts(**dict.fromkeys(place["counts"], number))
        form = place.get("form")
        if form and "annex" in form:
            annex[form["annex"]] += number
        elif form:
            lines.setdefault(form["field"], Counter()).update(dict.fromkeys(form["columns"], number))
    return {
        "total": _nonzero(sum(rows.values(), Counts())),
        "rows": [{"cell": json.loads(cell), "counts": _nonzero(rows[cell])} for cell in sorted(rows)],
        "form": list(_lines(lines)),
        "annex": dict(sorted(annex.items())),
    }


def _lines(lines: Mapping[str, Counter[int]]) -> Iterator[dict[str, Any]]:
    for field in sorted(lines):
        yield {"field": field, "columns": {str(name): lines[field][name] for name in sorted(lines[field])}}


def _nonzero(counts: Counts) -> dict[str, int]:
    return {name: number for name, number in asdict(counts).items() if number}


def counts_in(figures: Mapping[str, Any]) -> Counts:
    """Return the counts of a whole sealed report."""
    return Counts(**figures["total"])
