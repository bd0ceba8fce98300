"""What was recorded of the reform plan and of corrective actions: any altered byte is found and named."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from domain.nonconformity import Treatment
from tests.builders import OFFICE, OfficeAtWork, local, row
from tests.integration.use_cases.test_verify import other
from tests.office_texts import office_files
from tests.reform_office import FILES, ReformOffice, task_row
from tests.tampering import stored, tamper
from workers.store.ledger import raw_text
from workers.use_cases.anchoring import ANCHORED, anchor_now
from workers.use_cases.nonconformities import record_treatment
from workers.use_cases.verify import Verification

if TYPE_CHECKING:
    from pathlib import Path

    from domain.tampering import Alteration
    from workers.store.unit_of_work import Store

PLAN = Treatment(
    cause="thiếu người",
    correction="trả kết quả",
    action="thêm người",
    role="head",
    due_on=date(2019, 7, 15),
)
REGISTERS = {
    "reform_events": {
        "text": ("office", "code", "kind", "actor", "data", "hash"),
        "number": ("number", "id", "year", "seq"),
        "moment": ("recorded_at", "happened_on"),
    },
    "nonconformity_entries": {
        "text": ("office", "code", "actor", "data", "hash"),
        "number": ("number", "id", "seq"),
        "moment": ("recorded_at",),
    },
}
ONE_BYTE = [
    (table, name, kind)
    for table, kinds in REGISTERS.items()
    for kind, names in kinds.items()
    for name in names
]


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> OfficeAtWork:
    """Three events of two tasks, an anchor, then three sayings of two overdue dossiers."""
    plan = ReformOffice(store, tmp_path, office_files(**FILES))
    plan.take_in((task_row(1, "Một"), task_row(2, "Hai")))
    plan.set("CCHC-2019-01", "in_progress", "10/04/2019", now="10/04/2019 09:00")
    office = OfficeAtWork(store, tmp_path)
    office.take_in(row(), row("HS-2"))
    anchor(office, "18/06/2019 00:05")
    say(office, PLAN)
    say(office, PLAN, "HS-2")
    say(office, Treatment(cause="chờ ý kiến"))
    return office


def say(office: OfficeAtWork, said: Treatment, code: str = "HS-1", now: str = "20/06/2019 08:00") -> None:
    record_treatment(office.store, OFFICE, code, said, actor="cli:test", now=local(now))


def anchor(office: OfficeAtWork, now: str) -> None:
    assert anchor_now(office.store, OFFICE, now=local(now)) is not None


def alterations(desk: OfficeAtWork, **more: Any) -> list[Alteration]:
    return list(Verification(desk.store, OFFICE, **more).alterations())


def named(desk: OfficeAtWork) -> set[tuple[str, str, int | None, str]]:
    return {(one.table, one.what, one.number, one.column) for one in alterations(desk)}


def test_registers_nobody_touched_verify_and_are_counted(desk: OfficeAtWork) -> None:
    verification = Verification(desk.store, OFFICE)
    assert list(verification.alterations()) == []
    assert (verification.totals.tasks, verification.totals.treatments) == (3, 3)


def test_every_column_of_the_registers_is_among_those_that_were_altered() -> None:
    from workers.store.quality_tables import nonconformity_entries
    from workers.store.reform_tables import reform_events

    tables = (reform_events, nonconformity_entries)
    columns = {(table.name, column.name) for table in tables for column in table.columns}
    assert columns == {(table, name) for table, name, _ in ONE_BYTE}


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize(("table", "name", "kind"), ONE_BYTE)
def test_one_altered_letter_of_any_column_of_any_row_is_found_and_named(
    desk: OfficeAtWork, table: str, name: str, kind: str, number: int
) -> None:
    url, where = desk.store.url, f"number = {number}"
    (before,) = stored(url, f"SELECT {name} FROM {table} WHERE {where}")  # noqa: S608 - our own names
    new = other(before, kind, name, sqlite=url.startswith("sqlite"))
    tamper(url, f"UPDATE {table} SET {name} = {new} WHERE {where}")  # noqa: S608 - our own names
    found = [
        one for one in alterations(desk) if (one.table, one.what, one.column) == (table, "altered", name)
    ]
    assert len(found) == 1, alterations(desk)
    assert (found[0].chain, found[0].number, found[0].expected) == (OFFICE, number, raw_text(before))


@pytest.mark.parametrize("table", REGISTERS)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_row_taken_out_is_missed_at_the_end_too(desk: OfficeAtWork, table: str, number: int) -> None:
    tamper(desk.store.url, f"DELETE FROM {table} WHERE number = {number}")  # noqa: S608 - our own names
    assert (table, "missing", number, "") in named(desk)


@pytest.mark.parametrize("table", REGISTERS)
def test_a_whole_register_taken_out_is_missed(desk: OfficeAtWork, table: str) -> None:
    tamper(desk.store.url, f"DELETE FROM {table}")  # noqa: S608 - our own names
    assert (table, "missing", 1, "") in named(desk)


@pytest.mark.parametrize("table", REGISTERS)
def test_a_row_put_in_with_a_fitting_hash_is_found_by_what_is_remembered(
    desk: OfficeAtWork, table: str
) -> None:
    columns = [name for names in REGISTERS[table].values() for name in names]
    others = [name for name in columns if name not in ("number", "id", "seq", "hash")]
    tamper(
        desk.store.url,
        f"INSERT INTO {table} (number, id, seq, hash, {', '.join(others)}) "  # noqa: S608 - our own names
        f"SELECT 4, 99, 9, hash, {', '.join(others)} FROM {table} WHERE number = 3",
    )
    assert (table, "inserted", 4, "") in named(desk)


@pytest.mark.parametrize("table", REGISTERS)
def test_a_register_made_anew_with_its_sign_of_life_is_found_by_the_anchors(
    desk: OfficeAtWork, table: str
) -> None:
    anchor(desk, "21/06/2019 00:05")
    url = desk.store.url
    tamper(url, f"DELETE FROM {table}", f"DELETE FROM heartbeats WHERE name = '{table}'")  # noqa: S608 - our own names
    if table == "nonconformity_entries":
        for cause in ("một", "hai", "ba", "bốn"):
            say(desk, Treatment(cause=cause))
    else:
        plan = ReformOffice(desk.store, desk.folder, office_files(**FILES))
        plan.take_in(tuple(task_row(number, f"Khác {number}") for number in range(3, 7)))
    assert (table, "differs", 3, "hash") in named(desk)


def test_an_anchor_of_before_the_registers_were_anchored_still_holds(desk: OfficeAtWork) -> None:
    from domain.hash_chain import NO_HASH, bind

    columns = ("number", "day", "made_at", "last_id", "events", "running", "total")
    more = ("seals", "seals_hash", "versions", "versions_hash")
    values = stored(desk.store.url, f"SELECT {', '.join(columns + more)} FROM anchors")  # noqa: S608 - our own names
    old = bind(NO_HASH, (OFFICE, *map(raw_text, values)))
    newer = ("tasks", "tasks_hash", "treatments", "treatments_hash")
    tamper(
        desk.store.url,
        f"UPDATE anchors SET hash = '{old}', {', '.join(f'{name} = NULL' for name in newer)}",  # noqa: S608 - our own names
        f"DELETE FROM heartbeats WHERE name = '{ANCHORED}'",  # noqa: S608 - our own names
    )
    assert alterations(desk) == []
    anchor(desk, "21/06/2019 00:05")
    assert alterations(desk) == []
