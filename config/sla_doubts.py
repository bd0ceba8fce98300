"""What is right in form and doubtful all the same: a person should look before the rules are put in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from config.errors import Problem
from config.locate import locate, parse_toml
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
        for code, old in before.targets.items()
        for said in _weakened(code, sla, before, f"as in version {version}: {old.at_least} % of {old.rate}")
    )


def _weakened(code: str, sla: Sla, before: Sla, expected: str) -> Iterator[tuple[str, str]]:
    old, new = before.targets[code], sla.targets.get(code)
    if new is None:
        yield f"no target {code!r}", expected
    elif (new.rate, new.unit) != (old.rate, old.unit):
        yield f"the target {code!r} of another rate or unit", expected
    elif new.at_least < old.at_least:
        yield f"a weaker target, {new.at_least} %", expected


def _in_file(file: str, text: str, data: Mapping[str, Any], today: date) -> Iterator[Problem]:
    folder = file.partition("/")[0]
    if folder == "procedures":
        for path, found, expected in _in_procedure(data):
            yield _problem(file, text, path, found, expected)
    elif folder == "calendar" and data["year"] >= today.year:
        computed = [index for index, day in enumerate(data.get("days", ())) if day["verified"] == "computed"]
        if computed:
            found = f"{len(computed)} of the days of {data['year']} computed, this one first"
            path = ("days", computed[0], "verified")
            yield _problem(file, text, path, found, "'yes': the announcement, read by a person")


def _in_procedure(data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str, str]]:
    for index, version in enumerate(data["versions"]):
        path: KeyPath = ("versions", index)
        if "until" not in version and not version.get("steps"):
            found = "a procedure without steps: nobody is told which part of the work is late"
            yield path, found, "[[versions.steps]], the process as it was approved"
        if version["verified"] in _UNIT_UNREAD:
            for at in _in_days(version):
                found = 'a limit in "ngày" whose unit nobody has confirmed'
                yield (*path, *at), found, "working_days or calendar_days, read in the source by a person"


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


def _problem(file: str, text: str, path: KeyPath, found: str, expected: str) -> Problem:
    line, column = locate(text, path)
    key = ".".join(map(str, path))
    return Problem(file=file, line=line, column=column, key=key, found=found, expected=expected)
