"""What differs between two configurations, value by value, in the words of the office."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WORDS: Final[Mapping[str, str]] = {
    "limit": "thời hạn",
    "add": "cộng thêm",
    "unit": "đơn vị",
    "name": "tên",
    "field": "lĩnh vực",
    "versions": "phiên bản",
    "cases": "trường hợp",
    "steps": "bước",
    "share": "tỷ lệ của bước",
    "ladder": "thang nhắc",
    "step_ladder": "thang của bước",
    "ladders": "thang",
    "rungs": "mốc",
    "before": "trước hạn",
    "after": "sau hạn",
    "on": "vào",
    "roles": "chức danh",
    "role": "chức danh",
    "people": "người",
    "email": "thư điện tử",
    "phone": "điện thoại",
    "delivery": "giờ nhận thư",
    "channels": "cách báo",
    "days": "ngày",
    "date": "ngày",
    "kind": "loại",
    "source": "văn bản",
    "sources": "văn bản",
    "verified": "đã đối chiếu",
    "hours": "giờ làm việc",
    "weekdays": "thứ Hai đến thứ Sáu",
    "saturday": "thứ Bảy",
    "sunday": "Chủ nhật",
    "calendar": "lịch",
    "calendars": "lịch",
    "units": "đơn vị",
    "communes": "xã",
    "areas": "lĩnh vực cải cách",
    "remote": "vùng xa",
    "legal_basis": "căn cứ",
    "from": "từ ngày",
    "until": "đến ngày",
    "counting": "cách đếm",
    "clock": "dừng thời hạn",
    "targets": "chỉ tiêu",
    "packs": "bộ hồ sơ ISO",
    "at_least": "ít nhất",
    "rate": "tỷ lệ",
    "contacts": "số lần liên hệ",
    "criteria": "tiêu chí",
    "brackets": "khung điểm",
    "points": "điểm",
    "most": "điểm tối đa",
    "components": "thủ tục thành phần",
    "subject": "tiêu đề",
    "template": "mẫu thư",
    "title": "tên gọi",
    "aliases": "tên khác",
    "parent": "đơn vị cấp trên",
    "code": "mã",
    "off": "nghỉ",
    "swap_off": "nghỉ hoán đổi",
    "swap_work": "làm bù",
    "short": "làm một phần ngày",
}
_AMOUNTS: Final[Mapping[str, str]] = {
    "working_days": "ngày làm việc",
    "calendar_days": "ngày",
    "months": "tháng",
    "hours": "giờ làm việc",
    "minutes": "phút làm việc",
    "same_day": "trong ngày",
    "none": "không quy định",
}
_AMOUNT: Final = re.compile(rf"(?:(\d+) )?({'|'.join(_AMOUNTS)})")
_LIMITS: Final = frozenset({"limit", "add", "before", "after"})
_KNOWN_BY: Final = ("code", "date", "from")
_LONGEST: Final = 160


class ValueChange(NamedTuple):
    """Hold one value that differs: its file, where it stands there, the old text and the new one.

    An empty text says that there was, or is, no such value.
    """

    file: str
    what: str
    old: str
    new: str


def changes_of(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[ValueChange, ...]:
    """Return what differs between the texts of two configurations that can be read, file by file.

    A file in which only comments, spaces or the order changed is named with the same value twice.
    """
    files = sorted(file for file in old.keys() | new.keys() if old.get(file) != new.get(file))
    return tuple(change for file in files for change in _of_file(file, old.get(file), new.get(file)))


def _of_file(file: str, old: str | None, new: str | None) -> Iterator[ValueChange]:
    if old is None or new is None:
        yield ValueChange(file, "cả tệp", _title(old), _title(new))
        return
    found = tuple(_differing(file, (), tomllib.loads(old), tomllib.loads(new)))
    yield from found or (ValueChange(file, "chú thích, trình bày", "như cũ", "như cũ"),)


def _title(text: str | None) -> str:
    data = tomllib.loads(text) if text is not None else {}
    return str(data.get("name") or data.get("year") or "có") if text is not None else ""


def _differing(file: str, path: tuple[str, ...], old: Any, new: Any) -> Iterator[ValueChange]:
    old, new = _by_name(old), _by_name(new)
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            if key not in old or key not in new or old[key] != new[key]:
                yield from _differing(file, (*path, str(key)), old.get(key, ""), new.get(key, ""))
    else:
        what = " › ".join(_WORDS.get(part, part) for part in path)
        yield ValueChange(file, what, _text(old, path[-1]), _text(new, path[-1]))


def _by_name(value: Any) -> Any:
    """Return a list of tables as a table of what each is known by, so that their order does not matter."""
    if not isinstance(value, list) or not value or not all(isinstance(entry, dict) for entry in value):
        return value
    name = next((key for key in _KNOWN_BY if all(key in entry for entry in value)), None)
    names = [_text(entry[name], name) if name else str(n + 1) for n, entry in enumerate(value)]
    return dict(zip(names, value, strict=True)) if len(set(names)) == len(names) else value


def _text(value: Any, key: str) -> str:
    if isinstance(value, bool):
        text = "có" if value else "không"
    elif isinstance(value, date):
        text = f"{value:%d/%m/%Y}"
    elif isinstance(value, dict):
        text = ", ".join(f"{_WORDS.get(name, name)} {_text(inner, name)}" for name, inner in value.items())
    elif isinstance(value, list):
        text = ", ".join(_text(entry, key) for entry in value) or "trống"
    elif key in _LIMITS and (found := _AMOUNT.fullmatch(str(value))):
        text = " ".join(part for part in (found[1], _AMOUNTS[found[2]]) if part)
    else:
        text = _WORDS.get(str(value), str(value)) if key == "kind" else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
