"""The days on which the audit packs of a month or a quarter that has ended are made by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from domain.period import ADMINISTRATIVE, period_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_BACK = 6
"""Months in which the last quarter whose day has come must have ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packs:
    """Hold which packs an office wants, and on which day of a month, 1 to 28, once a period has ended.

    `administrative`: months and quarters run from the 15th to the 14th.
    """

    day: int
    monthly: bool = True
    quarterly: bool = True
    administrative: bool = False


class DuePack(NamedTuple):
    """Hold a period whose pack is due, as `period_of` reads it, and the local day on which it became so."""

    period: str
    on: date


def due_packs(packs: Packs, *, today: date) -> tuple[DuePack, ...]:
    """Return the last month and quarter whose day has come by a local day, as far as they are wanted."""
    months = list(_months(today))
    wanted = []
    if packs.monthly:
        wanted.append([f"{year}-{month:02d}" for year, month in months])
    if packs.quarterly:
        wanted.append([f"{year}-Q{month // 3}" for year, month in months if month % 3 == 0])
    found = (_last(names, packs, today) for names in wanted)
    return tuple(due for due in found if due is not None)


def _months(today: date) -> Iterator[tuple[int, int]]:
    for back in range(_BACK):
        years, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        yield years, month + 1


def _last(names: list[str], packs: Packs, today: date) -> DuePack | None:
    prefix = ADMINISTRATIVE if packs.administrative else ""
    dues = (DuePack(prefix + name, _day_after(prefix + name, packs.day)) for name in names)
    return next((due for due in dues if due.on <= today), None)


def _day_after(name: str, day: int) -> date:
    """Return the first set day after a period has ended."""
    after = (period_of(name).last or date.max) + timedelta(days=1)
    this = after.replace(day=day)
    return this if this >= after else (after.replace(day=28) + timedelta(days=4)).replace(day=day)
