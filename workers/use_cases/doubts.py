"""Doubts about a list: it names officers the office does not know, so that others are told in their place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from config.sla_spellings import nearest
from domain.catalogue import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from config.sla import Sla
    from domain.snapshot import SnapshotRow

_NOTHING_IS_TOLD: Final = frozenset({"not_accepted", "finished", "returned", "withdrawn", "refused"})


@dataclass(slots=True)
class Doubt:
    """Hold what is doubtful in a list: a sentence of the catalogue, the first row and how many there are."""

    line: int
    key: str
    found: Mapping[str, str]
    rows: int = 0

    def said(self, lang: str = "vi") -> str:
        """Return the sentence in a language ("vi" or "en")."""
        return sentence(self.key, lang, {**self.found, "rows": self.rows})


@dataclass(frozen=True, slots=True)
class Doubts:
    """Look through the rows of one list for officers who are unknown or of another unit than the row says.

    Such a row is taken in all the same: the office may know better, and the citizen's clock runs either way.
    """

    sla: Sla
    _units: dict[str, str] = field(init=False)
    _found: dict[tuple[str, str | None], Doubt | None] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        units = {person.code: person.unit for person in self.sla.lines.people}
        object.__setattr__(self, "_units", units)

    def looking(self, rows: Iterable[SnapshotRow]) -> Iterator[SnapshotRow]:
        """Yield the rows as they come; of closed dossiers nobody is told anything."""
        for row in rows:
            if row.officer and row.finished_at is None and row.status not in _NOTHING_IS_TOLD:
                self._look(row, row.officer)
            yield row

    def found(self) -> tuple[Doubt, ...]:
        """Return the doubts, each officer once (in each unit), in the order of the list."""
        return tuple(doubt for doubt in self._found.values() if doubt)

    def _look(self, row: SnapshotRow, officer: str) -> None:
        key = (officer, row.unit if officer in self._units else None)
        if key not in self._found:
            self._found[key] = self._doubt(row, officer)
        if doubt := self._found[key]:
            doubt.rows += 1

    def _doubt(self, row: SnapshotRow, officer: str) -> Doubt | None:
        home = self._units.get(officer)
        if home is None:
            near = nearest(officer, self._units)
            more = {"near": near} if near else {}
            key = "officer_unknown_near" if near else "officer_unknown"
            return Doubt(row.line, key, {"found": officer, **more})
        unit = self.sla.unit_code(row.unit) if row.unit else None
        if unit is None or unit == home:
            return None
        names = {code: self.sla.lines.units[code].name for code in (home, unit)}
        return Doubt(
            row.line, "officer_elsewhere", {"found": officer, "home": names[home], "unit": names[unit]}
        )
