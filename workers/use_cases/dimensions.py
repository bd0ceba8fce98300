"""By what a report is broken down: unit, officer, field, procedure, channel, step, bundle, commune."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.tally import Counted
    from workers.use_cases.office import Office

Dimension = Literal["unit", "officer", "field", "procedure", "channel", "step", "bundle", "commune"]
DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)
LABELS: Final[dict[Dimension, str]] = {
    "unit": "Đơn vị",
    "officer": "Người thụ lý",
    "field": "Lĩnh vực",
    "procedure": "Thủ tục",
    "channel": "Hình thức tiếp nhận",
    "step": "Bước xử lý",
    "bundle": "Nhóm thủ tục",
    "commune": "Xã, phường",
}
NONE: Final = "(không ghi)"
"""Stands for what a dossier does not say."""
_CHANNELS: Final = {"direct": "Trực tiếp", "online": "Trực tuyến", "post": "Bưu chính"}
_STORED: Final[dict[Dimension, str]] = {"bundle": "bundle_rule"}
_FROM: Final[dict[Dimension, tuple[str, ...]]] = {
    "field": ("procedure", "procedure_version", "sla_version"),
    "step": ("procedure", "step"),
}
Key = tuple[str, ...]


class Breakdown:
    """Tell the place of a dossier in a breakdown, and what the office calls it; "" where it says nothing."""

    def __init__(self, dimensions: Sequence[Dimension], office: Office) -> None:
        self.dimensions, self._office = tuple(dimensions), office
        self._named = {dimension: self._names(dimension) for dimension in dimensions}
        self._fields: dict[tuple[str, str, int], str] = {}

    def key(self, counted: Counted) -> Key:
        """Return the values of a dossier, one a dimension."""
        return tuple([self._value(dimension, counted) for dimension in self.dimensions])

    @property
    def columns(self) -> tuple[str, ...]:
        """Return what of a dossier its place follows from: two that are alike in it have the same place."""
        found = (_FROM.get(each, (_STORED.get(each, each),)) for each in self.dimensions)
        return tuple(dict.fromkeys(name for names in found for name in names))

    def label(self, key: Key) -> str:
        """Return what the office calls a place."""
        parts = zip(self.dimensions, key, strict=True)
        return " · ".join(self._name(dimension, value) for dimension, value in parts)

    @property
    def head(self) -> str:
        """Return the head of the column that names the places."""
        return " · ".join(LABELS[dimension] for dimension in self.dimensions)

    def known(self) -> list[Key]:
        """Return the places there are without any dossier: the units, where nothing else is asked for."""
        return [(code,) for code in self._office.sla.lines.units] if self.dimensions == ("unit",) else []

    def known_to_office(self) -> set[Key]:
        """Return the places of one dimension that the configuration names, whether anything is there."""
        sla, (dimension,) = self._office.sla, self.dimensions
        if dimension == "officer":
            return {(person.code,) for person in sla.lines.people}
        versions = [version for found in sla.procedures.values() for version in found]
        if dimension == "field":
            return {(version.field,) for version in versions}
        if dimension == "step":
            return {(f"{version.code}:{step.code}",) for version in versions for step in version.steps}
        return {(code,) for code in self._named[dimension]}

    def _value(self, dimension: Dimension, counted: Counted) -> str:
        if dimension == "field":
            return self._field(counted)
        value: str | None = getattr(counted, _STORED.get(dimension, dimension))
        if dimension == "step" and value:
            return f"{counted.procedure}:{value}"
        return value or ""

    def _field(self, counted: Counted) -> str:
        """Return the field of a procedure as the configuration had it when the dossier was accepted."""
        bond = (counted.procedure, counted.procedure_version, counted.sla_version)
        if bond not in self._fields:
            try:
                self._fields[bond] = self._office.procedure(*bond).field
            except LookupError:
                self._fields[bond] = ""
        return self._fields[bond]

    def _name(self, dimension: Dimension, value: str) -> str:
        if not value:
            return NONE
        return self._step(value) if dimension == "step" else self._named[dimension].get(value, value)

    def _names(self, dimension: Dimension) -> Mapping[str, str]:
        sla = self._office.sla
        if dimension == "procedure":
            return {code: versions[-1].name for code, versions in sla.procedures.items()}
        if dimension == "channel":
            return _CHANNELS
        if dimension == "unit":
            return {code: unit.name for code, unit in sla.lines.units.items()}
        if dimension == "bundle":
            return {code: bundle.name for code, bundle in sla.bundles.items()}
        return {code: commune.name for code, commune in sla.communes.items() if dimension == "commune"}

    def _step(self, value: str) -> str:
        procedure, _, code = value.partition(":")
        versions = self._office.sla.procedures.get(procedure, ())
        names = [step.name for version in versions for step in version.steps if step.code == code]
        return f"{names[-1] if names else code} ({procedure})"
