"""What Prometheus is told of an office."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from workers.reports.metrics import metrics_text

NOW = datetime(2019, 6, 3, 1, tzinfo=UTC)


def lines(**changes: object) -> set[str]:
    told: dict[str, object] = {
        "office": "a",
        "clocks": {"open": 3, "overdue": 1},
        "notices": [("officer", "reminder", "sent", 2), ("chair", "reminder", "sent", 1)],
        "heartbeats": {"beat": NOW - timedelta(seconds=90)},
        "oldest_undelivered": NOW - timedelta(hours=1),
        "dead_letters": 4,
        "days_left": {"hanh-chinh": 36},
        "now": NOW,
    }
    text = metrics_text(**{**told, **changes})  # type: ignore[arg-type]
    return {line for line in text.splitlines() if not line.startswith("#")}


def test_counts_and_ages_are_told_by_office() -> None:
    assert lines() == {
        'dunghan_dossiers{office="a",stand="open"} 3.0',
        'dunghan_dossiers{office="a",stand="overdue"} 1.0',
        'dunghan_notices{kind="reminder",office="a",state="sent"} 3.0',
        'dunghan_heartbeat_age_seconds{name="beat",office="a"} 90.0',
        'dunghan_oldest_undelivered_seconds{office="a"} 3600.0',
        'dunghan_dead_letters{office="a"} 4.0',
        'dunghan_calendar_days_left{calendar="hanh-chinh",office="a"} 36.0',
    }


def test_a_thing_that_never_gave_a_sign_of_life_has_no_age_that_looks_young() -> None:
    assert not [line for line in lines(heartbeats={}) if "heartbeat" in line]


def test_a_calendar_that_has_run_out_is_told_as_less_than_one_day() -> None:
    told = lines(days_left={"a": 0, "b": -3, "c": 400}, clocks={"open": 3, "provisional": 2})
    assert {line for line in told if "days_left" in line} == {
        'dunghan_calendar_days_left{calendar="a",office="a"} 0.0',
        'dunghan_calendar_days_left{calendar="b",office="a"} -3.0',
        'dunghan_calendar_days_left{calendar="c",office="a"} 400.0',
    }
    assert 'dunghan_dossiers{office="a",stand="provisional"} 2.0' in told


def test_nothing_undelivered_is_zero() -> None:
    assert 'dunghan_oldest_undelivered_seconds{office="a"} 0.0' in lines(oldest_undelivered=None)
