"""`dunghan report --seal`: the very figures that are shown are kept for ever."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workers.cli.exits import CommandError

if TYPE_CHECKING:
    from domain.period import Period
    from workers.cli.here import Desk
    from workers.store.seals import Seal
    from workers.use_cases.as_of import Frame
    from workers.use_cases.seal_question import Question


def sealable(desk: Desk, frame: Frame) -> Frame:
    """Return a frame whose figures never change: with the last event that is known now."""
    from workers.use_cases.sealing import end_of_record

    last_id = end_of_record(desk.store, desk.office_code)
    return replace(frame, known=frame.known or frame.as_of, last_id=last_id)


def question_of(desk: Desk, period: Period, frame: Frame, by: str, *, form: bool, reason: str) -> Question:
    """Return what a report that is to be sealed asks; raises SealError where it may not be."""
    from workers.cli.report_ask import read_dimensions
    from workers.use_cases.seal_question import Question
    from workers.use_cases.sealing import check_new

    office = desk.office()
    if period.first is None or period.last is None:
        raise CommandError("--seal: cần một kỳ có đầu có cuối: --period, hoặc --from và --to.")
    question = Question(
        period=period, frame=frame, by=read_dimensions(by), form=form, stands=office.sla.stands
    )
    check_new(desk.store, office, question, reason)
    return question


def seal_report(desk: Desk, question: Question, reason: str) -> Seal:
    """Seal a report; raises SealError or FiguresError, and nothing is sealed."""
    from workers.cli.seal import by_now
    from workers.use_cases.sealing import seal

    return seal(desk.store, desk.office(), question, by_now(reason, desk.now))
