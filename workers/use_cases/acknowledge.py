"""Acknowledging: somebody who was told of an escalation says that it is in hand; recorded once, for good."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from domain.acknowledgement import Acknowledgement, base_of, first_for, may_acknowledge
from domain.errors import HistoryError
from domain.event import Event
from domain.history import apply
from workers.use_cases.codes import meant_by
from workers.use_cases.office import active_office
from workers.use_cases.recording import Recorder, record
from workers.use_cases.reform_acknowledge import answer_task
from workers.use_cases.reform_asking import KIND as REFORM
from workers.use_cases.standing import step_label
from workers.use_cases.tokens import notice_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from domain.acknowledgement import AcknowledgedBy
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.notices import Notice
    from workers.store.reform import TaskEntry
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office
    from workers.use_cases.tokens import Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Say by which way an acknowledgement came, who handed it in, and when."""

    way: AcknowledgedBy
    actor: str
    now: datetime


class Acknowledged(NamedTuple):
    """Say what came of one rung: recorded now, or acknowledged already, then by whom and when."""

    code: str
    step: str
    rung: str
    by: str
    at: datetime
    outcome: Literal["recorded", "already"]


def acknowledge(
    store: Store, office_code: str, code: str, by: str, source: Source, *, rung: str = "", step: str = ""
) -> list[Acknowledged]:
    """Record that `by` has an escalation of a dossier, of each one on a slip, or of a reform task in hand.

    Without `rung` it is the highest that `by` may answer for, of the dossier and of the step it stands in.
    `step` ("2.tham-dinh" or "tham-dinh") means the rungs of that step alone. Twice changes nothing. Raises
    HistoryError for a closed or unknown dossier, where nothing was told, and for somebody who was not told of
    it and is no superior.
    """
    with store.begin(office_code) as work:
        if entries := work.reform.history(code):
            return [_of_task(entries, work, by, source, rung=rung)]
        desk = _Desk(work, active_office(work), by, source)
        cases = list(_cases(code, work, desk.office))
        found = [made for case in cases for made in desk.answer(case, _told(case, rung, step))]
        if not found:
            told = {base_of(notice.rung): None for case in cases for notice in _told(case)}
            raise HistoryError("nothing_to_acknowledge", code=code, told=", ".join(told) or "–")
        work.commit()
    return found


def acknowledge_token(
    store: Store, office_code: str, token: str, tokens: Tokens | None, source: Source
) -> list[Acknowledged]:
    """Record that the recipient of the mail a token stands in has it in hand.

    Twice changes nothing. Raises HistoryError for a token that is not ours or was cut, and where the dossier
    has closed, got another due date or left the step since.
    """
    if tokens is None:
        raise HistoryError("token_unknown")
    number = notice_id(token)
    with store.begin(office_code) as work:
        notice = None if number is None else work.acknowledgements.notice(number)
        if notice is None or not tokens.is_of(token, office_code, notice):
            raise HistoryError("token_refused")
        if notice.kind == REFORM:
            entries = work.reform.history(notice.code)
            return [_of_task(entries, work, notice.recipient, source, rung=notice.rung, epoch=notice.epoch)]
        desk = _Desk(work, active_office(work), notice.recipient, source)
        (case,) = _cases(notice.code, work, desk.office)
        if notice.id not in {told.id for told in _told(case)}:
            raise HistoryError("acknowledged_too_late", code=notice.code)
        found = desk.answer(case, [notice])
        work.commit()
    return found


def _of_task(
    entries: Sequence[TaskEntry],
    work: UnitOfWork,
    by: str,
    source: Source,
    *,
    rung: str,
    epoch: int | None = None,
) -> Acknowledged:
    work.versions.hold(alone=True)
    said, is_new = answer_task(entries, work, active_office(work), by, source, rung=rung, epoch=epoch)
    work.commit()
    outcome: Literal["recorded", "already"] = "recorded" if is_new else "already"
    return Acknowledged(entries[0].code, "", said.rung, said.by, said.at, outcome)


class _Case(NamedTuple):
    """Hold an open dossier with what was told of it, and the codes of the rungs that ask for an answer."""

    stored: Stored
    clock: Clock
    told: Sequence[Notice]
    asking: frozenset[str]


def _cases(code: str, work: UnitOfWork, office: Office) -> Iterable[_Case]:
    """Yield the open dossiers a code means; closed ones say so."""
    known = meant_by(code, work, lock=True)
    if not known:
        raise HistoryError("unknown_dossier", code=code)
    clocks = work.clocks.load(list(known), lock=True)
    for stored in known.values():
        clock = clocks.get(stored.dossier.code)
        if clock is not None:
            told = work.notices.of_dossier(stored.dossier.code)
            yield _Case(stored, clock, told, _asking(stored, office))
        elif not clocks:
            dossier = stored.dossier
            raise HistoryError(
                "closed",
                kind="acknowledged",
                code=dossier.code,
                outcome=dossier.outcome,
                at=dossier.finished_at,
            )


def _asking(stored: Stored, office: Office) -> frozenset[str]:
    procedure = office.terms(stored).procedure
    rungs = (*office.ladder(procedure), *office.step_ladder(procedure))
    return frozenset(rung.code for rung in rungs if rung.asks)


def _told(case: _Case, rung: str = "", step: str = "") -> list[Notice]:
    """Return what was told and can be acknowledged: escalations, of the date and the step it has now.

    A reminder can too, if it is told again until then.
    """
    stands_in = step_label(case.stored.dossier)
    return [
        notice
        for notice in case.told
        if (notice.kind == "escalation" or base_of(notice.rung) in case.asking)
        and notice.state != "cancelled"
        and notice.epoch == case.clock.epoch
        and notice.step in ("", stands_in)
        and (not step or step in (notice.step, case.stored.dossier.step))
        and (not step or notice.step)
        and (not rung or base_of(rung) == base_of(notice.rung))
    ]


@dataclass(frozen=True, slots=True)
class _Desk:
    """Take one person's acknowledgement of one dossier after another."""

    work: UnitOfWork
    office: Office
    by: str
    source: Source

    def answer(self, case: _Case, told: Iterable[Notice]) -> list[Acknowledged]:
        """Record it for the highest rung of each step among those told; none told, none recorded."""
        made = [self._said(case, notice) for notice in self._highest(case, told)]
        answers = [answer for answer, is_new in made if is_new]
        if answers:
            self._record(case, answers)
        code = case.stored.dossier.code
        return [
            Acknowledged(code, one.step, one.rung, one.by, one.at, "recorded" if is_new else "already")
            for one, is_new in made
        ]

    def _highest(self, case: _Case, told: Iterable[Notice]) -> Iterable[Notice]:
        people = _people(case)
        found: dict[str, Notice] = {}
        others: Notice | None = None
        for notice in sorted(told, key=lambda notice: notice.level):
            if may_acknowledge(self.by, people[_key(notice)], self.office.sla.lines):
                found[notice.step] = notice
            else:
                others = notice
        if others is not None and not found:
            known = ", ".join(sorted(people[_key(others)]))
            rung, code = base_of(others.rung), others.code
            raise HistoryError("may_not_acknowledge", by=self.by, rung=rung, code=code, told=known)
        return found.values()

    def _said(self, case: _Case, notice: Notice) -> tuple[Acknowledgement, bool]:
        """Return the acknowledgement that holds for a notice, and whether it is made only now."""
        known = first_for(case.stored.dossier.acknowledged, notice.step, notice.level, notice.epoch)
        if known is not None:
            return known, False
        rung, source = base_of(notice.rung), self.source
        said = Acknowledgement(
            step=notice.step,
            rung=rung,
            level=notice.level,
            epoch=notice.epoch,
            at=source.now,
            by=self.by,
            way=source.way,
        )
        return said, True

    def _record(self, case: _Case, answers: Sequence[Acknowledgement]) -> None:
        recorder = Recorder(office=self.office, actor=self.source.actor, now=self.source.now)
        dossier, course = case.stored.dossier, []
        for answer in answers:
            event = Event(kind="acknowledged", occurred_at=answer.at, data=_data(answer))
            dossier = apply(dossier, event, code=dossier.code)
            course.append((event, dossier))
        record([recorder.prepare(course, before=case.stored, clock=case.clock)], self.work)
        for answer in answers:
            self.work.acknowledgements.mark(dossier.code, answer)


def _people(case: _Case) -> Mapping[tuple[str, str], set[str]]:
    """Return who was told of each rung of each step, whichever level it went up to."""
    people: dict[tuple[str, str], set[str]] = defaultdict(set)
    for notice in _told(case):
        people[_key(notice)].add(notice.recipient)
    return people


def _key(notice: Notice) -> tuple[str, str]:
    return notice.step, base_of(notice.rung)


def _data(answer: Acknowledgement) -> dict[str, str]:
    data = {"rung": answer.rung, "level": str(answer.level), "epoch": str(answer.epoch)}
    step = {"step": answer.step} if answer.step else {}
    return data | step | {"by": answer.by, "way": answer.way}
