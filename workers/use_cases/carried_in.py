"""What was carried into a period is what was pending when it began: column 6 is column 11 before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.errors import FiguresError
from workers.use_cases.as_of import open_at, population
from workers.use_cases.tally import NAMED

if TYPE_CHECKING:
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.as_of import Frame
    from workers.use_cases.office import Office

CARRIED: Final = "6(kỳ này)=11(kỳ trước)"


def check_carried(work: UnitOfWork, office: Office, frame: Frame) -> None:
    """Hold the dossiers carried in against those that were pending when the period began.

    Of now, tables and events are first held against each other by number; only where they disagree, or the
    past is asked for as it was known, every dossier is looked at. Raises FiguresError with those at fault.
    """
    if frame.begin is None:
        return
    at = min(frame.begin, frame.until)
    if frame.known is None and frame.last_id is None and work.carried.agrees(at):
        return
    carried = {each.code for each in population(work, office, frame) if each.accepted_at < frame.begin}
    wrong = sorted(carried ^ set(open_at(work, office, at, known=frame.known, last_id=frame.last_id)))
    if wrong:
        codes = ", ".join(wrong[:NAMED])
        raise FiguresError("figures_disagree", identity=CARRIED, number=len(wrong), codes=codes)
