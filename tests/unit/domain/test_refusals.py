"""The very sentences with which an event is refused, in Vietnamese and in English, in the office's zone."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import HistoryError
from domain.event import Event
from domain.history import apply, replay
from domain.procedure import ClockPolicy
from tests.cases import ACCEPTANCE, ZONE, Case, at, terms

if TYPE_CHECKING:
    from domain.event import EventKind

ROWS: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("refusals.toml").read_text(encoding="utf-8")
)["refusal"]
NOW = "28 9:00"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_an_event_is_refused_in_one_sentence_of_both_languages(row: dict[str, Any]) -> None:
    case = Case(terms(clock=ClockPolicy(financial_obligation="pause")))
    *before, last = [dict(event) for event in row["events"]]
    last.setdefault("now", NOW)
    for event in before:
        case.take(event.pop("kind"), event.pop("at"), **event)
    with pytest.raises(HistoryError) as caught:
        case.take(last.pop("kind"), last.pop("at"), **last)
    assert caught.value.message == row["key"]
    assert (caught.value.said(ZONE), caught.value.said(ZONE, "en")) == (row["vi"], row["en"])


def test_a_dossier_without_a_limit_is_not_appointed_anew() -> None:
    with pytest.raises(HistoryError) as caught:
        Case(terms("none")).take("reappointed", "4 9:00", appointed_on="2019-06-20")
    assert caught.value.said(ZONE) == "hồ sơ HS-1 không có thời hạn nên không có ngày để hẹn lại"
    assert caught.value.said(ZONE, "en") == "HS-1 has no time limit, so there is no date to appoint anew"


def test_a_history_begins_with_the_acceptance() -> None:
    with pytest.raises(HistoryError) as caught:
        apply(None, Event(kind="suspended", occurred_at=at("4 9:00")))
    assert caught.value.said(ZONE) == "sự kiện tạm dừng đến trước khi hồ sơ được tiếp nhận"
    assert caught.value.said(ZONE, "en") == "suspended comes before the dossier was accepted"
    with pytest.raises(HistoryError) as caught:
        replay([], code="HS-1")
    assert caught.value.said(ZONE) == "hồ sơ HS-1 không có sự kiện nào"
    assert caught.value.said(ZONE, "en") == "dossier HS-1 has no events"


def test_a_moment_without_a_zone_is_told_by_its_event() -> None:
    with pytest.raises(HistoryError) as caught:
        apply(None, Event(kind="accepted", occurred_at=at("4 9:00").replace(tzinfo=None), data=ACCEPTANCE))
    assert caught.value.said(ZONE) == "sự kiện tiếp nhận không có múi giờ"
    assert caught.value.said(ZONE, "en") == "the event accepted has a moment without a time zone"


@pytest.mark.parametrize(("day", "kind"), [("4 9:00", "suspended"), ("17 23:59", "supplement_requested")])
def test_stopping_twice_says_since_when_also_where_time_goes_on(day: str, kind: EventKind) -> None:
    # A stop that stops nothing has no moment of its own: the last thing known of the dossier stands for it.
    case = Case(terms(clock=ClockPolicy(supplement="none", suspended="none")))
    case.take(kind, day)
    with pytest.raises(HistoryError) as caught:
        case.take("suspended", "20 9:00")
    assert caught.value.message == "stands_still"
    assert caught.value.found["at"] == at(day)
