"""The dossiers of a report in groups of those that cannot be told apart: as exact as one by one, quicker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers.store.groups import Likeness
from workers.use_cases.as_of import belongs, population, replayed, sought_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.tally import Counted
    from workers.store.groups import Groups
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.as_of import Frame
    from workers.use_cases.office import Office


def alike(
    work: UnitOfWork, office: Office, frame: Frame, columns: Sequence[str]
) -> Iterator[tuple[Counted, int]]:
    """Yield one dossier of each group with the number of those like it; of all dossiers of a report.

    Two in a group are alike in the columns and in every comparison the law makes of them when it says where
    they stand. Whose past is replayed, or held against a slip, comes alone. Raises FiguresError as
    `population` does.
    """
    if frame.against != "law":
        yield from ((each, 1) for each in population(work, office, frame))
        return
    groups = work.groups.counted(sought_by(frame), likeness(frame, columns))
    yield from groups.counted
    yield from ((each, 1) for each in alone(work, office, frame, groups))


def likeness(frame: Frame, columns: Sequence[str], *, days: bool = False) -> Likeness:
    """Return what tells the dossiers of a report apart; `days`: for a form as well."""
    return Likeness(columns=columns, at=frame.at, begin=frame.begin, days=days)


def alone(work: UnitOfWork, office: Office, frame: Frame, groups: Groups) -> Iterator[Counted]:
    """Yield the dossiers of a report that are in no group, because their past has to be replayed."""
    if groups.differing != 0:
        yield from (each for each in replayed(work, office, sought_by(frame)) if belongs(each, frame))
