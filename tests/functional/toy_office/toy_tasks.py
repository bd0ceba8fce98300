"""Tasks under the real names that only write down that they ran: one line a happening in var/toy.log."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from celery import shared_task

from workers.app import current_settings

if TYPE_CHECKING:
    from collections.abc import Sequence


@shared_task(name="dossiers.act_on_batch")  # type: ignore[untyped-decorator]
def act_on_batch(codes: Sequence[str], seconds: float = 0.0) -> None:
    _note("begin", codes)
    time.sleep(seconds)
    _note("end", codes)


@shared_task(name="sweeps.sweep_dossiers")  # type: ignore[untyped-decorator]
def sweep_dossiers() -> None:
    _note("sweep", ())


@shared_task(name="sweeps.sweep_notices")  # type: ignore[untyped-decorator]
def sweep_notices() -> None:
    _note("notices", ())


@shared_task(name="intake.watch_inbox")  # type: ignore[untyped-decorator]
def watch_inbox() -> None:
    _note("inbox", ())


@shared_task(name="watch.beat_tick")  # type: ignore[untyped-decorator]
def beat_tick() -> None:
    _note("tick", ())


@shared_task(name="watch.anchor_day")  # type: ignore[untyped-decorator]
def anchor_day() -> None:
    _note("anchor", ())


@shared_task(name="watch.verify_record")  # type: ignore[untyped-decorator]
def verify_record() -> None:
    _note("verify", ())


@shared_task(name="watch.prove_notices")  # type: ignore[untyped-decorator]
def prove_notices() -> None:
    _note("prove", ())


@shared_task(name="watch.probe")  # type: ignore[untyped-decorator]
def probe(queue: str) -> None:
    _note("probe", (queue,))


@shared_task(name="watch.warn_ops")  # type: ignore[untyped-decorator]
def warn_ops() -> None:
    _note("warn", ())


@shared_task(name="rules.follow")  # type: ignore[untyped-decorator]
def follow() -> None:
    _note("follow", ())


@shared_task(name="watch.tell_returned")  # type: ignore[untyped-decorator]
def tell_returned() -> None:
    _note("back", ())


@shared_task(name="watch.remind_of_tasks")  # type: ignore[untyped-decorator]
def remind_of_tasks() -> None:
    _note("remind", ())


@shared_task(name="reports.make_due_packs")  # type: ignore[untyped-decorator]
def make_due_packs() -> None:
    _note("packs", ())


@shared_task(name="figures.refresh_facts_by_night")  # type: ignore[untyped-decorator]
def refresh_facts_by_night() -> None:
    _note("facts", ())


@shared_task(name="notices.deliver", bind=True, max_retries=2)  # type: ignore[untyped-decorator]
def deliver(self: object, codes: Sequence[str]) -> None:
    _note("deliver", codes)
    raise self.retry(countdown=0, exc=OSError("the mail server is away"))  # type: ignore[attr-defined]


@shared_task(name="intake.record_event")  # type: ignore[untyped-decorator]
def record_event(code: str) -> None:
    raise ValueError(f"first line\nDETAIL: the name of an applicant {code}")


def _note(word: str, codes: Sequence[str]) -> None:
    line = f"{word} {','.join(codes)} {os.getpid()} {time.time():.2f}\n"
    with (current_settings().var / "toy.log").open("a", encoding="utf-8") as file:
        file.write(line)
