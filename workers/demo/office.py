"""The throw-away office of the demonstration: the sample office, in which mail goes out at any hour."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Final

import tomlkit

from config.settings import Settings
from workers.runtime.errors import LaunchError
from workers.runtime.layout import lay_out

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NOTE: Final = (
    "# Bản trình diễn: mọi người nhận thư ngay, bất kể giờ giấc; "
    "riêng lãnh đạo huyện vẫn nhận vào sáng hôm sau.\n"
)
_PACE: Final = {"DUNGHAN_SWEEP_SECONDS": "2", "DUNGHAN_LEASE_SECONDS": "20"}


def lay_out_demo(folder: Path, environ: Mapping[str, str]) -> Settings:
    """Lay the office out in a new or empty folder and return its settings; raises LaunchError for another.

    Of the environment only the mail server is taken over, if one is set: nothing of a real office's database
    or broker is touched.
    """
    if not lay_out(folder):
        raise LaunchError(f"{folder} là một cơ quan có thật; bản trình diễn cần một thư mục mới hoặc trống.")
    people = folder / "sla" / "people.toml"
    people.write_text(_NOTE + at_any_hour(people.read_text(encoding="utf-8")), encoding="utf-8")
    mail = {name: environ[name] for name in ("DUNGHAN_SMTP_URL", "DUNGHAN_MAIL_FROM") if environ.get(name)}
    return Settings.load({**_PACE, **mail}, home=folder)


def at_any_hour(text: str) -> str:
    """Return people.toml with everybody told at once who is not told in the morning; comments stay."""
    document = tomlkit.parse(text)
    for person in document["people"]:
        if "delivery" not in person:
            person["delivery"] = "at_once"
    changed = tomlkit.dumps(document)
    tomllib.loads(changed)
    return changed
