"""Scores: what the office lays down of Circular 01/2018, and the brackets of its PAR index criteria."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from config.said import as_is, say
from domain.par_index import Bracket, Criterion

if TYPE_CHECKING:
    from config.sla_score_models import CriterionModel, ScoresFile
    from config.sla_source import Draft

_WHOLE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """Hold what an office lays down of its scores; without a file nothing.

    `contacts_known`: every request for papers is recorded, so that index 3 can be told from them.
    """

    contacts_known: bool = False
    criteria: tuple[Criterion, ...] = ()


def build_scoring(draft: Draft[ScoresFile]) -> Scoring:
    """Build the criteria; brackets that leave a rate without points, or with two, are noted."""
    models = draft.model.criteria if draft.model else []
    for index, model in enumerate(models):
        _check_brackets(draft, index, model)
        _check_days(draft, index, model, models[:index])
    whole = [model for model in models if model.brackets[-1].at_least == 0]
    known = draft.model is not None and draft.model.contacts == "supplement_requests"
    return Scoring(contacts_known=known, criteria=tuple(map(_criterion, whole)))


def _criterion(model: CriterionModel) -> Criterion:
    return Criterion(
        code=model.code,
        name=model.name,
        rate=model.rate,
        most=Fraction(model.most),
        brackets=tuple(
            Bracket(Fraction(each.at_least) / _WHOLE, None if each.points is None else Fraction(each.points))
            for each in model.brackets
        ),
        source=model.source,
        verified=model.verified == "yes",
        valid_from=model.valid_from,
        until=model.until,
    )


def _check_brackets(draft: Draft[ScoresFile], index: int, model: CriterionModel) -> None:
    path = ("criteria", index, "brackets")
    for place, (above, below) in enumerate(pairwise(model.brackets), start=1):
        if below.at_least >= above.at_least:
            draft.refuse(
                (*path, place, "at_least"),
                found=say("bracket_after", below=below.at_least, above=above.at_least),
                expected=say("brackets_descend"),
            )
    if model.brackets[-1].at_least != 0:
        draft.misfit(
            path,
            found=say("no_points_below", least=model.brackets[-1].at_least),
            expected=say("last_bracket"),
        )
    for place, each in enumerate(model.brackets):
        if each.points is not None and each.points > model.most:
            draft.refuse(
                (*path, place, "points"),
                found=say("points", points=each.points),
                expected=say("most_points", most=model.most),
            )


def _check_days(
    draft: Draft[ScoresFile], index: int, model: CriterionModel, before: list[CriterionModel]
) -> None:
    path = ("criteria", index)
    if model.until is not None and model.until < model.valid_from:
        draft.refuse(
            (*path, "until"),
            found=as_is(str(model.until)),
            expected=say("criterion_last_day", first=model.valid_from),
        )
    for other in before:
        if other.code == model.code and _share_a_day(model, other):
            draft.refuse(
                (*path, "from"),
                found=say("criterion_twice", code=model.code),
                expected=say("criterion_once"),
            )


def _share_a_day(one: CriterionModel, other: CriterionModel) -> bool:
    begin = max(one.valid_from, other.valid_from)
    return begin <= min(one.until or date.max, other.until or date.max)
