"""Beat: says who it is and when, starts at once, and fills no queue that nobody reads."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from config.settings import Settings
from workers.app import make_app
from workers.beat import LONGEST, Beat
from workers.queues import QUEUES, SWEEPS
from workers.schedule import PROBE, TICKS
from workers.tick import HEADER, tick_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from celery import Celery


@pytest.fixture
def app(tmp_path: Path) -> Celery:
    settings = Settings.load({"DUNGHAN_SWEEP_SECONDS": "20"}, home=tmp_path)
    settings.run_folder.mkdir(parents=True)
    return make_app(settings, broker_url=f"memory://{tmp_path.name}", include=())


@pytest.fixture
def beat(app: Celery) -> Iterator[Beat]:
    made = Beat(app=app, schedule_filename=app.conf.beat_schedule_filename)
    yield made
    made.close()


def sent_by(beat: Beat, app: Celery) -> list[Any]:
    """Let beat send everything that is due, and take the messages out of their queues."""
    while beat.tick() == 0:
        pass
    return taken(app)


def taken(app: Celery) -> list[Any]:
    with app.connection_for_read() as connection:
        found = []
        for queue in QUEUES:
            while (message := connection.default_channel.basic_get(queue)) is not None:
                found.append((queue, message))
        return found


def test_a_beat_that_starts_sends_every_tick_at_once_and_a_probe_to_each_queue(
    beat: Beat, app: Celery
) -> None:
    sent = [(queue, message.headers["task"]) for queue, message in sent_by(beat, app)]
    assert {task for _, task in sent} == {*TICKS, PROBE}
    assert sorted(queue for queue, task in sent if task == PROBE) == sorted(QUEUES)
    assert len(sent) == len(TICKS) + len(QUEUES)
    assert sent_by(beat, app) == [], "nothing more before the period is over"


def test_a_clock_that_goes_back_a_day_costs_one_period_and_not_the_day(beat: Beat, app: Celery) -> None:
    sent_by(beat, app)
    for entry in beat.schedule.values():
        entry.last_run_at += timedelta(days=1)
    assert 0 < beat.tick() <= 20
    assert sent_by(beat, app) == [], "they have just run"


def test_a_clock_that_goes_back_in_the_middle_of_a_tick_is_noticed_soon(beat: Beat, app: Celery) -> None:
    sent_by(beat, app)
    # As such a tick sees them. That they ran "later" is seen by the next one, however long this would sleep.
    for entry in beat.schedule.values():
        entry.schedule.run_every = timedelta(days=1)
    assert 0 < beat.tick() <= LONGEST


def test_every_message_says_which_beat_sent_it_and_the_moment_it_stands_for(beat: Beat, app: Celery) -> None:
    ticks = [tick_of(message.headers) for _, message in sent_by(beat, app)]
    assert {tick.beat for tick in ticks if tick} == {f"{socket.gethostname()}:{os.getpid()}"}
    assert all(tick and tick.since <= tick.at for tick in ticks)
    assert len({tick.since for tick in ticks if tick}) == 1


def test_a_message_of_somebody_else_has_no_tick() -> None:
    assert tick_of({}) is None
    assert tick_of({HEADER: None}) is None


def test_a_queue_that_nobody_reads_is_not_filled(beat: Beat, app: Celery) -> None:
    beat.full = 3
    entry = beat.schedule[f"{PROBE} {SWEEPS}"]
    for _ in range(9):
        beat.apply_entry(entry, producer=beat.producer)
    assert len(taken(app)) == 3
    beat.apply_entry(entry, producer=beat.producer)
    assert len(taken(app)) == 1, "once it is read, it goes on"
