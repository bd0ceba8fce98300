"""The golden table: its rows, and the terms that a row describes."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from config.sla import load_sla
from domain.bundle import Bundle
from domain.procedure import ClockPolicy, LimitCase, version_on
from domain.terms import Terms
from tests.cases import limit, procedure

if TYPE_CHECKING:
    from domain.procedure import ProcedureVersion
    from domain.time_limit import TimeLimit
    from domain.working_calendar import WorkingCalendar

Row = dict[str, Any]

TABLE: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("deadlines.toml").read_text(encoding="utf-8")
)
DEADLINES: Final[list[Row]] = TABLE["deadline"]
DOSSIERS: Final[list[Row]] = TABLE["dossier"]


@cache
def calendar() -> WorkingCalendar:
    """Return the calendar of the sample office: the published days off of 2018 to 2026."""
    return load_sla().calendar


def local(text: str) -> datetime:
    """Return a local moment of a row."""
    return datetime.fromisoformat(text).replace(tzinfo=calendar().zone)


def instant(text: str) -> datetime:
    """Return the instant at which a limit has run out that a row writes as a day or as a minute."""
    if "T" in text:
        return local(text).astimezone(UTC)
    return local((date.fromisoformat(text) + timedelta(days=1)).isoformat()).astimezone(UTC)


def name_of(row: Row) -> str:
    """Return what tells a row from the others in the output of a run."""
    what = row.get("limit") or row.get("bundle", {}).get("policy") or "version"
    return f"{row['decision']}: {row['received']} + {what}"


def terms_of(row: Row, *, version: int = 1) -> Terms:
    """Return the terms of a row; version 1 does not know the days that were not announced yet."""
    unknown = row.get("unannounced", ()) if version == 1 else ()
    special = {day: kept for day, kept in calendar().special.items() if day not in unknown}
    known = replace(calendar(), special=special) if unknown else calendar()
    bound = _version_of(row)
    return Terms(procedure=bound, limit=_limit_of(row, bound), calendar=known, version=version)


def _version_of(row: Row) -> ProcedureVersion:
    more: dict[str, Any] = {
        "clock": ClockPolicy(**row.get("clock", {})),
        "cases": tuple(_case(case) for case in row.get("cases", ())),
    }
    only = {"limit": row.get("limit", "none"), "from": date(2018, 1, 1)}
    versions = tuple(
        procedure(
            limit=limit(each["limit"]), in_force_from=each["from"], in_force_until=each.get("until"), **more
        )
        for each in row.get("versions", [only])
    )
    found = version_on(versions, local(row["received"]).date())
    assert found is not None
    return found


def _case(case: dict[str, Any]) -> LimitCase:
    limits: dict[str, Any] = {name: limit(case[name]) for name in ("limit", "add") if name in case}
    return LimitCase(**{"label": case["code"], **case, **limits})


def _limit_of(row: Row, bound: ProcedureVersion) -> TimeLimit:
    if "bundle" not in row:
        case = bound.case_for(row.get("case"), row.get("channel"), remote=row.get("remote", False))
        return bound.limit_for(case)
    found = row["bundle"]
    bundle = Bundle(
        code="b",
        name="B",
        components=tuple(found["limits"]),
        policy=found["policy"],
        in_force_from=date(2018, 1, 1),
        limit=limit(found["limit"]) if "limit" in found else None,
    )
    limits = [limit(each) for each in found["limits"]]
    return bundle.limit_of(limits, local(row["received"]), calendar(), bound.rules)
