"""Whatever a message says, its task refuses it with a sentence that is kept: nothing crashes or is lost."""

from __future__ import annotations

import json
from datetime import datetime
from inspect import signature
from typing import TYPE_CHECKING, Any, Final

import pytest

from config.settings import Settings
from tests.builders import OFFICE, OfficeAtWork, message
from workers.app import after_fork, before_exit, make_app
from workers.queues import TASK_QUEUES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from celery import Celery

    from workers.store.journal import DeadLetter
    from workers.store.unit_of_work import Store

GOOD: Final[dict[str, list[Any]]] = {
    "dossiers.act_on_batch": [OFFICE, ["HS-1"], "2019-06-13T00:02:00+00:00"],
    "notices.deliver": [OFFICE, [1]],
    "notices.acknowledge": [{"code": "HS-1", "by": "land.1"}, OFFICE],
    "intake.record_event": [message("accepted", at="03/06/2019 08:00", procedure="1.001"), OFFICE],
    "watch.probe": ["sweeps"],
    "reports.make_pack": [OFFICE, "2019-Q2", "2019-06-13T00:02:00+00:00"],
    "figures.refresh_facts": [OFFICE],
}
LONG: Final = "x" * 100_000
ODD: Final[tuple[Any, ...]] = (
    *(7, -1, 10**30, 1.5, True, False, LONG, "a\x00b", "\ud800"),
    *([7], [None], [[]], {"a": 1}, {"\x00": 1}),
)
NO_LIST: Final[tuple[Any, ...]] = (
    None,
    "",
    {},
    ["a\x00b"],
    ["\ud800"],
    [LONG],
    [10**30],
    [True],
    [1.5],
    ["HS-1", 7],
)


PLACES: Final = [(task, place) for task, good in GOOD.items() for place in range(len(good))]


def odd_ones(task: str, place: int) -> list[Any]:
    """Return what an argument of a task cannot be."""
    if isinstance(GOOD[task][place], str):
        return [*ODD, [], {}, "nobody"]
    return [odd for odd in (*ODD, *NO_LIST) if (task, odd) != ("notices.deliver", [7])]


@pytest.fixture
def app(store: Store, tmp_path: Path) -> Iterator[Celery]:
    """The application of an office on each kind of database, its tasks at hand."""
    OfficeAtWork(store, tmp_path).configure()
    settings = Settings.load({"DUNGHAN_DATABASE_URL": store.url}, home=tmp_path)
    app = make_app(settings, broker_url="memory://")
    app.loader.import_default_modules()
    for hook in after_fork:
        hook(settings)
    yield app
    for end in before_exit:
        end()
    app.close()


def letters(store: Store) -> list[DeadLetter]:
    with store.read(OFFICE) as work:
        return work.journal.dead_letters()


def test_every_task_that_takes_arguments_is_tried(app: Celery) -> None:
    assert set(TASK_QUEUES) <= set(app.tasks)
    takes = {name for name in TASK_QUEUES if signature(app.tasks[name].run).parameters}
    assert takes == set(GOOD)


@pytest.mark.parametrize(("task", "place"), PLACES)
def test_what_cannot_be_is_refused_and_kept(app: Celery, store: Store, task: str, place: int) -> None:
    odd = odd_ones(task, place)
    for one in odd:
        app.tasks[task](*(one if n == place else good for n, good in enumerate(GOOD[task])))
        newest = letters(store)[0]
        assert newest.message
        assert "Traceback" not in newest.message
        assert len(newest.payload) <= 20_000
    assert len(letters(store)) == len(odd)


def test_too_many_too_few_and_unknown_names_are_refused_and_kept(app: Celery, store: Store) -> None:
    for task in TASK_QUEUES:
        app.tasks[task](1, 2, 3, 4)
        app.tasks[task](**{"\x00odd": 1})
    for task in GOOD:
        app.tasks[task]()
    found = letters(store)
    assert {json.loads(letter.payload)["task"] for letter in found} == set(TASK_QUEUES)
    assert all(letter.message for letter in found)
    assert len(found) == 2 * len(TASK_QUEUES) + len(GOOD)


def test_who_queues_a_task_wrongly_is_told_at_once(app: Celery) -> None:
    with pytest.raises(TypeError):
        app.tasks["notices.deliver"].delay(OFFICE)


@pytest.mark.parametrize("task", sorted(set(GOOD) - {"notices.acknowledge"}))
def test_what_can_be_is_taken(app: Celery, store: Store, task: str) -> None:
    app.tasks[task](*GOOD[task])
    assert letters(store) == []


def test_a_token_is_not_kept_even_among_arguments_that_cannot_be(app: Celery, store: Store) -> None:
    app.tasks["notices.acknowledge"]({"token": "42-geheim"}, OFFICE, "one too many")
    (kept,) = letters(store)
    assert "geheim" not in kept.payload + kept.message


def test_a_pack_of_now_is_one_of_a_moment_that_is_named(app: Celery, tmp_path: Path) -> None:
    app.tasks["reports.make_pack"](OFFICE, "2019-Q2")
    assert not list(tmp_path.glob("**/iso-*"))
    with app.connection_for_read() as connection:
        (office, period, as_of), *_ = connection.default_channel.basic_get("intake").decode()
        assert connection.default_channel.basic_get("intake") is None
    assert (office, period) == (OFFICE, "2019-Q2")
    # However often this comes back, it is the same pack.
    assert datetime.fromisoformat(as_of).tzinfo is not None
