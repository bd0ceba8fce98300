"""Reading rows of a list with the words of the office resolved: which dossiers they mean, by which terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from config.columns import fold
from domain.bundle import component_code
from domain.errors import ContradictionError, HistoryError
from domain.snapshot import Listed, Reading
from workers.use_cases.codes import Slip
from workers.use_cases.office import Bond
from workers.use_cases.resolving import (
    find_bundle,
    find_case,
    find_commune,
    find_procedure,
    find_step,
    find_unit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from config.sla import Sla
    from domain.bundle import Bundle
    from domain.procedure import ProcedureVersion
    from domain.snapshot import SnapshotRow
    from domain.terms import Terms
    from workers.store.clocks import Clock
    from workers.store.dossiers import OnSlip, Stored
    from workers.use_cases.codes import Slips
    from workers.use_cases.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReader:
    """Read the rows of one list for one office; what was looked up once is kept.

    `seen_at` is when the list was made.
    """

    office: Office
    now: datetime
    seen_at: datetime
    _procedures: dict[tuple[str, date], ProcedureVersion] = field(default_factory=dict)
    _units: dict[str, str] = field(default_factory=dict)
    _plain: dict[str, bool] = field(default_factory=dict)
    _slips: dict[str, tuple[str, str]] = field(default_factory=dict)

    def dossiers_of(self, row: SnapshotRow, slips: Slips) -> Iterator[tuple[SnapshotRow, Slip | None]]:
        """Yield a row for every dossier a row means, with its slip: itself, or a component or all of a slip.

        `slips` are those known: what was accepted together stays together, whatever the configuration has
        made of its rule. A rule that does not exist, or not with this procedure, raises HistoryError.
        """
        known = slips.get(row.code)
        text = row.bundle or row.procedure
        rule = self._rule_of(known) if known else None
        if row.bundle is None and not (rule and self._names(text, rule, row)) and self._is_plain(row):
            yield row, None
            return
        bundle = rule or find_bundle(self.office, text, self._day(row))
        if not self._names(text, bundle, row):
            raise ContradictionError("other_bundle", found=text, known=bundle.name)
        whole = row.bundle is None or self._names(row.procedure, bundle, row)
        places = range(len(bundle.components))
        slip = Slip(row.code, tuple(component_code(row.code, place + 1) for place in places))
        for place in places if whole else [self._place(row, bundle, known)]:
            code = slip.components[place]
            self._slips[code] = (row.code, bundle.code)
            yield row._replace(code=code, procedure=bundle.components[place]), slip

    def _rule_of(self, known: Mapping[str, OnSlip]) -> Bundle | None:
        """Return the rule of a slip as it was when the slip was accepted."""
        first = min(known.values(), key=attrgetter("accepted_under"))
        return self._accepted_under(first).bundles.get(first.rule or "")

    def _accepted_under(self, component: OnSlip) -> Sla:
        version = component.accepted_under
        return self.office.sla if version == self.office.version else self.office.earlier(version)

    def _names(self, text: str, bundle: Bundle, row: SnapshotRow) -> bool:
        if text.strip() == bundle.code or fold(text) == fold(bundle.name):
            return True
        found = self.office.sla.bundle_for(text, self._day(row))  # it may be called otherwise today
        return found is not None and found.code == bundle.code

    def _is_plain(self, row: SnapshotRow) -> bool:
        text = row.procedure
        if text not in self._plain:
            self._plain[text] = not self.office.sla.names_bundle(text)
        return self._plain[text]

    def _place(self, row: SnapshotRow, bundle: Bundle, known: Mapping[str, OnSlip] | None) -> int:
        code = self._component(row, known) if known else None
        code = code or self._procedure(row.procedure, self._day(row)).code
        if code not in bundle.components:
            listed = ", ".join(bundle.components)
            raise HistoryError("bundle_of_many", bundle=bundle.code, found=row.procedure, known=listed)
        return bundle.components.index(code)

    def _component(self, row: SnapshotRow, known: Mapping[str, OnSlip]) -> str | None:
        """Return the procedure of the component a row names, by what it was called when it was accepted."""
        for component in known.values():
            versions = self._accepted_under(component).procedures.get(component.procedure, ())
            if row.procedure == component.procedure or any(
                fold(row.procedure) == fold(version.name) for version in versions
            ):
                return component.procedure
        return None

    def reading(self, row: SnapshotRow, before: Stored | None, clock: Clock | None) -> Reading:
        """Return a row with its words resolved; HistoryError names what the office does not know."""
        slip, rule = self._slips.get(row.code, (None, None))
        commune = find_commune(self.office, row.commune) if row.commune else None
        if before is None:
            terms, case = self._first_terms(row, commune, rule)
        else:
            terms, case = self._known_terms(row, before), None
        procedure = terms.procedure
        return Reading(
            row=row,
            terms=terms,
            unit=self._unit(row, procedure, before),
            step=find_step(self.office, procedure, row.step) if row.step and procedure.steps else None,
            limit_case=case,
            commune=commune,
            bundle=slip,
            bundle_rule=rule,
            zone=self.office.sla.zone,
            now=self.now,
            seen_at=self.seen_at,
            last=before.listed if before else None,
            due_at=clock.due_at if clock else None,
        )

    def listed(self, reading: Reading, before: Stored | None) -> Listed:
        """Return what the list said, for the next one to be compared with; an empty cell changes nothing."""
        row, last = reading.row, before.listed if before else None
        return Listed(
            at=self.seen_at,
            unit=reading.unit,
            status=row.status or (last.status if last else None),
            officer=row.officer or (last.officer if last else None),
            step=reading.step or (last.step if last else None),
        )

    def _first_terms(
        self, row: SnapshotRow, commune: str | None, rule: str | None
    ) -> tuple[Terms, str | None]:
        procedure = self._procedure(row.procedure, self._day(row))
        case = None
        if procedure.cases:
            case = find_case(self.office, procedure, row.limit_case, channel=row.channel, commune=commune)
        bond = Bond(procedure.code, procedure.version, case, row.channel)
        if rule is not None:
            find_bundle(self.office, rule, self._day(row))  # a slip begun earlier may have outlived it
            bond = Bond(*bond[:4], rule, commune, row.accepted_at.at)
        version = self.office.version
        return self.office.terms_of(bond, accepted_under=version, counted_under=version), case

    def _known_terms(self, row: SnapshotRow, before: Stored) -> Terms:
        known = before.dossier.procedure
        if row.procedure != known:
            found = self._procedure(row.procedure, self._day(row)).code
            if found != known:
                raise ContradictionError("other_procedure", found=found, known=known)
        return self.office.terms(before)

    def _day(self, row: SnapshotRow) -> date:
        return row.accepted_at.at.astimezone(self.office.sla.zone).date()

    def _procedure(self, text: str, day: date) -> ProcedureVersion:
        found = self._procedures.get((text, day)) or find_procedure(self.office, text, day)
        self._procedures[text, day] = found
        return found

    def _unit(self, row: SnapshotRow, procedure: ProcedureVersion, before: Stored | None) -> str:
        if row.unit is None:
            return before.dossier.unit if before else procedure.unit
        found = self._units.get(row.unit) or find_unit(self.office, row.unit)
        self._units[row.unit] = found
        return found
