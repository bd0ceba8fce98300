"""What the history of a reform task does not allow: a state of tomorrow, or one without a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.errors import HistoryError

if TYPE_CHECKING:
    from datetime import date

    from domain.reform_plan import ReformTask, TaskState


def check_state(
    task: ReformTask, state: TaskState, on: date, *, reason: str, document: str, today: date
) -> bool:
    """Say whether a state is new to a task; the same one of the same day changes nothing.

    `on` is the local day since which it is so. Every state needs a reason. What was closed (done, not done,
    removed from the plan) is changed, and a task is taken out of the plan, by a document only: the
    denominator of the rate hangs on it. Raises HistoryError.
    """
    if (state, on) == (task.state, task.since):
        return False
    code = task.code
    if on > today:
        raise HistoryError("reform_future", code=code, on=f"{on:%d/%m/%Y}")
    if on.year < task.plan.year:
        raise HistoryError("reform_too_early", code=code, on=f"{on:%d/%m/%Y}", year=task.plan.year)
    if not reason.strip():
        raise HistoryError("reform_no_reason", code=code, state=state)
    if (state == "removed" or not task.is_open) and not document.strip():
        raise HistoryError("reform_no_document", code=code, before=task.state, state=state)
    return True
