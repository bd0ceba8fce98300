"""The scores for programs: whole numbers behind every quotient, and each score with its most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.grading_tt01 import stands
from domain.score_766 import MOST, RATE, progress
from domain.scoring_tt01 import INDICES
from workers.cli.screen import iso
from workers.use_cases.score_words import SCALES, name_of, plain

if TYPE_CHECKING:
    from domain.par_index import Criterion
    from domain.period import Period
    from domain.scoring_tt01 import Score
    from workers.use_cases.as_of import Frame
    from workers.use_cases.office import Office
    from workers.use_cases.scores import Holder, Line, ScoredDossiers, Scores


def scores_json(found: Scores, office: Office, period: Period, frame: Frame) -> dict[str, Any]:
    """Return the scores of units or officers and of the office."""
    measured = tuple(found.whole.score.indices)
    return {
        **_asked(office, period, frame),
        "by": found.by,
        "rows": [
            {"key": line.key, "name": name_of(found.by, line.key, office), **_line(line, found)}
            for line in found.lines
        ],
        "whole": _line(found.whole, found),
        "most": SCALES[found.by].most,
        "not_scored": {
            name: getattr(found.whole.counts, name)
            for name in ("pending", "pending_overdue", "pending_no_limit", "withdrawn", "resolved_no_limit")
        },
        "left_out": [index for index in INDICES if index not in measured],
        "criteria": [_criterion(each) for each in found.criteria],
        "stands": list(stands(measured, found.by)),
    }


def dossiers_json(
    found: ScoredDossiers, of: tuple[Holder, str] | None, office: Office, period: Period, frame: Frame
) -> dict[str, Any]:
    """Return the dossiers behind a score, and that score."""
    return {
        **_asked(office, period, frame),
        "by": "dossier",
        "of": {of[0]: of[1]} if of else None,
        "number": found.number,
        "dossiers": [{"code": line.key, **_score(line.score)} for line in found.lines],
        "together": _score(found.score),
    }


def _asked(office: Office, period: Period, frame: Frame) -> dict[str, Any]:
    return {
        "office": office.sla.code,
        "from": period.first.isoformat() if period.first else None,
        "to": period.last.isoformat() if period.last else None,
        "as_of": iso(frame.as_of, office.calendar),
    }


def _line(line: Line, found: Scores) -> dict[str, Any]:
    scale = SCALES[found.by]
    grades = scale.grades_of(line.score)
    grade = {"lowest": grades.lowest.name, "highest": grades.highest.name, "settled": grades.settled}
    graded = line.score.indices and (found.by == "unit" or line is not found.whole)
    return _score(line.score) | {"grade": grade if graded else None} | _rates(line, found)


def _score(score: Score) -> dict[str, Any]:
    return {
        "indices": {
            str(index): {"points": one.points, "dossiers": one.dossiers, "score": plain(one.official, 1)}
            for index, one in score.indices.items()
        },
        "total": plain(score.total, 1) if score.indices else None,
        "most": score.most,
    }


def _rates(line: Line, found: Scores) -> dict[str, Any]:
    rate, reached = line.rates[RATE], progress(line.rates[RATE])
    return {
        "progress_766": {
            "on_time": rate.numerator,
            "received": rate.denominator,
            "score": None if reached is None else plain(reached),
            "most": MOST,
        },
        "par": {each.code: _brought(each, line) for each in found.criteria},
    }


def _brought(criterion: Criterion, line: Line) -> dict[str, Any]:
    rate = line.rates[criterion.rate]
    points = criterion.points(rate.value)
    return {
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "points": None if points is None else plain(points),
        "most": plain(criterion.most),
    }


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "name": criterion.name,
        "rate": criterion.rate,
        "most": plain(criterion.most),
        "source": criterion.source,
        "verified": criterion.verified,
        "brackets": [
            {
                "at_least_percent": plain(each.at_least * 100),
                "points": "proportional" if each.points is None else plain(each.points),
            }
            for each in criterion.brackets
        ],
    }
