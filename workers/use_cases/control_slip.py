"""The control slip (phiếu kiểm soát, Mẫu 05): every hand-over of a dossier, and how its giver was on time."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from domain.catalogue import say
from workers.letters.view import HandOver
from workers.use_cases.rebuild import replayed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.on_time_rate import Timing
    from workers.use_cases.asked_form import Matter

ONE_STOP: Final = "Bộ phận Một cửa"
"""Receives every dossier and its result: Decree 61/2018 art. 18, 20."""


def handovers_of(matter: Matter) -> tuple[HandOver, ...]:
    """Return the hand-overs of a dossier, its receipt first, its result last once there is one.

    A stay that the internal process gives no time to has no result of its own.
    """
    return tuple(_handovers(matter))


def _handovers(matter: Matter) -> Iterator[HandOver]:
    dossier, local = matter.stored.dossier, matter.office.calendar.local
    stays = [
        (run.unit, run.entered_at, run.timing)
        for run in replayed(matter.history, matter.office, before=None).runs
    ]
    if dossier.is_open or not stays:
        stays.append((dossier.unit, dossier.step_since, "no_limit"))
    yield HandOver(ONE_STOP, _unit(matter, stays[0][0]), local(dossier.accepted_at))
    for (giver, _, timing), (taker, at, _) in pairwise(stays):
        yield HandOver(_unit(matter, giver), _unit(matter, taker), local(at), _result(timing))
    if dossier.finished_at is not None:
        outcome = "" if dossier.outcome == "finished" else say(dossier.outcome or "")
        result = _result(matter.stored.timing or "no_limit")
        yield HandOver(_unit(matter, stays[-1][0]), ONE_STOP, local(dossier.finished_at), result, outcome)


def _result(timing: Timing) -> str:
    return "" if timing == "no_limit" else say(timing)


def _unit(matter: Matter, code: str) -> str:
    unit = matter.office.sla.lines.units.get(code)
    return unit.name if unit else code


def asked_agencies(matter: Matter) -> tuple[str, ...]:
    """Return the agencies that were consulted, each once, in the order they were asked."""
    events = (entry.event for entry in matter.history)
    return tuple(
        dict.fromkeys(event.data["agency"] for event in events if event.kind == "consultation_requested")
    )
