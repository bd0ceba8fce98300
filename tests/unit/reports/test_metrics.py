"""What Prometheus is told of an office and its machinery."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from workers.reports.families import text_of
from workers.reports.machinery_metrics import Signs, Surroundings, machinery_metrics, surroundings_metrics
from workers.reports.metrics import office_metrics

NOW = datetime(2019, 6, 3, 1, tzinfo=UTC)
RUN = {"seen": 3, "due": 4, "claimed": 3, "failed": 0, "truncated": True, "seconds": 0.5}


def lines(families: list[Any]) -> set[str]:
    text = text_of(lambda: families)
    helped = {line.split()[2] for line in text.splitlines() if line.startswith("# HELP")}
    assert all(len(line.split(maxsplit=3)) == 4 for line in text.splitlines() if line.startswith("# HELP"))
    found = {line for line in text.splitlines() if not line.startswith("#")}
    assert {line.partition("{")[0].partition(" ")[0] for line in found} <= helped
    return found


def of_office(**changes: Any) -> set[str]:
    told: dict[str, Any] = {
        "office": "a",
        "clocks": {"open": 3, "overdue": 1},
        "notices": [("officer", "reminder", "sent", 2), ("chair", "reminder", "sent", 1)],
        "days_left": {"hanh-chinh": 36},
    }
    return lines(office_metrics(**{**told, **changes}))


def of_machinery(**changes: Any) -> set[str]:
    told: dict[str, Any] = {
        "office": "a",
        "ran": {"beat": NOW - timedelta(seconds=90)},
        "beats": 2,
        "probed": {"sweeps": NOW - timedelta(seconds=7)},
        "round_trips": {"sweeps": 0.25},
        "counts": {"sweep_dossiers": RUN},
        "failing": 1,
        "oldest_undelivered": NOW - timedelta(hours=1),
        "oldest_due": NOW - timedelta(minutes=1),
        "dead_letters": 4,
        "unlike": 2,
    }
    return lines(machinery_metrics(Signs(**{**told, **changes}), now=NOW))


def test_counts_are_told_by_office() -> None:
    assert of_office() == {
        'dunghan_dossiers{office="a",stand="open"} 3.0',
        'dunghan_dossiers{office="a",stand="overdue"} 1.0',
        'dunghan_notices{kind="reminder",office="a",state="sent"} 3.0',
        'dunghan_calendar_days_left{calendar="hanh-chinh",office="a"} 36.0',
    }


def test_signs_of_life_last_runs_and_what_waits_are_told() -> None:
    run = 'name="sweep_dossiers",office="a"'
    assert of_machinery() == {
        'dunghan_heartbeat_age_seconds{name="beat",office="a"} 90.0',
        'dunghan_beats_ticking{office="a"} 2.0',
        'dunghan_probe_age_seconds{office="a",queue="sweeps"} 7.0',
        'dunghan_probe_round_trip_seconds{office="a",queue="sweeps"} 0.25',
        f'dunghan_last_run_rows{{{run},what="seen"}} 3.0',
        f'dunghan_last_run_rows{{{run},what="due"}} 4.0',
        f'dunghan_last_run_rows{{{run},what="claimed"}} 3.0',
        f'dunghan_last_run_rows{{{run},what="failed"}} 0.0',
        f"dunghan_last_run_seconds{{{run}}} 0.5",
        f"dunghan_last_run_truncated{{{run}}} 1.0",
        'dunghan_failing_dossiers{office="a"} 1.0',
        'dunghan_oldest_undelivered_seconds{office="a"} 3600.0',
        'dunghan_oldest_due_seconds{office="a"} 60.0',
        'dunghan_dead_letters{office="a"} 4.0',
        'dunghan_notices_unlike{office="a"} 2.0',
    }


def test_nothing_was_due_and_nothing_ran_look_different() -> None:
    nothing_due = of_machinery(ran={"sweep_dossiers": NOW}, counts={"sweep_dossiers": dict.fromkeys(RUN, 0)})
    nothing_ran = of_machinery(ran={}, counts={}, unlike=None)
    assert 'dunghan_heartbeat_age_seconds{name="sweep_dossiers",office="a"} 0.0' in nothing_due
    assert 'dunghan_last_run_rows{name="sweep_dossiers",office="a",what="due"} 0.0' in nothing_due
    assert not [line for line in nothing_ran if re.search("heartbeat|last_run|unlike", line)]


def test_a_calendar_that_has_run_out_is_told_as_less_than_one_day() -> None:
    told = of_office(days_left={"a": 0, "b": -3, "c": 400}, clocks={"open": 3, "provisional": 2})
    assert {line for line in told if "days_left" in line} == {
        'dunghan_calendar_days_left{calendar="a",office="a"} 0.0',
        'dunghan_calendar_days_left{calendar="b",office="a"} -3.0',
        'dunghan_calendar_days_left{calendar="c",office="a"} 400.0',
    }
    assert 'dunghan_dossiers{office="a",stand="provisional"} 2.0' in told


def test_nothing_that_waits_is_zero() -> None:
    told = of_machinery(oldest_undelivered=None, oldest_due=None)
    assert 'dunghan_oldest_undelivered_seconds{office="a"} 0.0' in told
    assert 'dunghan_oldest_due_seconds{office="a"} 0.0' in told


def test_what_could_not_be_seen_of_the_surroundings_has_no_number() -> None:
    away = Surroundings(database_is_up=False, broker_is_up=False)
    assert lines(surroundings_metrics(away)) == {
        "dunghan_database_up 0.0",
        "dunghan_broker_up 0.0",
        "dunghan_workers_answering 0.0",
    }
    up = {"database_is_up": True, "broker_is_up": True}
    there = Surroundings(**up, workers=2, waiting={"intake": 5}, disk_free=9, clock_ahead=-1.5)
    assert {
        'dunghan_queue_messages{queue="intake"} 5.0',
        "dunghan_disk_free_bytes 9.0",
        "dunghan_database_clock_ahead_seconds -1.5",
    } <= lines(surroundings_metrics(there))
