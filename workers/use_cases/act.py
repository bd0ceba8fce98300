"""Acting on dossiers that have come due: ask the ladder, claim the notices, say when to look again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from domain.errors import DomainError
from workers.use_cases.asking import Asking
from workers.use_cases.hours import gathered
from workers.use_cases.office import active_office
from workers.use_cases.signs import ACT, Run, note_failing, note_run, untimed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from workers.store.clocks import Clock
    from workers.store.notices import Notice
    from workers.store.unit_of_work import Store

OF_ONE_DOSSIER: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a row that is not as it should be raises, or a rule that trips over it. Not the database's own errors:
when it is away, each dossier by itself would only take longer."""


@dataclass(slots=True, kw_only=True)
class Acted:
    """Say what acting on a batch came to; `deliver_now` are notice ids, `failed` maps codes to reasons."""

    deliver_now: list[int] = field(default_factory=list)
    claimed: int = 0
    moved: int = 0
    failed: dict[str, str] = field(default_factory=dict)

    def add(self, other: Acted) -> None:
        """Add what acting on other dossiers came to."""
        self.deliver_now += other.deliver_now
        self.claimed += other.claimed
        self.moved += other.moved
        self.failed |= other.failed


def still_handed_out(store: Store, office_code: str, codes: Sequence[str], *, until: datetime) -> list[str]:
    """Return those of the dossiers a sweep handed out until a moment that nobody has acted on since.

    A message may come again, a hundred thousand times: whatever was acted on has moved on, and what another
    sweep has handed out is for the message of that one. It is the moment itself that is compared, which no
    clock of another machine can set wrong.
    """
    with store.read(office_code) as work:
        return work.clocks.handed_out(codes, until=until)


def act_on_batch(
    store: Store,
    office_code: str,
    codes: Sequence[str],
    *,
    now: datetime,
    lease: timedelta,
    gather: timedelta = timedelta(),
    took: Callable[[], float] = untimed,
) -> Acted:
    """Claim every notice that has come due for these dossiers, in one transaction.

    It may run twice or late: what is claimed is claimed, a dossier that closed meanwhile has no clock any
    more. A dossier that cannot be judged, or not even read, fails alone and is looked at again after the
    lease. Notices whose moment of delivery has come are left to the caller until `now + lease`, then the
    sweep takes them. What is neither urgent nor alone waits `gather` longer, for what other batches of this
    run find for its person.
    """
    act = partial(_act, store, office_code, now=now, lease=lease, gather=gather, took=took)
    # Not from within an `except`: the error would keep alive what was half read, and on SQLite with it a look
    # at the past that no writer may begin from.
    with suppress(*OF_ONE_DOSSIER):
        return act(codes)
    acted = _in_parts(act, codes)
    with store.begin(office_code) as work:
        note_failing(work, acted.failed, now=now, keep=3 * lease)
        work.commit()
    return acted


def _in_parts(act: Callable[[Sequence[str]], Acted], codes: Sequence[str]) -> Acted:
    """Act on the parts of a batch that one dossier spoils for all, until that one is alone."""
    try:
        return act(codes)
    except OF_ONE_DOSSIER as error:
        if len(codes) == 1:
            return Acted(failed={codes[0]: f"{type(error).__name__}: {error}"})
    middle = len(codes) // 2
    acted = _in_parts(act, codes[:middle])
    acted.add(_in_parts(act, codes[middle:]))
    return acted


def _act(
    store: Store,
    office_code: str,
    codes: Sequence[str],
    *,
    now: datetime,
    lease: timedelta,
    gather: timedelta,
    took: Callable[[], float],
) -> Acted:
    acted = Acted()
    with store.begin(office_code) as work:
        work.versions.hold()
        office = active_office(work)
        clocks = work.clocks.load(sorted(codes), lock=True)
        stored = work.dossiers.load(list(clocks))
        fired, asking_now = work.notices.fired(list(clocks)), work.acknowledgements.asking(list(clocks))
        moved: list[Clock] = []
        notices: list[Notice] = []
        for code, clock in clocks.items():
            told = {(step, rung) for epoch, step, rung in fired.get(code, ()) if epoch == clock.epoch}
            try:
                asking = Asking(stored=stored[code], clock=clock, office=office)
                until = asking.asked(asking_now.get(code, ()), now=now)
                new, next_at = asking.ask(told, now=now, until=until)
            except (DomainError, LookupError) as error:
                acted.failed[code] = str(error)
                continue
            notices += new
            moved.append(replace(clock, next_action_at=next_at))
        ready = [replace(notice, deliver_at=gathered(notice, office, gather)) for notice in notices]
        claimed = work.notices.claim_rungs([leased(notice, now, lease) for notice in ready])
        work.folding.fold_earlier([notice for notice in claimed if notice.state == "planned"])
        work.clocks.move(moved)
        acted.claimed, acted.moved = len(claimed), len(moved)
        note_failing(work, acted.failed, now=now, keep=3 * lease)
        note_run(work, ACT, _counted(acted, len(codes), len(clocks), took()), now=now)
        work.commit()
    acted.deliver_now = [notice.id for notice in claimed if notice.handed_until is not None]
    return acted


def _counted(acted: Acted, asked: int, open_: int, seconds: float) -> Run:
    failed = len(acted.failed)
    return Run(seen=asked, due=open_, claimed=acted.claimed, failed=failed, seconds=round(seconds, 3))


def leased(notice: Notice, now: datetime, lease: timedelta) -> Notice:
    """Return a notice that goes out now as handed to a delivery task: no sweep takes it too meanwhile."""
    goes_now = notice.state == "planned" and notice.deliver_at <= now
    return replace(notice, handed_until=now + lease) if goes_now else notice
