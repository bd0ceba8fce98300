"""A report that was sealed comes out again; what was recorded later is listed, and corrected by a seal."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest

from domain.errors import SealError
from domain.form_06a import USUAL
from domain.period import period_of
from domain.seal import counts_in
from tests.builders import OFFICE, ZONE, local, row
from tests.busy_office import BusyOffice
from workers.use_cases.as_of import Frame
from workers.use_cases.figures import figures
from workers.use_cases.office import load_office
from workers.use_cases.seal_check import check_seals
from workers.use_cases.seal_question import Question
from workers.use_cases.sealing import By, correct, end_of_record, seal

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork
    from workers.store.seals import Seal
    from workers.use_cases.seal_check import Checked

SEALED_AT = "03/07/2019 08:00"


def by(at: str = SEALED_AT, reason: str = "báo cáo 12/BC") -> By:
    return By(author="cli:thử", reason=reason, at=local(at), program="0.1")


def asked(office: OfficeAtWork, period: str = "2019-06", at: str = SEALED_AT, **more: object) -> Question:
    found = period_of(period)
    frame = Frame(
        as_of=local(at),
        begin=found.begin(ZONE),
        end=found.end(ZONE),
        known=local(at),
        last_id=end_of_record(office.store, OFFICE),
    )
    question = Question(period=found, frame=frame, by=("unit",), form=True, stands=USUAL)
    return replace(question, **more)  # type: ignore[arg-type]


def sealed(office: OfficeAtWork, **more: object) -> Seal:
    return seal(office.store, load_office(office.store, OFFICE), asked(office, **more), by())  # type: ignore[arg-type]


def checked(office: OfficeAtWork, number: int | None = None) -> list[Checked]:
    return list(check_seals(office.store, load_office(office.store, OFFICE), number))


@pytest.fixture
def june(office: OfficeAtWork) -> OfficeAtWork:
    """HS-1 finished in time in June, HS-2 and HS-3 still open at its end."""
    office.take_in(row(), row("HS-2"))
    office.take_in(row("HS-3", accepted="20/06/2019 08:00"), now="20/06/2019 09:00")
    office.event("finished", at="12/06/2019 10:00", now="12/06/2019 11:00")
    return office


def test_a_seal_says_what_was_counted_of_whom_by_whom_and_by_which_rules(june: OfficeAtWork) -> None:
    made = sealed(june)
    document = made.document
    assert (made.number, document["author"], document["reason"]) == (1, "cli:thử", "báo cáo 12/BC")
    assert document["figures"]["total"] == {"early": 1, "pending_in_time": 1, "pending_overdue": 1}
    assert document["figures"]["form"][0]["columns"]["3"] == 3
    assert document["versions"]["sla"] == load_office(june.store, OFFICE).version
    assert document["definitions"]["rates"].keys() == {"rate_resolved", "rate_received", "rate_766"}
    with june.store.read(OFFICE) as work:
        listed = dict(work.seals.places(1))
    assert list(listed) == ["HS-1", "HS-2", "HS-3"]
    assert '"counts":["pending_overdue"]' in listed["HS-2"]
    assert '"columns":[3,5,11,13]' in listed["HS-2"]


def test_a_sealed_report_says_what_the_report_says(june: OfficeAtWork) -> None:
    question = asked(june)
    found = figures(june.store, load_office(june.store, OFFICE), question.frame, question.by)
    assert counts_in(sealed(june).document["figures"]) == found.total


def test_what_happens_after_the_period_changes_no_seal(june: OfficeAtWork) -> None:
    sealed(june)
    june.event("finished", "HS-2", at="04/07/2019 09:00", now="04/07/2019 10:00")
    (found,) = checked(june)
    assert found.holds


def test_an_event_recorded_late_is_listed_with_the_dossier_it_moved(june: OfficeAtWork) -> None:
    sealed(june)
    june.event("finished", "HS-2", at="13/06/2019 09:00", now="05/07/2019 10:00")
    june.event("accepted", "HS-4", at="28/06/2019 09:00", now="05/07/2019 10:00", procedure="1.001")
    (found,) = checked(june)
    assert not found.holds
    assert found.unlike == ()  # as of its own moment it comes out as it was
    assert [one.moved.code for one in found.late] == ["HS-2", "HS-4"]
    assert "pending_overdue" in found.late[0].moved.was
    assert '"early"' in found.late[0].moved.now
    assert found.late[1].moved.was == ""
    (event,) = found.late[0].events
    assert (event.event.kind, event.seq, event.recorded_at) == ("finished", 2, local("05/07/2019 10:00"))
    assert found.figures is not None
    assert found.figures["total"]["early"] == 2


def test_a_correction_names_what_it_corrects_and_both_stand(june: OfficeAtWork) -> None:
    first = sealed(june)
    june.event("finished", "HS-2", at="13/06/2019 09:00", now="05/07/2019 10:00")
    office = load_office(june.store, OFFICE)
    second = correct(june.store, office, first.number, by("05/07/2019 14:00", "ghi muộn"))
    assert (second.number, second.document["corrects"]) == (2, 1)
    assert second.document["figures"]["total"]["early"] == 2
    before, after = checked(june)
    assert (before.corrected_by, before.holds, after.corrected_by, after.holds) == (2, True, None, True)
    with pytest.raises(SealError, match="corrected by seal 2"):
        correct(june.store, office, 1, by())
    with pytest.raises(SealError, match="nothing to correct"):
        correct(june.store, office, 2, by("06/07/2019 08:00"))
    with pytest.raises(SealError, match="no seal 9"):
        correct(june.store, office, 9, by())


def test_a_report_is_sealed_once_and_never_without_a_reason(june: OfficeAtWork) -> None:
    sealed(june)
    with pytest.raises(SealError, match="sealed as number 1"):
        sealed(june, at="10/07/2019 08:00")
    assert sealed(june, by=("unit", "channel")).number == 2
    with pytest.raises(SealError, match="reason"):
        seal(june.store, load_office(june.store, OFFICE), asked(june, period="2019-05"), by(reason=" "))


def test_two_that_seal_at_once_make_two_seals_and_one_of_the_same_report(june: OfficeAtWork) -> None:
    office = load_office(june.store, OFFICE)
    others = [asked(june, by=(name,)) for name in ("unit", "officer", "channel", "procedure")]
    same = [asked(june, period="2019-05")] * 4
    refused: list[str] = []

    def attempt(question: Question) -> int | None:
        try:
            return seal(june.store, office, question, by()).number
        except SealError as error:
            refused.append(error.message)
            return None

    with ThreadPoolExecutor(8) as threads:
        numbers = [one for one in threads.map(attempt, others + same) if one is not None]
    assert sorted(numbers) == [1, 2, 3, 4, 5]
    assert refused == ["sealed_before"] * 3
    assert all(one.holds for one in checked(june))


def test_a_list_under_way_keeps_the_end_of_the_record_open(june: OfficeAtWork) -> None:
    if june.store.url.startswith("sqlite"):
        return  # its one writer lets nobody else begin
    with june.store.begin(OFFICE) as work:
        work.events.append([])
        with pytest.raises(SealError, match="events are being recorded"):
            end_of_record(june.store, OFFICE)
    assert end_of_record(june.store, OFFICE) > 0


def test_what_is_recorded_under_an_earlier_moment_behind_the_seal_is_late(june: OfficeAtWork) -> None:
    # A long list carries the moment at which it began; the seal was made in between.
    sealed(june)
    june.event("finished", "HS-2", at="13/06/2019 09:00", now="02/07/2019 10:00")
    (found,) = checked(june)
    assert found.unlike == ()
    assert [one.moved.code for one in found.late] == ["HS-2"]
    assert [entry.event.kind for entry in found.late[0].events] == ["finished"]


@pytest.mark.parametrize("seed", range(3))
def test_no_event_of_later_weeks_changes_what_was_sealed(office: OfficeAtWork, seed: int) -> None:
    busy = BusyOffice(office, Random(seed))  # noqa: S311 - the same weeks every time
    busy.work(50, last=local("10/06/2019 16:00"))
    frame = replace(asked(office, at="11/06/2019 08:00").frame, begin=None, end=None)
    for dimensions in (("unit", "channel"), ("procedure",)):
        for against in ("law", "slip"):
            asked_by = replace(frame, against=against)
            question = asked(office, by=dimensions, form=against == "law", frame=asked_by)
            seal(office.store, load_office(office.store, OFFICE), question, by())
    busy.work(60, first=local("11/06/2019 09:00"), last=local("14/06/2019 16:00"))
    found = checked(office)
    assert len(found) == 4
    assert [one.unlike for one in found] == [()] * 4
    assert any(one.late for one in found)
    assert all(one.events for each in found for one in each.late)
