"""The progress score (điểm tiến độ giải quyết) of Decision 766/QĐ-TTg of 23/6/2022: 20 of 100 points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fractions import Fraction

    from domain.on_time_rate import Rate

MOST: Final = 20
"""The points of the group "progress and results"; the five other groups are not of dossiers alone."""
RATE: Final = "rate_766"


def progress(rate: Rate) -> Fraction | None:
    """Return 20 × on time / received, exact; None where nothing was received.

    On time is resolved on time or pending in time; received is that and what is late or overdue. Raises
    ValueError for any rate but that of the decision.
    """
    if rate.name != RATE:
        raise ValueError(f"the progress score is of {RATE}, not of {rate.name}")
    return None if rate.value is None else MOST * rate.value
