"""The throw-away office of the demonstration: the sample office, in which mail goes out at any hour."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import tomlkit

from config.settings import Settings
from workers.runtime.errors import LaunchError
from workers.runtime.layout import lay_out

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

_NOTE: Final = (
    "# Bản trình diễn: mọi người nhận thư ngay, bất kể giờ giấc; "
    "riêng lãnh đạo huyện vẫn nhận vào giờ đầu của buổi làm việc sau.\n"
)
_LEADERS: Final = "lanh-dao"
_PACE: Final = {"DUNGHAN_SWEEP_SECONDS": "2", "DUNGHAN_LEASE_SECONDS": "20"}


def lay_out_demo(folder: Path, environ: Mapping[str, str], *, now: datetime) -> Settings:
    """Lay the office out in a new or empty folder and return its settings; raises LaunchError for another.

    Of the environment only the mail server is taken over, if one is set: nothing of a real office's database
    or broker is touched. `now` is aware: whatever it is, something must wait that can vanish.
    """
    if not lay_out(folder):
        raise LaunchError(f"{folder} là một cơ quan có thật; bản trình diễn cần một thư mục mới hoặc trống.")
    people = folder / "sla" / "people.toml"
    people.write_text(_NOTE + at_any_hour(people.read_text(encoding="utf-8")), encoding="utf-8")
    office = folder / "sla" / "office.toml"
    office.write_text(with_leaders_away(office.read_text(encoding="utf-8"), now=now), encoding="utf-8")
    mail = {name: environ[name] for name in ("DUNGHAN_SMTP_URL", "DUNGHAN_MAIL_FROM") if environ.get(name)}
    return Settings.load({**_PACE, **mail}, home=folder)


def at_any_hour(text: str) -> str:
    """Return people.toml with everybody told at once who is not told in the morning; comments stay."""
    document = tomlkit.parse(text)
    for person in document["people"]:
        if "delivery" not in person:
            person["delivery"] = "at_once"
    return _sound(document)


def with_leaders_away(text: str, *, now: datetime) -> str:
    """Return office.toml in which the leaders work in the other half of the day than now; comments stay.

    Told in the morning only, they would otherwise be told at once in a demonstration of that hour.
    """
    document = tomlkit.parse(text)
    before_noon = now.astimezone(ZoneInfo(document["zone"])).hour < 12  # noqa: PLR2004 - noon
    hours = ["13:00-17:00"] if before_noon else ["07:00-11:00"]
    known = document["calendar"]
    document["calendars"][_LEADERS] = {
        "name": "Giờ của lãnh đạo (bản trình diễn)",
        "days_from": known,
        "hours": [{"weekdays": hours}],
    }
    document["units"][_LEADERS]["calendar"] = _LEADERS
    return _sound(document)


def _sound(document: tomlkit.TOMLDocument) -> str:
    changed = tomlkit.dumps(document)
    tomllib.loads(changed)
    return changed
