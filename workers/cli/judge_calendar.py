"""Calendars that run out: a warning in time, a trouble when it is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers.cli.findings import Finding
from workers.cli.screen import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.expiry import Ending


def judge_calendars(endings: Iterable[Ending], provisional: int) -> list[Finding]:
    """Return a finding for each calendar; `provisional` counts the open dossiers due beyond the known days.

    The days off of 2026 were complete on 25 December 2025; until they are published nobody can record them.
    What is a trouble from November on would teach people to look away from it, so that the end of a calendar
    is one only when fewer than 14 days are left. Provisional dossiers do not make it one: a limit of two
    months has them before the first warning. Their dates lie beyond the end, so that none is due within 14
    days before this is a trouble anyway; how many there are stands in the sentence.
    """
    return [_judged(ending, provisional) for ending in endings]


def _judged(ending: Ending, provisional: int) -> Finding:
    check, until = f"calendar:{ending.calendar}", f"{ending.until:%d/%m/%Y}"
    if not ending.is_near:
        text = f"Lịch nghỉ {ending.calendar}: biết đến {until}, còn {number(ending.days_left)} ngày."
        return Finding(check=check, level="ok", text=text)
    left = ending.days_left
    how = f"sắp hết, còn {left} ngày (đến {until})" if left > 0 else f"đã hết ngày {until}"
    tail = (
        f"{number(provisional)} hồ sơ đang mở có hạn tạm tính"
        if provisional
        else "chưa hồ sơ nào hạn tạm tính"
    )
    return Finding(
        check=check,
        level="trouble" if ending.is_urgent else "warning",
        text=f"Lịch nghỉ {ending.calendar} {how}; {tail}.",
        advice=f"Hãy ghi sla/calendar/{ending.next_year}.toml.",
    )
