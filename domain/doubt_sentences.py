"""The sentences of doubts: what a list says that may be meant, and is more likely a slip of the pen."""

from __future__ import annotations

from typing import Final

DOUBTS: Final[dict[str, tuple[str, str]]] = {
    "officer_unknown": (
        "people.toml không có người thụ lý “{found}” ({rows} dòng): báo cho cả đơn vị",
        "people.toml has no officer {found!r} ({rows} rows): all of the unit are told",
    ),
    "officer_unknown_near": (
        "people.toml không có người thụ lý “{found}”, có phải “{near}”? ({rows} dòng): báo cho cả đơn vị",
        "people.toml has no officer {found!r}, is it {near!r}? ({rows} rows): all of the unit are told",
    ),
    "officer_elsewhere": (
        "người thụ lý “{found}” thuộc đơn vị “{home}”, danh sách ghi đơn vị “{unit}” ({rows} dòng)",
        "the officer {found!r} belongs to the unit {home!r}, the list says {unit!r} ({rows} rows)",
    ),
}
