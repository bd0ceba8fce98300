"""Forms of a real dossier, on both databases: what they say, and that document and event go together."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import HistoryError
from tests.builders import OFFICE, ZONE, local, row
from tests.forms import OWN, own_template
from tests.integration.use_cases.test_follow import AFTER_STORM
from workers.use_cases.follow import follow

if TYPE_CHECKING:
    from tests.form_writer import Writer

SUPPLEMENT: dict[str, Any] = {"items": ("Trích lục bản đồ", "Giấy ủy quyền"), "reason": "thiếu giấy tờ"}
APOLOGY: dict[str, Any] = {"appointed_on": date(2019, 6, 24), "reason": "chờ đo đạc", "document": "12/PXL"}


def at(text: str) -> datetime:
    return local(text).astimezone(ZONE)


def test_a_receipt_states_when_it_came_in_and_when_its_result_is_due(write: Writer) -> None:
    view = write("receipt").view
    assert (view.accepted, view.promised) == (at("03/06/2019 08:00"), at("17/06/2019 17:00"))
    assert (view.due_on, view.appointment) == (date(2019, 6, 17), at("17/06/2019 17:00"))
    assert (view.limit, view.procedure_name, view.field) == ("10 ngày làm việc", "Thủ tục 1.001", "Thử")
    assert (view.signer_role, view.written_on) == ("Người tiếp nhận hồ sơ", date(2019, 6, 12))
    assert "Thời gian nhận hồ sơ: 08 giờ 00 phút, ngày 03 tháng 6 năm 2019." in write.text
    assert "17 giờ 00 phút, ngày 17 tháng 6 năm 2019" in write.text


def test_a_receipt_states_the_date_of_the_acceptance_whatever_has_happened_since(write: Writer) -> None:
    write.office.event("supplement_requested", at="05/06/2019 08:00")
    write.office.event("supplemented", at="10/06/2019 08:00")
    assert write.office.stored().dossier.counting_from == local("10/06/2019 08:00")
    written = write("receipt")
    assert written.view.due_on == date(2019, 6, 17)
    assert written.event is None


def test_a_day_of_receipt_without_an_hour_leaves_room_for_it(write: Writer) -> None:
    write.office.take_in(row("HS-2", accepted="03/06/2019"))
    assert write("receipt", "HS-2").view.accepted == date(2019, 6, 3)
    assert "Thời gian nhận hồ sơ: ...... giờ ...... phút, ngày 03 tháng 6 năm 2019." in write.text


def test_a_procedure_without_a_limit_promises_no_day(write: Writer) -> None:
    write.office.take_in(row("HS-3", procedure="1.003"))
    view = write("receipt", "HS-3").view
    assert (view.limit, view.promised, view.appointment) == ("không quy định thời hạn", None, None)


def test_an_apology_is_written_and_recorded_as_the_re_appointment(write: Writer) -> None:
    written = write("apology", **APOLOGY)
    assert (written.event, written.refused) == ("reappointed", None)
    assert write.office.stored().dossier.appointed_on == date(2019, 6, 24)
    entry = write.office.history()[-1]
    assert (entry.event.kind, entry.event.occurred_at, entry.actor) == (
        "reappointed",
        local("12/06/2019 09:00"),
        "cli:test",
    )
    assert entry.event.data == {"appointed_on": "2019-06-24", "reason": "chờ đo đạc", "document": "12/PXL"}
    assert "17 giờ 00 phút, ngày 24 tháng 6 năm 2019" in write.text
    assert "Lý do: chờ đo đạc." in write.text
    assert "Số: 12/PXL" in write.text


def test_the_applicant_stands_in_the_document_and_nowhere_else(write: Writer) -> None:
    told = {
        "applicant": "Người Rất Riêng",
        "address": "ấp Kín",
        "phone": "0999",
        "email": "kin@example.invalid",
    }
    write("apology", **APOLOGY, **told)
    assert all(text in write.text for text in told.values())
    stored = "".join(entry.data for entry in write.office.history())
    assert write("apology", now="13/06/2019 09:00", **APOLOGY, **told).refused is not None
    with write.office.store.read(OFFICE) as work:
        letters = "".join(letter.payload + letter.message for letter in work.journal.dead_letters(limit=5))
    assert not any(text in stored + letters for text in told.values())


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"appointed_on": date(2019, 6, 17)}, "appointed_not_later"),
        ({"appointed_on": date(2019, 6, 22)}, "appointed_day_off"),
        ({"now": "17/06/2019 09:00"}, "apology_too_late"),
        ({"now": "02/06/2019 09:00"}, "earlier_than_acceptance"),
    ],
)
def test_a_refused_re_appointment_leaves_no_letter_and_its_reason(
    write: Writer, told: dict[str, Any], key: str
) -> None:
    written = write("apology", **{**APOLOGY, **told})
    assert isinstance(written.refused, HistoryError)
    assert written.refused.message == key
    assert written.event is None
    assert write.files == []
    assert write.office.kinds() == ["accepted"]


def test_a_late_apology_is_written_where_a_named_person_answers_for_it(write: Writer) -> None:
    written = write("apology", now="17/06/2019 09:00", forced_by="Trưởng phòng", **APOLOGY)
    assert written.event == "reappointed"
    assert write.office.history()[-1].event.data["late_apology"] == "yes"


def test_the_law_allows_one_re_appointment_and_so_one_letter(write: Writer) -> None:
    write("apology", **APOLOGY)
    again = write("apology", now="13/06/2019 09:00", **{**APOLOGY, "appointed_on": date(2019, 6, 28)})
    assert again.refused is not None
    assert again.refused.message == "second_reappointment"
    assert write.files == ["1.docx"]


def test_a_recorded_apology_can_be_written_again_as_it_was_recorded(write: Writer) -> None:
    write("apology", **APOLOGY)
    first = write.text
    written = write("apology", now="20/06/2019 09:00")
    assert (written.event, written.refused) == (None, None)
    assert write.text == first
    assert write.office.kinds() == ["accepted", "reappointed"]


def test_without_a_new_day_there_is_no_apology(write: Writer) -> None:
    with pytest.raises(HistoryError) as caught:
        write("apology")
    assert caught.value.message == "nothing_appointed"


def test_a_template_that_cannot_be_used_leaves_no_event(write: Writer) -> None:
    own_template(write.folder / "templates", "apology", "{{ nobody }}")
    with pytest.raises(Exception, match="'nobody' is undefined"):
        write("apology", **APOLOGY)
    assert write.files == []
    assert write.office.kinds() == ["accepted"]


def test_a_place_that_cannot_be_written_leaves_no_event(write: Writer) -> None:
    (write.folder / ".1.docx.part").mkdir()
    with pytest.raises(IsADirectoryError):
        write("apology", **APOLOGY)
    assert write.office.kinds() == ["accepted"]
    (write.folder / "2.docx").write_text("đã có", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write("apology", **APOLOGY)
    assert write.office.kinds() == ["accepted"]


def test_the_offices_own_template_is_used(write: Writer) -> None:
    own_template(write.folder / "templates", "receipt", "Biên nhận {{ code }}, {{ unit_name }}")
    assert (write.folder / "templates" / OWN / "receipt.docx").is_file()
    write("receipt")
    assert write.text == "Biên nhận HS-1, Phòng Đất đai"


def test_a_request_for_papers_is_written_and_recorded_and_can_be_written_again(write: Writer) -> None:
    written = write("supplement", **SUPPLEMENT)
    assert written.event == "supplement_requested"
    assert write.office.stored().dossier.stopped_by == "supplement"
    assert write.office.history()[-1].event.data["reason"] == "thiếu giấy tờ"
    assert all(
        text in write.text for text in ("1. Trích lục bản đồ;", "2. Giấy ủy quyền.", "Lý do: thiếu giấy tờ.")
    )
    assert "liên hệ với Công chức thụ lý, Phòng Đất đai" in write.text
    again = write("supplement", now="20/06/2019 09:00")
    assert again.event is None
    assert again.view.written_on == date(2019, 6, 12)
    assert "Lý do: thiếu giấy tờ." in write.text
    assert write.office.kinds() == ["accepted", "supplement_requested"]


def test_papers_without_a_reason_are_the_reason(write: Writer) -> None:
    write("supplement", items=("Trích lục bản đồ", "Giấy ủy quyền"))
    assert write.office.history()[-1].event.data["reason"] == "Trích lục bản đồ; Giấy ủy quyền"


def test_papers_are_asked_for_once(write: Writer) -> None:
    write("supplement", **SUPPLEMENT)
    write.office.event("supplemented", at="13/06/2019 08:00")
    again = write("supplement", now="14/06/2019 09:00", **SUPPLEMENT)
    assert again.refused is not None
    assert again.refused.message == "second_supplement"
    assert write.files == ["1.docx"]


def test_who_signs_can_be_named(write: Writer) -> None:
    view = write("apology", signer="Phó Trưởng phòng", **APOLOGY).view
    assert view.signer_role == "Phó Trưởng phòng"
    assert "PHÓ TRƯỞNG PHÒNG" in write.text


def test_an_unknown_dossier_is_named_with_those_like_it(write: Writer) -> None:
    with pytest.raises(HistoryError) as caught:
        write("receipt", "HS-9")
    assert caught.value.message == "unknown_dossier"


def test_the_same_words_at_the_same_moment_are_one_re_appointment(write: Writer) -> None:
    told = {**APOLOGY, "is_now": False}
    assert write("apology", **told).refused is None
    assert write("apology", **told).refused is None
    assert write.office.kinds() == ["accepted", "reappointed"]


def test_a_date_that_other_rules_moved_is_announced_with_the_old_day_and_why(write: Writer) -> None:
    with pytest.raises(HistoryError) as refused:
        write("rescheduled")
    assert refused.value.message == "nothing_rescheduled"
    write.office.configure(now="05/06/2019 08:00", **AFTER_STORM)
    follow(write.office.store, OFFICE, clock=lambda: local("05/06/2019 08:00"))
    written = write("rescheduled")
    assert (written.view.moved_from, written.view.due_on) == (date(2019, 6, 17), date(2019, 6, 18))
    assert written.event is None
    assert "Ngày hẹn trả kết quả trước đây: ngày 17 tháng 6 năm 2019." in write.text
    assert "17 giờ 00 phút, ngày 18 tháng 6 năm 2019." in write.text
    assert "Lý do: thử." in write.text
