"""The office of a published log: its rules and words as configuration, its list as it was exported."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from tests.shared_data import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

BOSTON = ZoneInfo("America/New_York")
EXPORTED = datetime(2016, 1, 1, tzinfo=UTC)
AGAIN = datetime(2016, 1, 13, tzinfo=BOSTON)

# The city's clock: Monday to Friday 08:30-17:00; a request outside it counts from the next 08:30; due n
# working days later at the same time of day.
OFFICE = """
code = "boston"
name = "City of Boston"
agency = "boston"
zone = "America/New_York"
calendar = "city"

[calendars.city]
name = "City clock"
[[calendars.city.hours]]
weekdays = ["08:30-17:00"]

[units.city]
name = "City Hall"
{units}
[[roles]]
code = "officer"
title = "Officer"

[counting]
time_of_day = "kept"
start_outside_hours = "next_open"
"""
PEOPLE = 'people = [{ code = "a", role = "officer", unit = "city", email = "a@example.invalid" }]\n'
LADDERS = """
[ladders.default]
name = "None but the last"
[[ladders.default.rungs]]
code = "t+5"
after = "5 working_days"
kind = "escalation"
roles = ["officer"]
level = 1
template = "escalation"
"""
MAPPING = """
name = "311"
date_order = "ymd"
unit_required = true
[columns]
code = ["request_id"]
procedure = ["type"]
unit = ["subject"]
channel = ["channel"]
accepted_at = ["received_at"]
promised_at = ["due_at"]
finished_at = ["finished_at"]
[channels]
{channels}
"""


# The seven ways of the city, as the three of ours.
CHANNELS: Final = {
    "direct": ("Constituent Call", "Employee Generated", "City Worker App", "Maximo Integration"),
    "online": ("Citizens Connect App", "Self Service", "Twitter"),
}


def text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def procedure(name: str, number: int, limit: str) -> str:
    version = (
        f'[[versions]]\nfrom = 2010-01-01\nlimit = {text(limit)}\nlegal_basis = "311"\nverified = "yes"\n'
    )
    return (
        f'code = "{number:03d}.{slug(name)}"\nname = {text(name)}\nfield = "311"\nunit = "city"\n\n{version}'
    )


def configuration(requests: list[dict[str, str]]) -> dict[str, str]:
    days = {
        row["type"]: row["business_days"]
        for row in rows("real/expected_boston311_H1_deadline_rule_by_type.csv")
    }
    types = sorted({row["type"] for row in requests})
    subjects = sorted({row["subject"] for row in requests})
    units = "".join(f'[units.{slug(name)}]\nname = {text(name)}\nparent = "city"\n' for name in subjects)
    files = {
        "office.toml": OFFICE.format(units=units),
        "people.toml": PEOPLE,
        "ladders.toml": LADDERS,
        "intake/311.toml": MAPPING.format(channels=words_of(CHANNELS)),
    }
    for number, name in enumerate(types):
        limit = f"{days[name]} working_days" if name in days else "none"
        files[f"procedures/{number:03d}.toml"] = procedure(name, number, limit)
    return files | calendar_files("real/calendar_boston_2014_2019.csv", range(2014, 2020))


def calendar_files(name: str, years: Iterable[int]) -> dict[str, str]:
    """Return the days off of a shared CSV file as an office would list them."""
    files, known = {}, 'source = "city", verified = "yes"'
    for year in years:
        off = [row for row in rows(name) if row["date"].startswith(str(year))]
        listed = "".join(
            f'  {{ date = {row["date"]}, name = {text(row["name"])}, kind = "off", {known} }},\n'
            for row in off
        )
        files[f"calendar/{year}.toml"] = (
            f'year = {year}\ndays = [\n{listed}]\n[sources]\ncity = "published"\n'
        )
    return files


def words_of(channels: Mapping[str, Iterable[str]]) -> str:
    """Return the words of a log for our channels, as the configuration has them."""
    return "\n".join(f"{channel} = {text_list(words)}" for channel, words in channels.items())


def text_list(words: Iterable[str]) -> str:
    return "[" + ", ".join(map(text, words)) + "]"


def corrected(rejects: Path) -> Path:
    """Correct the refused rows as a clerk would: a result cannot be older than its receipt."""
    with rejects.open(encoding="utf-8-sig", newline="") as stream:
        refused = list(csv.DictReader(stream, delimiter=";"))
    for row in refused:
        row["finished_at"] = max(row["finished_at"], row["received_at"])
    path = rejects.with_name("corrected.csv")
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, refused[0], delimiter=";")
        writer.writeheader()
        writer.writerows(refused)
    return path
