"""The calculator protocol: elapsed time, whole streams, and whatever else comes in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.calc.asking import CALENDAR, FRI, ask, code, due
from workers.use_cases.calc_calendar import CalendarCache
from workers.use_cases.calculate import answer, answer_lines


@pytest.mark.parametrize(("interval", "forward"), [("(]", 2), ("[)", 2), ("[]", 3), (None, 2)])
def test_elapsed_days_change_sign_when_the_end_comes_first(interval: str | None, forward: int) -> None:
    both = {"convention": {"interval": interval}}
    start, end = "2019-04-26", "2019-04-30"
    assert ask("elapsed_days", start=start, end=end, **both) == {"elapsed_days": forward}
    assert ask("elapsed_days", start=end, end=start, **both) == {"elapsed_days": -forward}


@pytest.mark.parametrize(
    ("interval", "start", "end", "expected"),
    [
        ("[)", "2019-04-29", "2019-04-28", -1),
        ("(]", "2019-04-29", "2019-04-28", 0),
        ("[)", "2019-04-27", "2019-04-26", 0),
        ("(]", "2019-04-27", "2019-04-26", -1),
        ("[]", "2019-04-29", "2019-04-26", -2),
        (None, "2019-05-02", "2019-04-30", -1),
    ],
)
def test_an_interval_is_read_from_its_start_to_its_end_even_backwards(
    interval: str | None, start: str, end: str, expected: int
) -> None:
    found = ask("elapsed_days", start=start, end=end, convention={"interval": interval})
    assert found == {"elapsed_days": expected}


@pytest.mark.parametrize(("interval", "expected"), [("(]", 1), ("[)", 1), ("[]", 2)])
def test_elapsed_days_leave_paused_days_out(interval: str, expected: int) -> None:
    pauses = [["2019-04-26", "2019-04-29"], ["2019-06-01", "2019-06-02"]]
    found = ask(
        "elapsed_days", start="2019-04-26", end="2019-04-30", pauses=pauses, convention={"interval": interval}
    )
    assert found == {"elapsed_days": expected}


def test_elapsed_seconds_are_whole_where_they_are_and_negative_backwards() -> None:
    assert ask("elapsed", start=FRI, end="2019-04-26T12:00:00.5Z") == {"elapsed_seconds": 0.5}
    assert ask("elapsed", start=FRI, end="2019-04-26T11:00:00Z") == {"elapsed_seconds": -3600}


@pytest.mark.parametrize(
    "fields",
    [
        {"start": None},
        {"start": "2019-04-26"},
        {"start": "2019-04-26T12:00:00"},
        {"start": "soon"},
        {"start": 5},
        {"limit": None},
        {"limit": [1, "hours"]},
        {"limit": {"n": 1, "unit": "hours", "kind": "x"}},
        {"pauses": "none"},
        {"pauses": [["2019-04-26T12:00:00Z"]]},
        {"pauses": [["2019-04-26", "2019-04-27"]]},
        {"pauses": [["2019-04-26T12:00:00Z", None]]},
        {"kind": "when"},
        {"kind": None},
        {"kind": ["due"]},
        {"pause": []},
        {"calender": {}},
        {"calendar": None},
        {"calendar": []},
    ],
)
def test_a_case_that_is_not_clear_is_refused(fields: dict[str, Any]) -> None:
    case = {
        "id": 1,
        "kind": "due",
        "calendar": CALENDAR,
        "start": FRI,
        "limit": {"n": 1, "unit": "hours"},
    } | fields
    assert answer(case)["error"]["code"] == "bad_case"


def test_a_reversed_pause_and_a_moment_outside_the_years_are_refused() -> None:
    assert due(FRI, 1, "hours", pauses=[["2019-04-27T00:00:00Z", FRI]]) == "limit"
    assert due("0001-01-01T00:00:00+14:00", -1, "hours") == "limit"
    assert due("9999-12-31T23:00:00Z", 1, "hours") == "limit"
    assert code("elapsed_days", start="9999-12-30", end="9999-12-31") == "limit"
    assert code("due_date", start="0001-01-01", limit={"n": -1, "unit": "calendar_days"}) == "limit"


def test_keys_beside_the_question_are_left_alone() -> None:
    assert (
        due(FRI, 1, "hours", tags=["x"], expected={}, boundary="open", source_url="y")
        == "2019-04-26T13:00:00+00:00"
    )


def test_a_bad_line_never_stops_the_rest() -> None:
    good = json.dumps(
        {"id": "g", "kind": "due", "calendar": CALENDAR, "start": FRI, "limit": {"n": 1, "unit": "hours"}}
    )
    lines = [
        b"\xef\xbb\xbf" + good.encode(),
        b"\n",
        b"{",
        b"[1]\n",
        b"\xff\xfe",
        b'{"id": NaN}',
        b"[" * 100_000,
        good.encode() + b"\r\n",
    ]
    found = list(answer_lines(lines))
    assert [entry.get("due", entry.get("error", {}).get("code")) for entry in found] == [
        "2019-04-26T13:00:00+00:00",
        "bad_json",
        "bad_json",
        "bad_json",
        "bad_json",
        "bad_json",
        "2019-04-26T13:00:00+00:00",
    ]
    assert "line 3" in found[1]["error"]["message"]


def test_calendars_are_kept_within_their_budget() -> None:
    cache = CalendarCache(budget_days=4_000, most=50)
    for year in range(1900, 1930):
        case = {
            "id": year,
            "kind": "due_date",
            "calendar": CALENDAR | {"holidays": [f"{year}-01-01"]},
            "start": f"{year}-01-01",
            "limit": {"n": 1, "unit": "working_days"},
        }
        assert next(iter(answer_lines([json.dumps(case).encode()], cache)))["due"]
    assert 0 < len(cache) < 10
    same = [json.dumps({"id": 1, "kind": "due", "calendar": CALENDAR}).encode()] * 5
    before = len(cache)
    list(answer_lines(same, cache))
    assert len(cache) <= before + 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=400)
@given(st.sampled_from(["due", "due_date", "elapsed", "elapsed_days", "state_at", "rungs_at"]), st.data())
def test_whatever_stands_in_a_case_it_is_answered_or_refused(kind: str, data: st.DataObject) -> None:
    case: dict[str, Any] = {
        "id": "f",
        "kind": kind,
        "calendar": CALENDAR,
        "start": FRI,
        "end": FRI,
        "now": FRI,
        "deadline": FRI,
        "limit": {"n": 1, "unit": "hours"},
        "rungs": [{"n": -1, "unit": "hours"}],
        "pauses": [],
        "convention": {},
    }
    key = data.draw(st.sampled_from([*case, "second_limit", "already_fired", "suspended"]))
    place = data.draw(
        st.sampled_from(["", "tz", "hours", "holidays", "special", "breaks", "n", "unit", "interval"])
    )
    value = data.draw(JSON)
    case[key] = {**case[key], place: value} if place and isinstance(case.get(key), dict) else value
    found = answer(case)
    assert json.dumps(found)
    assert set(found) > {"id"}
