"""Putting a configuration in force: as the next version, if nothing came in between and all agree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from config.sla import parse
from workers.use_cases.office import active_office

if TYPE_CHECKING:
    from datetime import datetime

    from config.sla import Sla
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.store.versions import Said

What = Literal["in_force", "unchanged", "proposed", "stale", "unknown", "approved_before", "same_person"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Hold what came of it: the version that is in force now, or the number of the proposal that waits."""

    what: What
    number: int = 0


def put_in_force(store: Store, sla: Sla, said: Said, *, base: int, now: datetime) -> Outcome:
    """Store a checked configuration as the version after `base` (0: the first), or refuse.

    stale: another one was put in force since `base`. proposed: the configuration in force wants a second
    person to agree, and it waits for one. Open dossiers have not followed yet: see `follow`.
    """
    with store.begin(sla.code) as work:
        work.versions.hold(alone=True)
        active = work.versions.active()
        number = active.number if active else 0
        if active is not None and active.digest == sla.digest and not said.also_open:
            return Outcome(what="unchanged", number=number)
        if number != base:
            return Outcome(what="stale", number=number)
        if active is not None and said.approved_by is None and active_office(work).sla.second_person:
            made = Outcome(what="proposed", number=work.proposals.add(sla.files, said, base=base, now=now))
        else:
            made = Outcome(what="in_force", number=work.versions.append(sla.files, sla.digest, said, now=now))
        work.commit()
    return made


def approve(store: Store, office_code: str, number: int, *, by: str, now: datetime) -> Outcome:
    """Put a proposal in force by the leave of somebody who did not make it."""
    with store.read(office_code) as work:
        proposal = work.proposals.load(number)
    if proposal is None:
        return Outcome(what="unknown")
    if proposal.version is not None:
        return Outcome(what="approved_before", number=proposal.version)
    if proposal.said.author == by:
        return Outcome(what="same_person")
    sla = parse(proposal.files, recorded=proposal.said.back_to is not None)
    said = replace(proposal.said, approved_by=by)
    made = put_in_force(store, sla, said, base=proposal.base, now=now)
    if made.what == "in_force":
        with store.begin(office_code) as work:
            work.proposals.approve(number, made.number)
            work.commit()
    return made


def reaching(work: UnitOfWork, also_open: tuple[str, ...]) -> tuple[str, ...]:
    """Return whose open dossiers a change reaches: those named, and those an unfinished version named.

    A version that is superseded before all have followed it leaves nobody in between.
    """
    active = work.versions.active()
    names = set(also_open)
    if active is not None and active.redated_at is None:
        followed = work.versions.followed(before=active.number)
        for version in work.versions.all():
            if followed < version.number <= active.number:
                names.update(version.said.also_open)
    return tuple(sorted(names))


def going_back(work: UnitOfWork, number: int) -> tuple[Sla, tuple[str, ...]]:
    """Return the configuration of a version, and the procedures whose open dossiers go back with it.

    Those that a later version bound anew are bound again as they were under the older one (`Bindings`); the
    ones accepted since, by what it says. LookupError for an unknown number.
    """
    sla = parse(work.versions.files(number), recorded=True)
    later = (version for version in work.versions.all() if version.number > number)
    names = {name for version in later for name in version.said.also_open}
    return sla, tuple(sorted(names))
