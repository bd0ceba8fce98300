"""Each plain row of deadlines.toml: computed by hand, walked by a slow oracle, derived by the house."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from domain.deadline import derive
from domain.time_limit import CIVIL_CODE
from tests.cases import limit
from tests.golden.clerk import due_by_hand
from tests.golden.table import DEADLINES, DOSSIERS, TABLE, calendar, local, name_of

if TYPE_CHECKING:
    from tests.golden.table import Row

DAY = timedelta(days=1)


@pytest.mark.parametrize("row", DEADLINES, ids=name_of)
def test_the_due_date_is_the_one_computed_by_hand(row: Row) -> None:
    pauses = [(local(begin), local(end)) for begin, end in row.get("pauses", ())]
    deadline = derive(limit(row["limit"]), local(row["received"]), calendar(), CIVIL_CODE, pauses)
    assert deadline is not None
    assert not deadline.provisional
    if "T" in row["due"]:
        assert deadline.due_at == local(row["due"])
        assert deadline.appointment_at == deadline.due_at
        return
    due = date.fromisoformat(row["due"])
    assert deadline.due_on == due
    # The law's end is 24:00 of the due day; the slip says the end of office hours.
    assert deadline.due_at == local((due + DAY).isoformat()).astimezone(UTC)
    assert deadline.appointment_at == local(f"{due.isoformat()}T17:00")


@pytest.mark.parametrize("row", DEADLINES, ids=name_of)
def test_a_clerk_with_a_wall_calendar_finds_the_same_day(row: Row) -> None:
    stops = [(_wall(begin), _wall(end)) for begin, end in row.get("pauses", ())]
    found = due_by_hand(limit(row["limit"]), _wall(row["received"]), calendar(), stops)
    assert found == (_wall(row["due"]) if "T" in row["due"] else date.fromisoformat(row["due"]))


def _wall(text: str) -> datetime:
    return local(text).replace(tzinfo=None)


def test_every_row_names_its_article_and_its_reason() -> None:
    assert all(row["article"] and row["why"] for row in [*DEADLINES, *DOSSIERS])
    keys = [(row["received"], row["limit"], str(row.get("pauses"))) for row in DEADLINES]
    assert len(set(keys)) == len(keys) >= 70
    said = [str({name: row[name] for name in sorted(row) if name != "why"}) for row in DOSSIERS]
    assert len(set(said)) == len(said) >= 80


def test_every_sentence_of_the_decisions_has_its_rows() -> None:
    assert {row["decision"] for row in [*DEADLINES, *DOSSIERS]} == set(TABLE["decisions"])
