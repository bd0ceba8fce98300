"""The application: which limits must hold between its settings, which task goes where, what beat starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from config.errors import ConfigError
from config.settings import Settings
from workers.app import TIMINGS, celery_settings, make_app
from workers.queues import HANDED_OUT, PRIORITIES, PRIORITY_STEPS, QUEUES, TASK_QUEUES, routes
from workers.runtime.addresses import broker_file, known_broker_url, write_private
from workers.schedule import PROBE, TICKS, beat_schedule, patience

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.load({"DUNGHAN_SWEEP_SECONDS": "20"}, home=tmp_path)


@pytest.mark.parametrize("env", sorted(TIMINGS))
def test_a_message_comes_back_only_after_its_task_must_have_ended(env: str) -> None:
    timing = TIMINGS[env]
    assert timing.soft < timing.hard < timing.visibility


def test_redis_is_told_the_same_visibility_twice(settings: Settings) -> None:
    conf = celery_settings(settings, "redis://127.0.0.1/0")
    assert conf["visibility_timeout"] == conf["broker_transport_options"]["visibility_timeout"]


def test_what_a_sweep_hands_out_lives_no_longer_than_its_lease(settings: Settings, tmp_path: Path) -> None:
    app = make_app(settings, broker_url=f"memory://{tmp_path.name}")
    app.loader.import_default_modules()
    lives = {name: app.tasks[name].expires for name in TASK_QUEUES}
    lease = float(settings.lease_seconds)
    assert {name for name, expires in lives.items() if expires == lease} == set(HANDED_OUT)
    assert {expires for name, expires in lives.items() if name not in HANDED_OUT} == {None}


def test_the_application_takes_json_only_and_keeps_no_results(settings: Settings) -> None:
    conf = make_app(settings, broker_url="memory://", include=()).conf
    assert conf.accept_content == ["json"]
    assert conf.result_backend is None
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost


def test_every_task_has_its_queue_and_a_priority_that_redis_keeps_apart() -> None:
    assert set(TASK_QUEUES.values()) == set(QUEUES)
    assert {route["queue"] for route in routes().values()} == set(QUEUES)
    assert set(PRIORITIES.values()) <= set(PRIORITY_STEPS)


def test_sweeps_come_first_and_imports_last() -> None:
    assert sorted(PRIORITIES, key=lambda queue: PRIORITIES[queue]) == [
        "sweeps",
        "dossiers",
        "notices",
        "intake",
    ]


def test_a_message_published_to_one_key_reaches_one_queue(settings: Settings) -> None:
    queues = make_app(settings, broker_url="memory://", include=()).conf.task_queues
    assert [(queue.name, queue.routing_key) for queue in queues] == [(name, name) for name in QUEUES]


def test_beat_starts_every_tick_each_sweep_and_drops_what_nobody_took(settings: Settings) -> None:
    schedule = beat_schedule(settings)
    assert tuple(schedule)[: len(TICKS)] == TICKS
    assert all(entry["schedule"] == 20.0 for entry in schedule.values())
    assert all(options(entry)["expires"] == 20.0 for entry in schedule.values())


def test_beat_sends_a_probe_to_each_queue_with_the_priority_of_its_work(settings: Settings) -> None:
    probes = [entry for entry in beat_schedule(settings).values() if entry["task"] == PROBE]
    assert [entry["args"] for entry in probes] == [(queue,) for queue in QUEUES]
    assert {options(entry)["queue"]: options(entry)["priority"] for entry in probes} == PRIORITIES


def test_a_tick_of_a_fast_office_outlives_a_busy_moment_and_probes_cost_less_than_ticks(
    tmp_path: Path,
) -> None:
    fast = Settings.load({"DUNGHAN_SWEEP_SECONDS": "1"}, home=tmp_path)
    schedule = beat_schedule(fast).values()
    assert all(options(entry)["expires"] == 15.0 for entry in schedule)
    assert {entry["schedule"] for entry in schedule if entry["task"] == PROBE} == {5.0}


def options(entry: dict[str, object]) -> dict[str, object]:
    found = entry["options"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("sweep", "ticks", "probes"), [(1, 15, 15), (5, 15, 15), (60, 180, 180)])
def test_three_periods_may_pass_in_silence(tmp_path: Path, sweep: int, ticks: int, probes: int) -> None:
    found = patience(Settings.load({"DUNGHAN_SWEEP_SECONDS": str(sweep)}, home=tmp_path))
    assert (found.ticks.total_seconds(), found.probes.total_seconds()) == (ticks, probes)


def test_beat_runs_in_utc(settings: Settings) -> None:
    conf = celery_settings(settings, "redis://127.0.0.1/0")
    assert (conf["timezone"], conf["enable_utc"]) == ("UTC", True)


def test_without_a_broker_the_message_says_what_to_start(settings: Settings) -> None:
    with pytest.raises(ConfigError, match="dunghan up"):
        make_app(settings)


def test_the_address_of_a_running_office_is_private_and_found(settings: Settings) -> None:
    assert known_broker_url(settings) is None
    write_private(broker_file(settings), "redis+socket:///tmp/x\n")
    assert broker_file(settings).stat().st_mode & 0o077 == 0
    assert known_broker_url(settings) == "redis+socket:///tmp/x"
