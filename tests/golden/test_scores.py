"""Whole dossiers scored by hand, beside what the office at work makes of them."""

from __future__ import annotations

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from domain.grading_tt01 import UNIT
from tests.builders import OFFICE, OfficeAtWork, local
from tests.office_law import law_files
from workers.use_cases.as_of import Frame
from workers.use_cases.office import load_office
from workers.use_cases.scores import Scores, scored_dossiers, scores

if TYPE_CHECKING:
    from workers.store.unit_of_work import Store

GOLDEN: dict[str, Any] = tomllib.loads(Path(__file__).with_name("scores.toml").read_text(encoding="utf-8"))
DOSSIERS = {each["code"]: each for each in GOLDEN["dossiers"]}
FRAME = Frame(as_of=local("30/06/2019 08:00"))
KNOWN = {"scores.toml": 'contacts = "supplement_requests"\n'}


@pytest.fixture
def scored_office(store: Store, tmp_path: Path) -> OfficeAtWork:
    office = OfficeAtWork(store, tmp_path)
    office.configure(**law_files(), **KNOWN)
    for each in DOSSIERS.values():
        for kind, at, unit in each["events"]:
            more = {"procedure": "1.005"} if kind == "accepted" else {}
            where = {"unit": unit} if unit else {}
            assert office.event(kind, each["code"], at=at, **where, **more) is None
    return office


def behind(office: OfficeAtWork, unit: str | None) -> dict[str, dict[str, int]]:
    loaded, of = load_office(office.store, OFFICE), None if unit is None else ("unit", unit)
    found = scored_dossiers(office.store, loaded, FRAME, of=of, limit=100)  # type: ignore[arg-type]
    return {
        line.key: {str(index): one.points for index, one in line.score.indices.items()}
        for line in found.lines
    }


def whole(office: OfficeAtWork) -> Scores:
    loaded = load_office(office.store, OFFICE)
    return scores(office.store, loaded, FRAME, "unit", day=date(2019, 6, 30))


def test_each_dossier_brings_the_points_of_the_circular(scored_office: OfficeAtWork) -> None:
    found = behind(scored_office, None)
    assert found == {code: each["points"] for code, each in DOSSIERS.items() if each["points"]}
    for unit in ("civil", "land", "top"):
        expected = {code: each["units"][unit] for code, each in DOSSIERS.items() if unit in each["units"]}
        assert behind(scored_office, unit) == expected


def test_the_scores_of_office_and_units_are_those_of_the_circular(scored_office: OfficeAtWork) -> None:
    found, expected = whole(scored_office), GOLDEN["office"]
    score = found.whole.score
    assert {str(index): one.official for index, one in score.indices.items()} == {
        index: Fraction(text) for index, text in expected["indices"].items()
    }
    assert (score.total, score.most) == (Fraction(expected["total"]), expected["most"])
    totals = {line.key: line.score.total for line in found.lines if line.score.indices}
    assert totals == {unit: Fraction(text) for unit, text in expected["units"].items()}
    grades = UNIT.grades_of(score)  # 3.6 of 6: with the six indices left out between 3.6 and 15.6
    assert (grades.lowest.name, grades.highest.name) == ("yếu", "xuất sắc")
