"""Flower as ops see it: behind a password, read-only, showing tasks by names that say what happens."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import config
from tests.functional.toy_office.harness import ToyOffice, clean_environment, toy_office
from workers.runtime.processes import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = ("/", "/tasks", "/workers", "/broker", "/api/tasks", "/api/workers", "/api/queues/length", "/metrics")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToyOffice]:
    with toy_office(tmp_path_factory.mktemp("office")) as office:
        yield office


def task_named(office: ToyOffice, name: str) -> list[dict[str, object]]:
    status, text = office.fetch(f"/api/tasks?taskname={name}")
    assert status == 200
    return list(json.loads(text).values())


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_with_the_password_and_not_without(office: ToyOffice, path: str) -> None:
    assert office.fetch(path, log_in=False)[0] == 401
    assert office.fetch(path)[0] == 200


def test_the_sweep_is_found_by_its_name(office: ToyOffice) -> None:
    assert wait_until(lambda: bool(task_named(office, "sweeps.sweep_dossiers")), 15)


def test_a_batch_shows_the_codes_of_its_dossiers(office: ToyOffice) -> None:
    office.send("dossiers.act_on_batch", ["HS-2019-000123"])
    name = "dossiers.act_on_batch"
    assert wait_until(lambda: any(task["state"] == "SUCCESS" for task in task_named(office, name)), 15)
    (task,) = task_named(office, name)
    assert "HS-2019-000123" in str(task["args"])
    assert office.fetch(f"/task/{task['uuid']}")[0] == 200


def test_the_queues_are_the_four_of_the_project(office: ToyOffice) -> None:
    queues = json.loads(office.fetch("/api/queues/length")[1])["active_queues"]
    assert {queue["name"] for queue in queues} == {"sweeps", "dossiers", "notices", "intake"}


def test_nobody_can_act_through_it_even_with_the_password(office: ToyOffice) -> None:
    assert office.fetch("/api/worker/shutdown/worker@here", method="POST")[0] == 403
    assert office.fetch("/api/task/send-task/sweeps.sweep_dossiers", method="POST")[0] == 403


def test_it_does_not_start_without_an_account(tmp_path: Path) -> None:
    conf = Path(config.__file__).with_name("flowerconfig.py")
    command = [sys.executable, "-m", "celery", "-A", "workers.app", "flower", f"--conf={conf}", "--port=0"]
    environment = clean_environment(DUNGHAN_HOME=str(tmp_path), DUNGHAN_BROKER_URL="redis://127.0.0.1:1/0")
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)
    assert answer.returncode != 0
    assert "FLOWER_BASIC_AUTH" in answer.stderr
