"""Which notices go in which letter: decided when they are claimed, and kept until they have gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from workers.use_cases.action_asking import KIND as ACTION
from workers.use_cases.hours import next_moment
from workers.use_cases.office_letter import is_of_office
from workers.use_cases.reform_asking import KIND as REFORM

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence
    from datetime import datetime, timedelta

    from workers.store.notices import Notice
    from workers.use_cases.letter_view import Case
    from workers.use_cases.office import Office
    from workers.use_cases.office_letter import OfficeCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Hold the claimed notices that go to one person in one letter, at least one; `name` is the letter's.

    Whatever happens to a sender, they go again under the same name, without those that were cancelled.
    `asked` says by id of a repeat until when what was told before it asks for an answer.
    """

    name: str
    cases: Sequence[Case | OfficeCase]
    asked: Mapping[int, datetime] = field(default_factory=dict)

    @property
    def first(self) -> Case | OfficeCase:
        """Return one of its cases: recipient, way and office are the same of all."""
        return self.cases[0]

    @property
    def shared(self) -> bool:
        """Say whether the letter was made for several notices, even if one alone is left."""
        return self.name != own_name(self.first.notice)

    @property
    def message_id(self) -> str:
        """Return the Message-ID of the letter: the same for every attempt."""
        return f"<{self.name}.{self.first.office.sla.code}@dunghan>"


class SortedOut(NamedTuple):
    """Say what becomes of notices that wait.

    `letters` are claimed now; the ids in each of `apart` are to be claimed by themselves; each notice of
    `later` waits for its moment.
    """

    letters: dict[str, list[Notice]]
    apart: list[list[int]]
    later: dict[int, datetime]


def own_name(notice: Notice) -> str:
    """Return the name of the letter that tells one notice alone."""
    return f"{notice.id}.{int(notice.created_at.timestamp())}"


def sort_out(found: Iterable[Notice], office: Office, *, now: datetime, gather: timedelta) -> SortedOut:
    """Put together what goes to one person in one letter.

    A letter that was tried before and may be under way stays as it was. Of several it is claimed by itself:
    one that kills its sender must not use up what its neighbours may lose. What is urgent goes with what is
    urgent, what stands alone and what concerns the office itself goes alone; tasks of the reform plan go with
    each other, and so do corrective actions.
    """
    later: dict[int, datetime] = {}
    begun: dict[str, list[Notice]] = {}
    fresh: dict[Hashable, list[Notice]] = {}
    for notice in found:
        at = next_moment(notice, office, at=now, gather=gather)
        if at > now:
            later[notice.id] = at
        elif notice.letter:
            begun.setdefault(notice.letter, []).append(notice)
        else:
            fresh.setdefault(_company(notice, office), []).append(notice)
    if len(begun) == 1 and not fresh:
        return SortedOut(begun, [], later)
    letters = {_name(group, now): group for group in fresh.values()}
    # What was tried least comes first, as it is handed out.
    tried = sorted(begun.values(), key=lambda group: (group[0].unsettled, group[0].attempts))
    return SortedOut(letters, [[notice.id for notice in group] for group in tried], later)


def _company(notice: Notice, office: Office) -> Hashable:
    """Return what the notices of one letter have in common; before any way was tried, it is the first."""
    together = notice.kind if notice.kind in (REFORM, ACTION) else ""
    if notice.alone or (is_of_office(notice) and not together):
        return notice.id
    people = (person for person in office.sla.lines.people if person.code == notice.recipient)
    ways = next((person.ways for person in people), ())
    return notice.recipient, notice.way or next(iter(ways), None), notice.urgent, together


def _name(group: Sequence[Notice], now: datetime) -> str:
    if len(group) == 1:
        return own_name(group[0])
    return f"d{min(notice.id for notice in group)}.{int(now.timestamp() * 1000)}"
