"""Ask several things at once, and none of them for ever."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from workers import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def together(questions: Mapping[str, Callable[[], Any]], *, seconds: float) -> dict[str, Any]:
    """Ask all questions at once; return by name each answer, or the exception that came instead of one.

    What has not answered after `seconds` is a TimeoutError. Nobody waits for it any more: its thread ends by
    itself, at the latest with the process.
    """
    answers: dict[str, Any] = {}

    def ask(name: str, question: Callable[[], Any]) -> None:
        try:
            answers[name] = question()
        except BaseException as error:  # noqa: BLE001 - each question fails alone, and is told
            answers[name] = error

    threads = [
        threading.Thread(target=ask, args=(name, question), name=name, daemon=True)
        for name, question in questions.items()
    ]
    for thread in threads:
        thread.start()
    end = clock.monotonic() + seconds
    for thread in threads:
        thread.join(max(0.0, end - clock.monotonic()))
    late = TimeoutError(f"no answer in {seconds:.0f} s")
    return {name: answers.get(name, late) for name in questions}
