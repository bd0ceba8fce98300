"""Whether a notice that waited is still for its recipient: the dossier may have moved on meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.acknowledgement import told_as
from workers.use_cases.letter_answer import rung_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from workers.store.dossiers import Stored
    from workers.store.notices import Notice
    from workers.use_cases.office import Office


def is_still_meant(notice: Notice, in_place_of: Collection[str], stored: Stored, office: Office) -> bool:
    """Say whether a rung is still for its dossier, and its recipient still among those who are told.

    A dossier handed over asks the new unit at once, and a condition that holds again asks again: what waits
    for the old unit, or for a condition that is so no more, must not go. `in_place_of` are those in whose
    place the recipient is told. Under another configuration than it was planned by a notice goes as it was
    planned: nobody has been asked anew. Raises LookupError when the ladder has the rung no more.
    """
    rung = rung_of(notice, stored, office)
    if notice.sla_version != office.version:
        return True
    if rung.when is not None and not rung.when.holds(stored.dossier):
        return False
    day, dossier = office.calendar.local(notice.created_at).date(), stored.dossier
    told = [
        person.code
        for role in rung.roles
        for one in told_as(office.sla.lines, role, dossier.unit, dossier.officer, on=day)
        for person in (one.person, *one.in_place_of)
    ]
    return not {notice.recipient, *in_place_of}.isdisjoint(told)
