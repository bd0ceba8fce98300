"""What has changed since the last list becomes events with their own moments; history stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import local, refusals, row

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork

DONE = {"finished": "07/06/2019 10:00", "status": "Đã xử lý xong"}
STOPPED = {"status": "Tạm dừng", "status_at": "05/06/2019 10:00"}
ASKED = {"status": "Chờ bổ sung", "status_at": "05/06/2019 10:00"}


def test_a_dossier_handed_over_changes_its_unit_at_the_moment_of_its_change(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.take_in(row(unit="civil", officer="civil.1", status_at="04/06/2019 08:00"), now="05/06/2019 09:00")
    assert office.moments()[1:] == [("handed_over", "04/06/2019 08:00")]
    dossier = office.stored().dossier
    assert (dossier.unit, dossier.officer) == ("civil", "civil.1")


def test_a_change_without_its_own_moment_has_that_of_the_list(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.take_in(row(officer="land.2"), now="06/06/2019 09:00", seen_at=local("05/06/2019 18:00"))
    assert office.moments()[1:] == [("officer_changed", "05/06/2019 18:00")]


def test_the_date_on_the_slip_is_kept_as_it_is_printed_and_moves_nothing(office: OfficeAtWork) -> None:
    office.take_in(row(promised="17/06/2019 16:00"))
    before = office.clock()
    office.take_in(row(promised="20/06/2019"), now="05/06/2019 09:00")
    assert office.kinds() == ["accepted", "promise_changed"]
    assert office.clock() == before


def test_a_suspension_stops_the_clock_and_going_on_gives_its_days_back(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.take_in(row(**STOPPED), now="06/06/2019 09:00")
    clock = office.clock()
    assert clock is not None
    assert (clock.next_action_at, clock.epoch) == (None, 0)
    office.take_in(row(status_at="07/06/2019 08:00"), now="08/06/2019 09:00")
    clock = office.clock()
    assert clock is not None
    # Wednesday to Friday: two working days do not count.
    assert clock.due_at == local("20/06/2019 00:00")
    assert clock.epoch == 1
    assert office.stored().due_original == local("18/06/2019 00:00")
    assert [kind for kind, _ in office.moments()] == ["accepted", "suspended", "resumed"]


def test_papers_that_come_let_the_limit_begin_anew(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.take_in(row(**ASKED), now="06/06/2019 09:00")
    office.take_in(row(status_at="10/06/2019 08:00"), now="11/06/2019 09:00")
    clock = office.clock()
    assert clock is not None
    assert clock.due_at == local("25/06/2019 00:00")
    assert office.kinds() == ["accepted", "supplement_requested", "supplemented"]


def test_papers_asked_for_after_the_due_date_do_not_make_a_late_dossier_timely(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.take_in(row(status="Chờ bổ sung", status_at="20/06/2019 08:00"), now="20/06/2019 09:00")
    office.take_in(row(status_at="21/06/2019 08:00"), now="21/06/2019 09:00")
    office.take_in(row(finished="24/06/2019 08:00", status="Đã xử lý xong"), now="24/06/2019 09:00")
    assert office.stored().timing == "late"
    assert office.stored().due_judged == local("18/06/2019 00:00")


def test_papers_are_asked_for_once(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.take_in(row(**ASKED), now="06/06/2019 09:00")
    office.take_in(row(status_at="10/06/2019 08:00"), now="11/06/2019 09:00")
    taken = office.take_in(row(status="Chờ bổ sung", status_at="12/06/2019 08:00"), now="12/06/2019 09:00")
    assert "một lần" in refusals(taken)[0]
    assert office.kinds()[-1] == "supplemented"


def test_a_finished_dossier_is_judged_and_loses_its_clock(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.take_in(row(**DONE), now="08/06/2019 09:00")
    assert office.clock() is None
    assert office.stored().timing == "early"
    office.take_in(row(**DONE | {"status": "Đã trả", "returned": "10/06/2019"}), now="11/06/2019 09:00")
    assert office.moments()[1:] == [("finished", "07/06/2019 10:00"), ("returned", "10/06/2019 00:00")]
    assert office.stored().timing == "early"


def test_a_result_handed_out_without_a_date_of_its_own_is_finished_then(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.take_in(row(status="Đã trả", returned="18/06/2019 08:00"), now="19/06/2019 09:00")
    assert office.kinds() == ["accepted", "finished", "returned"]
    assert office.stored().timing == "late"


@pytest.mark.parametrize(
    ("status", "kind", "timing"), [("Đã rút", "withdrawn", None), ("Từ chối", "refused", "early")]
)
def test_a_withdrawn_dossier_is_not_judged_and_a_refused_one_is(
    office: OfficeAtWork, status: str, kind: str, timing: str | None
) -> None:
    office.take_in(row())
    office.take_in(row(status=status, status_at="05/06/2019 08:00"), now="06/06/2019 09:00")
    assert office.moments()[1:] == [(kind, "05/06/2019 08:00")]
    assert office.clock() is None
    assert office.stored().timing == timing


@pytest.mark.parametrize(
    ("before", "after", "sign"),
    [
        ({}, {"accepted": "04/06/2019 08:00"}, "tiếp nhận"),
        ({}, {"procedure": "1.004"}, "1.004"),
        (DONE, {}, "kết quả"),
        (DONE, DONE | {"finished": "06/06/2019 10:00"}, "kết quả"),
        (DONE, {"status": "Đã rút"}, "kết quả"),
    ],
)
def test_a_row_that_contradicts_history_is_reported_and_overwrites_nothing(
    office: OfficeAtWork, before: dict[str, str], after: dict[str, str], sign: str
) -> None:
    office.take_in(row(**before), now="08/06/2019 09:00")
    stored, history = office.stored(), office.history()
    taken = office.take_in(row(**after), row("HS-2"), now="10/06/2019 09:00")
    assert [line for line, _ in taken.report.refused] == [2]
    assert sign in refusals(taken)[0]
    assert (office.stored(), office.history()) == (stored, history)
    assert office.kinds("HS-2") == ["accepted"]
    again = office.take_in(row(**after), now="11/06/2019 09:00")
    assert len(again.report.refused) == 1, "a contradiction stays one until somebody resolves it"


def test_a_change_that_lies_before_the_last_one_is_refused(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.take_in(row(**STOPPED), now="06/06/2019 09:00")
    taken = office.take_in(row(status_at="04/06/2019 08:00"), now="08/06/2019 09:00")
    assert len(taken.report.refused) == 1
    assert office.kinds() == ["accepted", "suspended"]


def test_a_result_from_before_the_suspension_needs_a_person(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.take_in(row(**STOPPED), now="06/06/2019 09:00")
    taken = office.take_in(row(finished="04/06/2019 08:00", status="Đã xử lý xong"), now="08/06/2019 09:00")
    assert len(taken.report.refused) == 1
    assert office.stored().dossier.is_open


def test_a_result_while_it_stood_still_asks_when_it_went_on(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.take_in(row(**STOPPED), now="06/06/2019 09:00")
    taken = office.take_in(row(**DONE), now="08/06/2019 09:00")
    assert "dunghan event" in refusals(taken)[0]
    assert office.event("resumed", at="06/06/2019 14:00", now="10/06/2019 09:00") is None
    office.take_in(row(**DONE), now="11/06/2019 09:00")
    assert office.kinds() == ["accepted", "suspended", "resumed", "finished"]


def test_an_older_list_undoes_nothing_that_a_newer_one_said(office: OfficeAtWork) -> None:
    office.take_in(row(), seen_at=local("03/06/2019 08:30"))
    office.take_in(row(officer="land.2"), now="05/06/2019 09:00")
    taken = office.take_in(row(), now="06/06/2019 09:00", seen_at=local("04/06/2019 09:00"))
    assert len(taken.report.refused) == 1
    assert office.stored().dossier.officer == "land.2"


def test_two_lists_that_keep_saying_different_things_flip_the_officer_each_time(office: OfficeAtWork) -> None:
    for day, officer in enumerate(["land.1", "land.2", "land.1", "land.2"], start=4):
        office.take_in(row(officer=officer), now=f"{day:02d}/06/2019 09:00")
    assert office.kinds() == ["accepted", *["officer_changed"] * 3]
    assert office.stored().dossier.officer == "land.2"


def test_days_without_an_hour_keep_their_order_within_one_day(office: OfficeAtWork) -> None:
    cells = {
        "accepted": "03/06/2019 15:00",
        "finished": "03/06/2019",
        "returned": "03/06/2019",
        "status": "Đã trả",
    }
    report = office.take_in(row(**cells), now="04/06/2019 09:00").report
    assert report.refused == []
    assert [moment for _, moment in office.moments()] == ["03/06/2019 15:00"] * 3


def test_a_day_of_receipt_counts_from_the_next_day_whatever_the_hour(office: OfficeAtWork) -> None:
    office.take_in(
        row("A", accepted="03/06/2019"), row("B", accepted="03/06/2019 16:59"), now="04/06/2019 09:00"
    )
    first, second = office.clock("A"), office.clock("B")
    assert first is not None
    assert second is not None
    assert first.due_at == second.due_at == local("18/06/2019 00:00")


def test_an_officer_who_is_not_among_the_people_is_kept_and_the_whole_unit_is_told(
    office: OfficeAtWork,
) -> None:
    office.take_in(row(officer="Công chức số 7"))
    office.act(now="13/06/2019 08:00")
    assert [recipient for _, recipient, _ in office.told()] == ["land.1", "land.2"]


def test_what_another_system_reported_is_not_undone_by_a_list_that_does_not_know_it_yet(
    office: OfficeAtWork,
) -> None:
    office.take_in(row())
    assert office.event("suspended", at="05/06/2019 10:00", now="05/06/2019 11:00") is None
    office.take_in(row(officer="land.2"), now="05/06/2019 12:00")
    assert office.kinds() == ["accepted", "suspended", "officer_changed"]
    assert not office.stored().dossier.is_running


def test_a_row_with_another_face_and_the_same_meaning_is_remembered_and_does_nothing(
    office: OfficeAtWork,
) -> None:
    office.take_in(row())
    report = office.take_in(row(unit="Phòng Đất đai"), now="04/06/2019 09:00").report
    assert (report.unchanged, report.events) == (1, 0)
    before = office.stored()
    office.take_in(row(unit="Phòng Đất đai"), now="05/06/2019 09:00")
    assert office.stored() == before


def test_a_dossier_that_was_not_accepted_has_no_clock(office: OfficeAtWork) -> None:
    report = office.take_in(row(status="Đang xử lý"), now="03/06/2019 09:00").report
    assert report.not_accepted == 0
    assert office.clock() is not None
