"""The dossiers of a report in groups of those that cannot be told apart: as exact as one by one, quicker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers.store.alike import Likeness
from workers.use_cases.as_of import belongs, population, replayed, sought_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.tally import Counted
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.as_of import Frame
    from workers.use_cases.office import Office


def alike(
    work: UnitOfWork, office: Office, frame: Frame, columns: Sequence[str], *, days: bool = False
) -> Iterator[tuple[Counted, int]]:
    """Yield one dossier of each group with the number of those like it; of all dossiers of a report.

    Two in a group are alike in the columns and in every comparison the law makes of them when it says where
    they stand; `days`: in whether a result without a limit came on the day of receipt as well. Whose past is
    replayed, or held against a slip, comes alone. Raises FiguresError as `population` does.
    """
    if frame.against != "law":
        yield from ((each, 1) for each in population(work, office, frame))
        return
    sought = sought_by(frame)
    groups = work.alike.groups(sought, likeness(frame, columns, days=days))
    yield from groups.counted
    if groups.differing != 0:
        yield from ((each, 1) for each in replayed(work, office, sought) if belongs(each, frame))


def likeness(frame: Frame, columns: Sequence[str], *, days: bool) -> Likeness:
    """Return what tells the dossiers of a report apart."""
    return Likeness(columns=columns, at=frame.at, begin=frame.begin, days=days)
