"""The lists of the demonstration, as a one-stop software exports them: with dirt, and a second one later."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from config.sla import Sla
    from workers.demo.stories import Story

HEADS: Final = (
    "Mã hồ sơ",
    "Mã thủ tục",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Ngày có kết quả",
    "Đơn vị xử lý",
    "Cán bộ thụ lý",
    "Hình thức tiếp nhận",
    "Trạng thái",
)
_CHANNELS: Final = ("Trực tiếp", "Trực tuyến", "Bưu chính công ích")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Pair a story with the code it bears in the list."""

    code: str
    story: Story


def numbered(stories: Iterable[Story], sla: Sla) -> list[Listed]:
    """Give each story its code: agency, day of receipt, number of the day (TT 01/2018 art. 19)."""
    counts: dict[str, int] = {}
    listed = []
    for story in sorted(stories, key=lambda story: story.accepted):
        day = f"{story.accepted.astimezone(sla.zone):%y%m%d}"
        counts[day] = counts.get(day, 0) + 1
        listed.append(Listed(code=f"{sla.agency}-{day}-{counts[day]:04d}", story=story))
    return listed


def row_of(entry: Listed, sla: Sla) -> list[str]:
    """Return the row of one dossier, in the order of HEADS."""
    story, unit = entry.story, sla.lines.units[entry.story.procedure.unit]
    return [
        entry.code,
        story.procedure.code,
        f"{story.accepted.astimezone(sla.zone):%d/%m/%Y %H:%M}",
        f"{story.due_on:%d/%m/%Y}",
        f"{story.finished.astimezone(sla.zone):%d/%m/%Y %H:%M}" if story.finished else "",
        unit.name,
        story.officer,
        _CHANNELS[sum(entry.code.encode()) % len(_CHANNELS)],
        story.status_words,
    ]


def dirt(rows: Sequence[list[str]]) -> list[list[str]]:
    """Return rows that must not go in: they are made of good ones, and each has one thing wrong."""

    def spoilt(row: list[str], code: str, **cells: str) -> list[str]:
        named = dict(zip(HEADS, row, strict=True)) | {"Mã hồ sơ": code} | cells
        return [named[head] for head in HEADS]

    first, second, third = rows[0], rows[1], rows[2]
    day_before = "01/01/2020 08:00"
    return [
        spoilt(first, "X-0001", **{"Mã thủ tục": "9.999999"}),  # unknown procedure
        spoilt(second, "X-0002", **{"Ngày có kết quả": day_before}),  # finished before it was received
        spoilt(third, "X-0003", **{"Đơn vị xử lý": ""}),  # no unit
        spoilt(first, first[0], **{"Hình thức tiếp nhận": "Trực tuyến"}),  # a code that stood there already
        spoilt(second, "X-0004", **{"Ngày tiếp nhận": "31/02/2026"}),  # a day that does not exist
        spoilt(third, "X-0005", **{"Ngày tiếp nhận": "01/01/2199 08:00"}),  # a day that has not come
    ]


def write_list(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write a list as the spreadsheet programs of the offices do: UTF-8 with BOM, semicolons."""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADS)
        writer.writerows(rows)
    part.replace(path)


def finished_now(entry: Listed, moment: datetime) -> Listed:
    """Return the same dossier as a later list shows it: with a result, ready at `moment`."""
    return replace(entry, story=replace(entry.story, status="finished", finished=moment))
