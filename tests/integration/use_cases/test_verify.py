"""Whatever is altered in what the office vouches for is found and named, whoever altered it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from domain.form_06a import USUAL
from domain.hash_chain import bind
from domain.period import period_of
from tests.builders import OFFICE, ZONE, local, row
from tests.tampering import stored, tamper
from workers.store.ledger import raw_text
from workers.use_cases.anchoring import anchor_day, anchor_now
from workers.use_cases.as_of import Frame
from workers.use_cases.office import load_office
from workers.use_cases.seal_question import Question
from workers.use_cases.sealing import By, correct, end_of_record, seal
from workers.use_cases.verify import Verification

if TYPE_CHECKING:
    from domain.tampering import Alteration
    from tests.builders import OfficeAtWork


@dataclass
class Vouched:
    """An office whose record is anchored three times and sealed twice."""

    office: OfficeAtWork

    @property
    def url(self) -> str:
        return self.office.store.url

    def alterations(self, **kept: Any) -> list[Alteration]:
        return list(Verification(self.office.store, OFFICE, **kept).alterations())

    def told(self) -> set[tuple[str, str, str, int | None, str]]:
        return {
            (one.table, one.what, one.chain.split("\x1f")[-1], one.number, one.column)
            for one in self.alterations()
        }


@pytest.fixture
def vouched(office: OfficeAtWork) -> Vouched:
    office.take_in(row(), row("HS-2"), row("HS-3", officer="land.2"))
    office.event("handed_over", at="04/06/2019 10:00", now="04/06/2019 11:00", unit="civil")
    anchor_day(office.store, OFFICE, now=local("05/06/2019 00:05"))
    office.event("suspended", at="06/06/2019 10:00", now="06/06/2019 11:00")
    office.event("resumed", at="07/06/2019 10:00", now="07/06/2019 11:00")
    office.event("finished", "HS-2", at="07/06/2019 10:00", now="07/06/2019 11:00")
    anchor_day(office.store, OFFICE, now=local("08/06/2019 00:05"))
    period = period_of("2019-06")
    frame = Frame(
        as_of=local("02/07/2019 08:00"),
        begin=period.begin(ZONE),
        end=period.end(ZONE),
        known=local("02/07/2019 08:00"),
        last_id=end_of_record(office.store, OFFICE),
    )
    question = Question(period=period, frame=frame, by=("unit",), form=True, stands=USUAL)
    rules = load_office(office.store, OFFICE)
    by = By(author="cli:thử", reason="12/BC", at=local("02/07/2019 08:00"), program="0.1")
    seal(office.store, rules, question, by)
    office.event("finished", at="28/06/2019 10:00", now="02/07/2019 11:00")
    by = By(author="cli:thử", reason="ghi muộn", at=local("02/07/2019 14:00"), program="0.1")
    correct(office.store, rules, 1, by)
    anchor_day(office.store, OFFICE, now=local("03/07/2019 00:05"))
    return Vouched(office)


def test_an_office_nobody_touched_verifies(vouched: Vouched) -> None:
    verification = Verification(vouched.office.store, OFFICE)
    assert list(verification.alterations()) == []
    totals = verification.totals
    assert (totals.dossiers, totals.events, totals.anchors, totals.anchored) == (3, 8, 3, 8)
    assert (totals.seals, totals.sealed) == (2, 6)


def test_an_office_without_anchors_or_seals_verifies(office: OfficeAtWork) -> None:
    office.take_in(row())
    assert list(Verification(office.store, OFFICE).alterations()) == []


# One row amid its chain and the last one, behind which nothing is bound to it.
PLACES = {
    "dossier_events": (("code = 'HS-1' AND seq = 3", "HS-1", 3), ("code = 'HS-1' AND seq = 5", "HS-1", 5)),
    "report_seals": (("number = 1", OFFICE, 1), ("number = 2", OFFICE, 2)),
    "sealed_dossiers": (("seal = 1 AND position = 2", "1", 2), ("seal = 2 AND position = 3", "2", 3)),
    "anchors": (("number = 2", OFFICE, 2), ("number = 3", OFFICE, 3)),
}
LATER = ("tasks", "tasks_hash", "treatments", "treatments_hash")
TEXTS = {
    "dossier_events": ("office", "code", "kind", "actor", "data", "hash"),
    "report_seals": ("office", "document", "hash"),
    "sealed_dossiers": ("office", "code", "place", "hash"),
    "anchors": ("office", "running", "total", "seals_hash", "versions_hash", "hash", *LATER[1::2]),
}
NUMBERS = {
    "dossier_events": ("id", "seq", "sla_version"),
    "report_seals": ("number",),
    "sealed_dossiers": ("seal", "position"),
    "anchors": ("number", "last_id", "events", "seals", "versions", *LATER[::2]),
}
MOMENTS = {"dossier_events": ("occurred_at", "recorded_at"), "anchors": ("made_at", "day")}
ONE_BYTE = [
    *((table, name, "text") for table, names in TEXTS.items() for name in names),
    *((table, name, "number") for table, names in NUMBERS.items() for name in names),
    *((table, name, "moment") for table, names in MOMENTS.items() for name in names),
]


def other(value: Any, kind: str, name: str, *, sqlite: bool) -> str:
    """Return the SQL of a value that is one letter or digit away from another."""
    if kind == "text":
        swapped = ("7" if value[1] != "7" else "8") if len(value) == 64 else "X"
        # The second letter: a JSON text stays one only by chance.
        return f"'{value[0]}{swapped}{value[2:]}'".replace(":", "\\:")
    if kind == "number":
        return f"{value}7"
    if sqlite:
        digit = "9" if value[9] != "9" else "8"
        return f"'{value[:9]}{digit}{value[10:]}'".replace(":", "\\:")
    return f"{name} + 1" if name in ("day", "happened_on") else f"{name} + interval '1 day'"


@pytest.mark.parametrize("place", [0, 1], ids=["amid", "last"])
@pytest.mark.parametrize(("table", "name", "kind"), ONE_BYTE)
def test_one_altered_letter_of_any_column_is_found_and_named(
    vouched: Vouched, table: str, name: str, kind: str, place: int
) -> None:
    where, chain, number = PLACES[table][place]
    (before,) = stored(vouched.url, f"SELECT {name} FROM {table} WHERE {where}")  # noqa: S608 - our own names
    sqlite = vouched.url.startswith("sqlite")
    new = other(before, kind, name, sqlite=sqlite)
    tamper(vouched.url, f"UPDATE {table} SET {name} = {new} WHERE {where}")  # noqa: S608 - our own names
    found = [
        one for one in vouched.alterations() if (one.table, one.what, one.column) == (table, "altered", name)
    ]
    assert len(found) == 1, vouched.alterations()
    assert (found[0].chain.split("\x1f")[-1], found[0].number) == (chain, number)
    assert found[0].expected != found[0].found
    assert found[0].expected == raw_text(before)


def test_every_protected_column_is_among_those_that_were_altered() -> None:
    from workers.store.seal_tables import anchors, report_seals, sealed_dossiers
    from workers.store.tables import dossier_events

    columns = {
        (table.name, column.name)
        for table in (dossier_events, report_seals, sealed_dossiers, anchors)
        for column in table.columns
    }
    assert columns == {(table, name) for table, name, _ in ONE_BYTE}


TAKEN = {
    "dossier_events": "code = '{}' AND seq >= {}",
    "report_seals": "office = '{}' AND number = {}",
    "sealed_dossiers": "seal = {} AND position = {}",
    "anchors": "office = '{}' AND number = {}",
}


@pytest.mark.parametrize(
    ("table", "chain", "number"),
    [
        ("dossier_events", "HS-1", 3),
        ("dossier_events", "HS-1", 5),
        ("dossier_events", "HS-3", 1),
        ("report_seals", OFFICE, 1),
        ("report_seals", OFFICE, 2),
        ("sealed_dossiers", "1", 2),
        ("sealed_dossiers", "2", 3),
        ("anchors", OFFICE, 1),
        ("anchors", OFFICE, 3),
    ],
)
def test_rows_taken_out_are_missed_at_the_end_of_a_chain_too(
    vouched: Vouched, table: str, chain: str, number: int
) -> None:
    tamper(vouched.url, f"DELETE FROM {table} WHERE {TAKEN[table].format(chain, number)}")  # noqa: S608 - our own names
    assert (table, "missing", chain, number, "") in vouched.told()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE dossiers SET timing = 'late' WHERE code = 'HS-2'", ("dossiers", "HS-2", "timing")),
        ("DELETE FROM dossiers WHERE code = 'HS-3'", ("dossiers", "HS-3", "dossier")),
        ("DELETE FROM clocks WHERE code = 'HS-3'", ("clocks", "HS-3", "clock")),
        ("UPDATE clocks SET epoch = 9 WHERE code = 'HS-3'", ("clocks", "HS-3", "epoch")),
        ("UPDATE steps SET worked = 1 WHERE code = 'HS-1'", ("steps", "HS-1", "steps")),
        ("UPDATE sla_versions SET reason = 'khác'", ("sla_versions", OFFICE, "")),
        ("UPDATE sla_versions SET files = REPLACE(files, 'land', 'lo')", ("sla_versions", OFFICE, "files")),
    ],
)
def test_what_a_table_has_otherwise_than_the_events_is_named(
    vouched: Vouched, statement: str, told: tuple[str, str, str]
) -> None:
    tamper(vouched.url, statement)
    assert told in {(table, chain, column) for table, _, chain, _, column in vouched.told()}


def test_two_events_that_changed_places_are_both_named(vouched: Vouched) -> None:
    where = "UPDATE dossier_events SET seq = {} WHERE code = 'HS-1' AND seq = {}"
    tamper(vouched.url, where.format(99, 3), where.format(3, 4), where.format(4, 99))
    assert {
        ("dossier_events", "altered", "HS-1", 3, "seq"),
        ("dossier_events", "altered", "HS-1", 4, "seq"),
    } <= vouched.told()


def test_an_event_put_in_with_a_fitting_hash_is_found_by_tables_and_anchors(vouched: Vouched) -> None:
    last, at, recorded = stored(
        vouched.url,
        "SELECT hash, occurred_at, recorded_at FROM dossier_events WHERE code = 'HS-3' AND seq = 1",
    )
    moments = [raw_text(one) if not isinstance(one, str) else one for one in (at, recorded)]
    texts = ("HS-3", "2", "officer_changed", *moments, "test", "1", '{"officer":"land.1"}')
    tamper(
        vouched.url,
        "INSERT INTO dossier_events (id, office, code, seq, kind, occurred_at, recorded_at, actor,"
        " sla_version, data, hash) SELECT (SELECT max(id) + 1 FROM dossier_events), office, code, 2,"
        " 'officer_changed', occurred_at, recorded_at, actor, sla_version, :data, :hash"
        " FROM dossier_events WHERE code = 'HS-3' AND seq = 1",
        data=texts[-1],
        hash=bind(last, texts),
    )
    assert {
        ("dossiers", "differs", "HS-3", None, "officer"),
        ("dossiers", "differs", "HS-3", None, "last_seq"),
    } <= vouched.told()


def test_a_dossier_taken_out_of_every_table_is_missed_by_the_anchors(vouched: Vouched) -> None:
    tables = ("dossier_events", "dossiers", "clocks")
    tamper(vouched.url, *(f"DELETE FROM {table} WHERE code = 'HS-3'" for table in tables))  # noqa: S608 - our own names
    found = vouched.alterations()
    events = [(one.number, one.expected, one.found) for one in found if one.table == "anchors"]
    assert events == [(1, "4", "3")]
    # Both seals counted it, and say so.
    assert {one.number for one in found if one.column == "HS-3"} == {1, 2}


def test_a_chain_of_anchors_made_anew_is_found_by_what_was_kept_outside(vouched: Vouched) -> None:
    with vouched.office.store.read(OFFICE) as work:
        kept = {anchor.number: anchor.hash for anchor in work.anchors.all()}
    assert vouched.alterations(kept=kept) == []
    tamper(vouched.url, "DELETE FROM anchors", "DELETE FROM heartbeats WHERE name = 'anchor'")
    anchor_now(vouched.office.store, OFFICE, now=local("03/07/2019 00:05"))
    assert vouched.alterations() == []
    assert {(one.what, one.number) for one in vouched.alterations(kept=kept)} == {
        ("differs", 1),
        ("missing", 2),
    }


def test_a_seal_that_names_other_figures_than_its_list_is_found(vouched: Vouched) -> None:
    (document,) = stored(vouched.url, "SELECT document FROM report_seals WHERE number = 2")
    (first,) = stored(vouched.url, "SELECT hash FROM report_seals WHERE number = 1")
    forged = document.replace('"early":1', '"early":3')
    assert forged != document
    tamper(
        vouched.url,
        "UPDATE report_seals SET document = :document, hash = :hash WHERE number = 2",
        document=forged,
        hash=bind(first, (OFFICE, "2", forged)),
    )
    told = vouched.told()
    assert ("report_seals", "differs", OFFICE, 2, "figures") in told
    assert ("report_seals", "differs", OFFICE, 2, "hash") in told  # the anchor knows another one


def test_the_guards_refuse_whoever_goes_by_the_door(vouched: Vouched) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import DatabaseError

    from workers.store.engines import make_engine

    engine = make_engine(vouched.url)
    for table in PLACES:
        for statement in (f"UPDATE {table} SET office = 'x'", f"DELETE FROM {table}"):  # noqa: S608 - our own names
            with pytest.raises(DatabaseError, match="append-only"), engine.begin() as connection:
                connection.execute(text(statement))
    engine.dispose()
    assert vouched.alterations() == []
