"""What is right in form and doubtful all the same: a person should look before the rules are put in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from config.errors import Problem
from config.locate import locate, parse_toml
from config.said import Said, say
from config.sla_texts import parse_limit
from domain.time_limit import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from config.locate import KeyPath
    from config.sla_value import Sla

_UNIT_UNREAD: Final = ("no", "code")


def doubts(sla: Sla, *, today: date) -> tuple[Problem, ...]:
    """Return what is doubtful in the files of a configuration, seen from the local day `today`.

    Days that were only computed are doubtful from this year on: what is past cannot be announced any more.
    """
    return tuple(
        problem
        for file, text in sorted(sla.files.items())
        for problem in _in_file(file, text, parse_toml(text, file=file), today)
    )


def weaker_targets(sla: Sla, before: Sla, *, version: int) -> tuple[Problem, ...]:
    """Return the quality targets that ask for less than the same ones of an earlier version, or are gone."""
    return tuple(
        _problem("quality.toml", sla.files.get("quality.toml", ""), ("targets", code, "at_least"), *said)
        for code in before.targets
        for said in _weakened(code, sla, before, version)
    )


def _weakened(code: str, sla: Sla, before: Sla, version: int) -> Iterator[tuple[Said, Said]]:
    old, new = before.targets[code], sla.targets.get(code)
    expected = say("target_as_before", version=version, least=old.at_least, rate=old.rate)
    if new is None:
        yield say("no_target", code=code), expected
    elif (new.rate, new.unit) != (old.rate, old.unit):
        yield say("other_target", code=code), expected
    elif new.at_least < old.at_least:
        yield say("weaker_target", least=new.at_least), expected


def _in_file(file: str, text: str, data: Mapping[str, Any], today: date) -> Iterator[Problem]:
    folder = file.partition("/")[0]
    if folder == "procedures":
        for path, found, expected in _in_procedure(data):
            yield _problem(file, text, path, found, expected)
    elif folder == "calendar" and data["year"] >= today.year:
        computed = [index for index, day in enumerate(data.get("days", ())) if day["verified"] == "computed"]
        if computed:
            found = say("days_computed", count=len(computed), year=data["year"])
            path = ("days", computed[0], "verified")
            yield _problem(file, text, path, found, say("yes_announcement"))


def _in_procedure(data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, Said, Said]]:
    for index, version in enumerate(data["versions"]):
        path: KeyPath = ("versions", index)
        if "until" not in version and not version.get("steps"):
            yield path, say("no_steps"), say("the_steps")
        if version["verified"] in _UNIT_UNREAD:
            for at in _in_days(version):
                yield (*path, *at), say("unit_unread"), say("unit_read")


def _in_days(version: Mapping[str, Any]) -> Iterator[KeyPath]:
    """Yield where a version counts in calendar days: what the law calls "ngày" may mean working days."""
    places = [
        ((), version),
        *(((key, n), part) for key in ("cases", "steps") for n, part in _parts(version, key)),
    ]
    for path, part in places:
        for key in ("limit", "add"):
            if key in part and parse_limit(part[key]).unit is Unit.CALENDAR_DAYS:
                yield (*path, key)


def _parts(version: Mapping[str, Any], key: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    yield from enumerate(version.get(key, ()))


def _problem(file: str, text: str, path: KeyPath, found: Said, expected: Said) -> Problem:
    line, column = locate(text, path)
    key = ".".join(map(str, path))
    return Problem(file=file, line=line, column=column, key=key, found=found, expected=expected)
