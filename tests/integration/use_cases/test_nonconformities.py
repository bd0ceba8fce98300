"""Overdue dossiers are treated: what is said is added, read as of any moment, and never changed."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import create_engine, text

from domain.nonconformity import NonconformityError, Treatment
from tests.builders import OFFICE, local, row
from workers.use_cases.nonconformities import open_matters, overdue_matters, record_treatment, treatments

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork

LATER = local("20/06/2019 08:00")
PLAN = Treatment(
    cause="thiếu người",
    correction="trả kết quả",
    action="thêm người",
    role="head",
    due_on=date(2019, 7, 15),
)


def say(
    office: OfficeAtWork, said: Treatment, *, code: str = "HS-1", now: str = "20/06/2019 08:00"
) -> Treatment:
    return record_treatment(office.store, OFFICE, code, said, actor="test", now=local(now))


def refused(office: OfficeAtWork, said: Treatment, **more: str) -> str:
    with pytest.raises(NonconformityError) as caught:
        say(office, said, **more)
    return caught.value.message


@pytest.fixture
def overdue(office: OfficeAtWork) -> OfficeAtWork:
    """HS-1 was due on 17 June 2019 and is still open."""
    office.take_in(row())
    return office


def test_what_is_said_is_added_and_the_last_word_counts(overdue: OfficeAtWork) -> None:
    say(overdue, PLAN)
    held = say(overdue, Treatment(cause="chờ ý kiến"), now="21/06/2019 08:00")
    assert (held.cause, held.action) == ("chờ ý kiến", "thêm người")
    with overdue.store.read(OFFICE) as work:
        assert treatments(work, ["HS-1", "HS-2"]) == {"HS-1": held}
        assert treatments(work, ["HS-1"], known=LATER) == {"HS-1": PLAN}
        assert treatments(work, ["HS-1"], known=local("19/06/2019 08:00")) == {}


def test_a_dossier_that_closed_late_is_treated_too(overdue: OfficeAtWork) -> None:
    overdue.event("finished", at="19/06/2019 10:00")
    assert say(overdue, PLAN) == PLAN


def test_what_is_not_overdue_is_not_treated(overdue: OfficeAtWork) -> None:
    assert refused(overdue, PLAN, now="17/06/2019 23:59") == "not_overdue"
    assert refused(overdue, PLAN, code="HS-2") == "no_such_dossier"
    say(overdue, PLAN, now="18/06/2019 00:00")


def test_only_a_role_of_the_office_can_answer_for_an_action(overdue: OfficeAtWork) -> None:
    assert refused(overdue, Treatment(role="minister")) == "unknown_role"
    with overdue.store.read(OFFICE) as work:
        assert treatments(work, ["HS-1"]) == {}


def test_actions_past_their_day_are_listed_first_and_counted(overdue: OfficeAtWork) -> None:
    overdue.take_in(row("HS-2"), row("HS-3"))
    say(overdue, PLAN, code="HS-3")
    say(overdue, Treatment(cause="chưa rõ"), code="HS-2")
    say(overdue, PLAN)
    say(overdue, Treatment(effective=True, checked_on=date(2019, 7, 20)), now="20/07/2019 08:00")
    with overdue.store.read(OFFICE) as work:
        found = open_matters(work, today=date(2019, 7, 16))
        assert overdue_matters(work, today=date(2019, 7, 15)) == 0
        assert overdue_matters(work, today=date(2019, 7, 16)) == 1
    assert [(each.code, each.state) for each in found] == [("HS-3", "overdue"), ("HS-2", "incomplete")]


@pytest.mark.parametrize("statement", ["UPDATE {} SET actor = 'nobody'", "DELETE FROM {}"])
def test_what_was_said_can_be_neither_changed_nor_deleted(overdue: OfficeAtWork, statement: str) -> None:
    say(overdue, PLAN)
    engine = create_engine(overdue.store.url)
    with pytest.raises(Exception, match="append-only") as caught, engine.begin() as connection:
        connection.execute(text(statement.format("nonconformity_entries")))
    engine.dispose()
    assert isinstance(caught.value.__cause__, (sqlite3.IntegrityError, psycopg.errors.RaiseException))
    with overdue.store.read(OFFICE) as work:
        assert treatments(work, ["HS-1"]) == {"HS-1": PLAN}
