"""Each dossier of deadlines.toml: its events are taken as they are reported, its dates are those by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from domain.errors import HistoryError
from domain.ladder import Rung, plan
from domain.on_time_rate import timing
from domain.time_limit import TimeLimit, Unit
from tests.cases import Case
from tests.golden.clerk import due_by_hand
from tests.golden.table import DOSSIERS, calendar, instant, local, name_of, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.deadline import Deadline
    from tests.golden.table import Row

KNOWN = {
    *("decision", "received", "limit", "bundle", "versions", "cases", "case", "channel", "remote", "clock"),
    *("unannounced", "events", "result", "due", "original", "appointed", "timing", "refused", "marks"),
    *("provisional", "rungs", "article", "why"),
}
MARKS = ("after_due", "late_apology", "recorded_after_due")


def _lived(row: Row) -> Case:
    """Return the case after the events of a row; what is refused must be its last event, and as it says."""
    case, events = Case(terms_of(row), row["received"]), [dict(event) for event in row.get("events", ())]
    if "result" in row:
        events.append({"kind": "finished", "at": row["result"]})
    refused = events.pop() if "refused" in row else None
    for event in events:
        if event["kind"] == "calendar_changed":
            case.terms = terms_of(row, version=2)
        case.take(event.pop("kind"), event.pop("at"), **event)
    if refused is not None:
        with pytest.raises(HistoryError) as caught:
            case.take(refused.pop("kind"), refused.pop("at"), **refused)
        assert caught.value.message == row["refused"]
    return case


@pytest.mark.parametrize("row", DOSSIERS, ids=name_of)
def test_what_happens_to_a_dossier_gives_the_dates_computed_by_hand(row: Row) -> None:
    assert set(row) <= KNOWN
    case = _lived(row)
    found, due = case.reckoning, None if row["due"] == "none" else instant(row["due"])
    assert found.due_at == due
    assert found.due_original == (instant(row["original"]) if "original" in row else due)
    assert found.appointed_at == (instant(row["appointed"]) if "appointed" in row else None)
    assert found.provisional is row.get("provisional", False)
    assert [mark for mark in MARKS if mark in case.history[-1][0].data] == row.get("marks", [])
    assert _timing(case) == row.get("timing")


def _deadline(case: Case) -> Deadline | None:
    due_at = case.reckoning.due_at
    return None if due_at is None else case.terms.restored(due_at, case.dossier)


def _timing(case: Case) -> str | None:
    ended = case.dossier.finished_at
    return timing(ended, _deadline(case), calendar()) if ended else None


@pytest.mark.parametrize("row", [row for row in DOSSIERS if row["due"] != "none"], ids=name_of)
def test_a_row_says_how_its_due_date_is_told_and_explained(row: Row) -> None:
    case = _lived(row)
    deadline, steps = case.terms.walk(case.dossier, "vi")
    assert deadline == _deadline(case)
    assert steps[-1].day == deadline.due_on
    # The appointment is the end of the office hours of the due day, or the due minute itself.
    in_hours = "T" in row["due"]
    assert deadline.appointment_at == (deadline.due_at if in_hours else local(f"{row['due']}T17:00"))
    assert deadline.due_at - deadline.appointment_at == timedelta(hours=0 if in_hours else 7)


@pytest.mark.parametrize("row", [row for row in DOSSIERS if row["due"] != "none"], ids=name_of)
def test_a_clerk_with_a_wall_calendar_finds_the_same_dates(row: Row) -> None:
    case = _lived(row)
    wall = [case.dossier.counting_from, *(moment for pause in case.dossier.pauses for moment in pause)]
    received, *moments = [calendar().local(moment).replace(tzinfo=None) for moment in wall]
    stops = list(zip(moments[::2], moments[1::2], strict=True))
    found = due_by_hand(case.terms.limit, received, case.terms.calendar, stops)
    assert instant(found.isoformat()) == instant(row["due"])
    accepted = local(row["received"]).replace(tzinfo=None)
    first = due_by_hand(case.terms.limit, accepted, terms_of(row).calendar)
    assert instant(first.isoformat()) == instant(row["original"] if "original" in row else row["due"])


def _ladder() -> Iterator[Rung]:
    for level, offset in enumerate((-2, -1, 1), start=1):
        yield Rung(
            code=str(offset),
            offset=TimeLimit(offset, Unit.WORKING_DAYS),
            kind="apology" if offset == -2 else "reminder" if offset == -1 else "escalation",
            roles=("officer",),
            level=level,
            template="t",
        )


@pytest.mark.parametrize("row", [row for row in DOSSIERS if "rungs" in row], ids=name_of)
def test_the_officer_is_asked_called_and_escalated_on_the_days_computed_by_hand(row: Row) -> None:
    case = _lived(row)
    deadline = _deadline(case)
    assert deadline is not None
    planned = plan(_ladder(), deadline, calendar(), counting_from=case.dossier.counting_from)
    assert {entry.rung.code: entry.at for entry in planned} == {
        code: instant(at) for code, at in row["rungs"].items()
    }
