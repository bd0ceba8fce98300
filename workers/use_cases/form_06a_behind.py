"""The dossiers behind the figures of form II.06a: the first of each, and those a cause is asked of."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Final

from domain.form_06a import LATE, OVERDUE, PAST_DUE, columns_of
from workers.use_cases.as_of import belongs, counted_then, sought_by
from workers.use_cases.dimensions import Breakdown
from workers.use_cases.form_06a import LISTED, enter, like_on_06a, place_06a
from workers.use_cases.sweep import batches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.form_06a import Column, Stands
    from domain.tally import Counted
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.as_of import Frame
    from workers.use_cases.form_06a import Filled
    from workers.use_cases.office import Office

_BATCH: Final = 500


def list_behind(work: UnitOfWork, office: Office, frame: Frame, stands: Stands, filled: Filled) -> None:
    """List behind each figure of a filled form its first dossiers by code, as many as are kept."""
    fields = Breakdown(("field",), office)
    for each in work.groups.firsts(sought_by(frame), like_on_06a(frame, office), limit=LISTED):
        if columns := _columns(each, frame, stands, office):
            stand, _ = place_06a(each, frame, stands, office)
            enter(filled, fields.key(each), columns, (each, stand))


def overdue_with_cause(
    work: UnitOfWork, office: Office, frame: Frame, stands: Stands, filled: Filled
) -> tuple[dict[str, bool], Counter[bool]]:
    """Return the overdue dossiers of which somebody may have said why (code: closed late?), and the others.

    An apology, which is a new appointed day, gives the reason, and so does whoever treats a nonconformity.
    """
    found = dict(filled.overdue)
    for each in chain(work.groups.reappointed(sought_by(frame)), _treated(work, office, frame)):
        columns = _columns(each, frame, stands, office)
        if not OVERDUE.isdisjoint(columns):
            found[each.code] = LATE in columns
    cells: Counter[Column] = sum(filled.cells.values(), Counter())
    others = Counter({True: cells[LATE], False: cells[PAST_DUE]})
    others.subtract(Counter(found.values()))
    return found, others


def _treated(work: UnitOfWork, office: Office, frame: Frame) -> Iterator[Counted]:
    """Yield the dossiers of a report of which a treatment was recorded by its cut-off, as they stood."""
    codes = (code for code, _ in work.nonconformities.every(known=frame.known))
    for batch in batches(list(codes), _BATCH):
        for entries in work.events.histories(batch, last_id=frame.last_id).values():
            counted = counted_then(entries, office, until=frame.until, known=frame.known)
            if counted is not None and belongs(counted, frame):
                yield counted


def _columns(each: Counted, frame: Frame, stands: Stands, office: Office) -> tuple[Column, ...]:
    stand, annex = place_06a(each, frame, stands, office)
    return () if annex is not None else columns_of(each, stand, begin=frame.begin)
