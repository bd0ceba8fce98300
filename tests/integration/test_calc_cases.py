"""The published calculator cases, answered one by one and as one stream."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from tests.shared_data import SHARED, shared_file
from workers.use_cases.calculate import answer, answer_lines

_FILE = SHARED / "calc_cases.jsonl"
_CASES: list[dict[str, Any]] = (
    [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()] if _FILE.exists() else []
)


def _instants(answers: list[str]) -> list[datetime]:
    return [datetime.fromisoformat(text) for text in answers]


def _matches(case: dict[str, Any], key: str, found: Any) -> bool:
    expected = case["expected"][key]
    tolerance = case.get("tolerance_seconds", 0)
    if key == "elapsed_seconds":
        return bool(abs(found - expected) <= tolerance)
    if key in {"due", "next"} and isinstance(expected, str) and "T" in expected:
        (at,) = _instants([found])
        wanted = _instants([expected, *case.get("equivalent_due", [])])
        return any(abs((at - one).total_seconds()) <= tolerance for one in wanted)
    return bool(found == expected)


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["id"])
def test_a_published_case_is_answered_as_its_own_system_does(case: dict[str, Any]) -> None:
    found = answer(case)
    wrong = {
        key: found.get(key, found) for key in case["expected"] if not _matches(case, key, found.get(key))
    }
    assert not wrong, f"{case['id']}: expected {case['expected']}, got {found}"


def test_all_published_cases_stream_in_order() -> None:
    lines = shared_file("calc_cases.jsonl").read_bytes().splitlines(keepends=True)
    answers = list(answer_lines(lines))
    assert [found["id"] for found in answers] == [case["id"] for case in _CASES]
    assert len(answers) == 156
    assert not [found for found in answers if "error" in found]
