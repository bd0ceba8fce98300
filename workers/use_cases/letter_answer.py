"""What the letter of an escalation says of its acknowledgement: asked for, given, or missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from domain.acknowledgement import base_of, first_for, raised_rung, roles_above, went_up

if TYPE_CHECKING:
    from datetime import datetime

    from domain.acknowledgement import Acknowledgement
    from domain.dossier import Dossier
    from domain.ladder import Rung
    from workers.store.dossiers import Stored
    from workers.store.notices import Claim, Notice
    from workers.use_cases.office import Office
    from workers.use_cases.tokens import Tokens


class Said(TypedDict, total=False):
    """Hold the fields of a `NoticeView` that tell of acknowledgement."""

    asks: bool
    asked_until: datetime
    token: str
    acknowledge_url: str
    acknowledged_by: str
    acknowledged_at: datetime
    unanswered_by: tuple[str, ...]
    went_up_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """Tell of the acknowledgement of one notice of a dossier."""

    notice: Notice
    stored: Stored
    office: Office

    @property
    def given(self) -> Acknowledgement | None:
        """Return the acknowledgement that holds for the notice; None: there is none."""
        return answer_to(self.notice, self.stored.dossier)

    def fields(self, tokens: Tokens | None) -> Said:
        """Return what the letter says of it."""
        rung = _in_ladder(self.notice, self.stored, self.office)
        return Said(**self._missing(rung), **self._given(), **self._asked(rung, tokens))

    def _asked(self, rung: Rung, tokens: Tokens | None) -> Said:
        notice, office = self.notice, self.office
        if not rung.asks or self.given is not None:
            return {}
        asked = Said(asks=True)
        if notice.asked_until is not None:
            asked |= Said(asked_until=office.calendar.local(notice.asked_until))
        if tokens is not None:
            token = tokens.sign(office.sla.code, notice)
            asked |= Said(token=token, acknowledge_url=tokens.link(token))
        return asked

    def _given(self) -> Said:
        given = self.given
        if given is None:
            return {}
        return Said(acknowledged_by=given.by, acknowledged_at=self.office.calendar.local(given.at))

    def _missing(self, rung: Rung) -> Said:
        _, levels = went_up(self.notice.rung)
        if not levels:
            return {}
        silent = (*rung.roles, *roles_above(self.office.sla.lines, rung.roles)[: levels - 1])
        titles = self.office.sla.role_titles
        return Said(
            unanswered_by=tuple(titles.get(role, role) for role in silent),
            went_up_at=self.office.calendar.local(self.notice.planned_at),
        )


def answer_to(notice: Notice, dossier: Dossier) -> Acknowledgement | None:
    """Return the acknowledgement of a dossier that holds for a notice; None: there is none."""
    return first_for(dossier.acknowledged, notice.step, notice.level, notice.epoch)


def overtaken(notice: Notice, dossier: Dossier) -> bool:
    """Say whether a notice was to say that nobody answers, and by now somebody has."""
    return went_up(notice.rung)[1] > 0 and answer_to(notice, dossier) is not None


def rung_of(notice: Notice | Claim, stored: Stored, office: Office) -> Rung:
    """Return the rung a notice tells, as it went up; raises LookupError when the ladder has it no more."""
    rung, (_, levels) = _in_ladder(notice, stored, office), went_up(notice.rung)
    return raised_rung(rung, levels, notice.role) if levels else rung


def _in_ladder(notice: Notice | Claim, stored: Stored, office: Office) -> Rung:
    procedure, code = office.terms(stored).procedure, base_of(notice.rung)
    for rung in office.step_ladder(procedure) if notice.step else office.ladder(procedure):
        if rung.code == code:
            return rung
    raise LookupError(f"the ladder of configuration has no rung {code!r} any more")
