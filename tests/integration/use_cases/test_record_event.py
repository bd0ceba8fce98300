"""Events of other systems: recorded once, or kept as a dead letter with a reason; never silence."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest

from domain.event import Event
from domain.hash_chain import NO_HASH
from tests.builders import OFFICE, local, message, row
from workers.store.events import chain
from workers.use_cases.record_event import record_event

if TYPE_CHECKING:
    from domain.errors import DomainError
    from tests.builders import OfficeAtWork
    from workers.store.journal import DeadLetter


def send(office: OfficeAtWork, payload: dict[str, Any], now: str = "30/06/2019 08:00") -> DomainError | None:
    return record_event(office.store, OFFICE, payload, actor="test", now=local(now))


def dead_letters(office: OfficeAtWork) -> list[DeadLetter]:
    with office.store.read(OFFICE) as work:
        letters = work.journal.dead_letters()
        assert len(letters) == work.journal.count_dead_letters()
    return letters


def test_a_dossier_lives_its_whole_life_by_events(office: OfficeAtWork) -> None:
    story = [
        ("accepted", "03/06/2019 08:00", {"procedure": "1.001"}),
        ("officer_changed", "03/06/2019 09:00", {"officer": "land.1"}),
        ("promise_changed", "03/06/2019 09:00", {"promised_at": "2019-06-17T16:00:00+07:00"}),
        ("suspended", "04/06/2019 08:00", {"reason": "nghĩa vụ tài chính"}),
        ("resumed", "05/06/2019 08:00", {}),
        ("supplement_requested", "06/06/2019 08:00", {}),
        ("supplemented", "07/06/2019 08:00", {}),
        ("handed_over", "10/06/2019 08:00", {"unit": "civil", "officer": "civil.1"}),
        ("finished", "11/06/2019 08:00", {}),
        ("returned", "12/06/2019 08:00", {}),
    ]
    for kind, at, data in story:
        assert office.event(kind, at=at, **data) is None
    assert office.moments() == [(kind, at) for kind, at, _ in story]
    assert office.stored().timing == "early"
    assert office.clock() is None
    assert dead_letters(office) == []


def test_the_same_message_again_changes_nothing(office: OfficeAtWork) -> None:
    for _ in range(3):
        assert office.event("accepted", at="03/06/2019 08:00", procedure="1.001") is None
    assert office.kinds() == ["accepted"]
    assert dead_letters(office) == []


def test_the_same_message_at_once_from_many_is_recorded_once(office: OfficeAtWork) -> None:
    payload = message("accepted", at="03/06/2019 08:00", procedure="1.001")
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(lambda _: send(office, payload), range(6))) == [None] * 6
    assert office.kinds() == ["accepted"]


def test_two_systems_that_accept_the_same_dossier_at_once_leave_one_and_a_dead_letter(
    office: OfficeAtWork,
) -> None:
    together = Barrier(3)

    def accept(code: str, key: str) -> DomainError | None:
        payload = message("accepted", code, at="03/06/2019 08:00", key=f"{code}/{key}", procedure="1.001")
        together.wait()
        return send(office, payload)

    codes = [f"HS-{n}" for n in range(15)]
    with ThreadPoolExecutor(3) as threads:
        for code in codes:
            errors = list(threads.map(accept, [code] * 3, "abc"))
            assert sum(error is None for error in errors) == 1
    assert all(office.kinds(code) == ["accepted"] for code in codes)
    assert [letter.error for letter in dead_letters(office)] == ["history"] * 30


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        ({"schema": 2}, "schema"),
        ({"schema": None}, "schema"),
        ({"colour": "red"}, "colour"),
        ({"key": ""}, "key"),
        ({"key": "k" * 201}, "key"),
        ({"key": 5}, "key"),
        ({"key": "a\x00b"}, "key"),
        ({"code": None}, "code"),
        ({"code": "x" * 65}, "code"),
        ({"code": "a\nb"}, "code"),
        ({"code": "a  b"}, "code"),
        ({"code": "a\N{NO-BREAK SPACE}b"}, "code"),
        ({"code": "a\N{ZERO WIDTH SPACE}"}, "code"),
        ({"code": " \t"}, "code"),
        ({"kind": "exploded"}, "kind"),
        ({"occurred_at": "03/06/2019 08:00"}, "occurred_at"),
        ({"occurred_at": "2019-06-03T08:00:00"}, "time zone"),
        ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "year"),
        ({"occurred_at": "9999-12-31T23:59:59-12:00"}, "year"),
        ({"data": ["procedure"]}, "data"),
        ({"data": {"procedure": 5}}, "data.procedure"),
        ({"data": {"procedure": "x" * 501}}, "data.procedure"),
        ({"data": {"password": "x"}}, "password"),
        ({"data": {}}, "procedure"),
    ],
)
def test_a_message_that_does_not_follow_the_schema_is_kept_with_its_reason(
    office: OfficeAtWork, change: dict[str, Any], sign: str
) -> None:
    payload = message("accepted", at="03/06/2019 08:00", procedure="1.001") | change
    error = send(office, payload)
    assert error is not None
    assert error.code == "message"
    assert sign in str(error)
    (letter,) = dead_letters(office)
    assert letter.error == "message"
    assert json.loads(letter.payload) == payload
    assert office.history() == []


@pytest.mark.parametrize(
    "data",
    [
        {"officer": "o" * 129},
        {"officer": "a\x00b"},
        {"officer": "a\ud800b"},
        {"channel": "c" * 17},
        {"promised_at": "17/06/2019"},
        {"promised_at": "2019-06-17T16:00:00"},
        {"limit_case": "unheard-of"},
        {"unit": "Phòng Mây"},
    ],
)
def test_what_no_register_could_hold_is_a_dead_letter_on_each_database(
    office: OfficeAtWork, data: dict[str, str]
) -> None:
    assert office.event("accepted", at="03/06/2019 08:00", procedure="1.001", **data) is not None
    assert len(dead_letters(office)) == 1
    assert office.history() == []


def test_an_unknown_dossier_and_an_unknown_procedure_are_named(office: OfficeAtWork) -> None:
    office.event("finished", code="HS-404", at="03/06/2019 08:00")
    office.event("accepted", code="HS-9", at="03/06/2019 08:00", procedure="9.999")
    procedure, dossier = dead_letters(office)
    assert "HS-404" in dossier.message
    assert "9.999" in procedure.message


def test_the_future_is_refused_to_the_minute(office: OfficeAtWork) -> None:
    payload = message("accepted", at="03/06/2019 08:01", procedure="1.001")
    assert send(office, payload, now="03/06/2019 08:00") is not None
    assert send(office, payload | {"key": "later"}, now="03/06/2019 08:01") is None


def test_a_message_that_was_refused_can_be_sent_again_under_its_key_once_it_is_right(
    office: OfficeAtWork,
) -> None:
    assert office.event("finished", at="04/06/2019 08:00", key="k") is not None
    assert office.event("accepted", at="03/06/2019 08:00", procedure="1.001") is None
    assert office.event("finished", at="04/06/2019 08:00", key="k") is None
    assert office.kinds() == ["accepted", "finished"]


def test_an_event_and_a_list_that_say_the_same_are_recorded_once(office: OfficeAtWork) -> None:
    office.take_in(row())
    assert office.event("finished", at="05/06/2019 10:00") is None
    report = office.take_in(
        row(finished="05/06/2019 10:00", status="Đã xử lý xong"), now="06/06/2019 09:00"
    ).report
    assert (report.events, report.refused) == (0, [])
    assert office.kinds() == ["accepted", "finished"]


def test_a_dossier_that_cannot_be_written_twice_over_is_refused_with_a_reason_that_is_kept(
    office: OfficeAtWork,
) -> None:
    event = Event(kind="accepted", occurred_at=local("03/06/2019 08:00"))
    made = chain("HS-1", [event], after=(0, NO_HASH), recorded_at=event.occurred_at, actor="x", sla_version=1)
    with office.store.begin(OFFICE) as work:
        work.events.append(made)
        work.commit()
    error = office.event("accepted", at="03/06/2019 08:00", procedure="1.001")
    assert error is not None
    assert error.message == "written_meanwhile"
    (letter,) = dead_letters(office)
    assert (letter.error, "gửi lại" in letter.message) == ("history", True)


def test_a_stop_after_the_due_date_does_not_help_the_clock(office: OfficeAtWork) -> None:
    office.take_in(row())
    assert office.event("supplement_requested", at="18/06/2019 00:00", now="18/06/2019 08:00") is None
    assert office.event("supplemented", at="19/06/2019 08:00", now="19/06/2019 09:00") is None
    clock = office.clock()
    assert clock is not None
    assert clock.due_at == local("18/06/2019 00:00")
