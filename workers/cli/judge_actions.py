"""Corrective actions of overdue dossiers: those whose day has passed, or that did not help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers.cli.findings import Finding
from workers.cli.screen import number

if TYPE_CHECKING:
    from collections.abc import Iterator


def judge_actions(late: int) -> Iterator[Finding]:
    """Yield a finding where corrective actions are past their day: in time, not now."""
    if late:
        yield Finding(
            check="corrective_actions",
            level="warning",
            text=f"{number(late)} hành động khắc phục quá hạn hoặc chưa có hiệu lực: dunghan audit actions",
        )
