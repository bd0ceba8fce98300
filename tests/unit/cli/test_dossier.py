from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.builders import message
from tests.unit.cli.conftest import row
from workers import clock
from workers.cli.screen import ago_text, number
from workers.store.unit_of_work import Store
from workers.use_cases.record_event import record_event

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Line


def take_in(office: Line, *rows: str, as_of: str = "") -> None:
    options = ("--as-of", as_of) if as_of else ()
    answer = office("import", str(office.write_list(*rows)), *options)
    assert answer.code == 0, answer


def test_a_dossier_shows_its_due_date_its_slip_and_what_comes_next(office: Line) -> None:
    take_in(office, row(promised="12/11/2025"))
    said = office("dossier", "H51-1").out
    assert "thứ Hai 10/11/2025, hẹn trả 17:00" in said
    assert "quá hạn" in said
    assert "5 ngày làm việc, tính từ 03/11/2025 08:00" in said
    assert "Phiếu hẹn ghi 12/11/2025: muộn hơn hạn 2 ngày" in said
    assert "Chưa ai được báo." in said
    assert "đến mốc, chờ lượt rà" in said
    assert all(len(text) <= 80 for text in said.splitlines())


def test_a_dossier_for_programs_has_iso_instants_of_the_office(office: Line) -> None:
    take_in(office, row(promised="10/11/2025"))
    found = office("dossier", "H51-1", "--json").json
    assert found["due_on"] == "2025-11-10"
    assert found["due_at"] == found["due_original"] == "2025-11-11T00:00:00+07:00"
    assert found["appointment_at"] == "2025-11-10T17:00:00+07:00"
    assert found["overdue"] is True
    assert found["state"] == "processing"
    assert found["slip"] == {
        "promised_at": "2025-11-10T00:00:00+07:00",
        "date_only": True,
        "days_after_due": 0,
    }
    assert found["history"][0]["kind"] == "accepted"
    assert found["history"][0]["actor"].startswith("cli:")
    first = found["next"][0]
    assert first["rung"] == "t-2"
    assert first["recipients"] == ["tu-phap.chuyen-vien-1"]
    assert "@" not in office("dossier", "H51-1", "--json").out


def test_a_dossier_that_can_still_be_in_time_says_how_long(office: Line) -> None:
    local = clock.now() + timedelta(hours=7) - timedelta(minutes=1)
    take_in(office, row(accepted=f"{local:%d/%m/%Y %H:%M}"))
    found = office("dossier", "H51-1", "--json").json
    assert found["overdue"] is False
    assert found["words"].startswith("còn ")
    assert "left" in office("dossier", "H51-1", "--lang", "en").out


def test_a_result_is_told_with_its_timing(office: Line) -> None:
    take_in(office, row(finished="06/11/2025 09:00", status="Đã xử lý xong"))
    said = office("dossier", "H51-1").out
    assert "trước hạn (lúc có kết quả: còn 2 ngày" in said
    assert "Không còn mốc nào." in said


def test_a_dossier_whose_clock_stands_still_says_since_when(office: Line) -> None:
    take_in(office, row(status="Tạm dừng", status_at="05/11/2025 08:00"))
    said = office("dossier", "H51-1").out
    assert "tạm dừng" in said
    assert "đang dừng từ 05/11/2025 08:00" in said
    assert office("dossier", "H51-1", "--json").json["overdue"] is False
    assert office("status", "--json").json["overdue"] == []


def test_an_unknown_code_names_those_like_it(office: Line) -> None:
    take_in(office, row("H51-251103-0001"))
    answer = office("dossier", "H52-251103-0001")
    assert answer.code == 2
    assert "H51-251103-0001?" in answer.err


def test_an_event_by_hand_closes_a_dossier_and_the_same_words_twice_change_nothing(office: Line) -> None:
    take_in(office, row())
    # Its due date has passed long ago: who enters a result dated before it says who answers for that.
    when = ("--at", "07/11/2025 10:00", "--document", "12/QĐ")
    assert office("event", "H51-1", "finished", *when).code == 1
    words = ("event", "H51-1", "finished", *when, "--forced-by", "ldtbxh.lanh-dao", "--reason", "nhập muộn")
    first = office(*words)
    assert first.code == 0
    assert "đã ghi “có kết quả lúc 10:00 07/11/2025”" in first.out
    second = office(*words, "--json")
    assert second.code == 0
    assert (second.json["recorded"], second.json["changed"]) == (True, False)
    found = office("dossier", "H51-1", "--json").json
    assert found["state"] == "finished"
    assert [entry["kind"] for entry in found["history"]] == ["accepted", "finished"]
    assert "12/QĐ" in office("dossier", "H51-1").out


def test_a_day_alone_comes_after_what_is_known_of_that_day(office: Line) -> None:
    take_in(office, row())
    forced = ("--forced-by", "ldtbxh.lanh-dao", "--reason", "nhập muộn")
    assert office("event", "H51-1", "finished", "--at", "03/11/2025", *forced).code == 0
    assert office("dossier", "H51-1", "--json").json["finished_at"] == "2025-11-03T08:00:00+07:00"


def test_an_event_can_accept_hand_over_and_promise(office: Line) -> None:
    accepted = ("event", "H51-7", "accepted", "--at", "03/11/2025 08:00", "--procedure", "1.003583")
    assert office(*accepted).code == 0
    assert office("event", "H51-7", "handed-over", "--unit", "Phòng Nội vụ").code == 0
    assert office("event", "H51-7", "promise_changed", "--promised", "14/11/2025").code == 0
    found = office("dossier", "H51-7", "--json").json
    assert found["unit"]["code"] == "noi-vu"
    assert found["slip"]["days_after_due"] == 4


def test_a_refused_event_is_said_kept_and_listed(office: Line) -> None:
    assert office("letters").code == 0
    answer = office("event", "H51-404", "finished")
    assert answer.code == 1
    assert "không có hồ sơ H51-404" in answer.err
    listed = office("letters")
    assert listed.code == 1
    assert "không có hồ sơ H51-404" in listed.out
    kept = office("letters", "--json").json
    assert kept["total"] == 1
    assert kept["letters"][0]["payload"]["code"] == "H51-404"
    assert office("event", "H51-404", "finished", "--json").json["error"] == "history"


def test_a_refused_event_cannot_move_the_cursor_of_a_terminal(office: Line) -> None:
    store = Store(f"sqlite:///{office.home / 'var' / 'dunghan.db'}")
    payload = {"schema": 1, "key": "\x1b[2J\x1b]0;x", "code": "\u202eH51-1"}
    assert record_event(store, "my-xuyen", payload, actor="test", now=clock.now()) is not None
    store.dispose()
    listed = office("letters").out
    assert "[2J" in listed
    assert listed.replace("\n", "").isprintable()


def test_an_event_for_an_office_nobody_knows_is_listed_with_the_name_it_gave(office: Line) -> None:
    store = Store(f"sqlite:///{office.home / 'var' / 'dunghan.db'}")
    payload = message("finished", "H51-1", at="03/06/2019 08:00")
    assert record_event(store, "my-xuyến", payload, actor="test", now=clock.now()) is not None
    store.dispose()
    listed = office("letters")
    assert listed.code == 1
    assert "Gửi cho cơ quan" in listed.out
    assert "my-xuyến" in listed.out
    (kept,) = office("letters", "--json").json["letters"]
    assert (kept["office"], kept["payload"]["code"]) == ("my-xuyến", "H51-1")


def test_status_shows_the_most_urgent_and_who_must_act(office: Line) -> None:
    local = clock.now() + timedelta(hours=7) - timedelta(minutes=1)
    take_in(office, row("H51-1"), row("H51-2", accepted=f"{local:%d/%m/%Y %H:%M}"))
    answer = office("status")
    assert answer.code == 1
    assert "Chưa có lượt rà nào chạy" in answer.out
    assert "Quá hạn (1)" in answer.out
    assert "tu-phap.chuyen-vien-1" in answer.out
    assert all(len(text) <= 80 for text in answer.out.splitlines())
    found = office("status", "--json").json
    assert (found["open"], found["dossiers"], found["counts"]["pending_overdue"]) == (2, 2, 1)
    assert [entry["code"] for entry in found["overdue"]] == ["H51-1"]
    assert found["last_import"]["rows"] == 2
    assert found["ok"] is False


def test_the_report_counts_by_unit_and_period(office: Line) -> None:
    late, early = "12/11/2025 09:00", "06/11/2025 09:00"
    take_in(
        office,
        row("H51-1", finished=early, status="Đã xử lý xong"),
        row("H51-2", finished=late, status="Đã xử lý xong"),
        row("H51-3", accepted="01/12/2025 08:00"),
    )
    assert "50,00 %" in office("report").out
    found = office("report", "--json").json
    assert found["total"]["received"] == 3
    november = office("report", "--from", "01/11/2025", "--to", "30/11/2025", "--json").json["total"]
    assert (november["early"], november["late"], november["pending"]) == (1, 1, 0)
    edge = office("report", "--from", "01/12/2025", "--to", "01/12/2025", "--json").json["total"]
    assert edge["received"] == 1


def test_the_report_writes_a_workbook(office: Line) -> None:
    take_in(office, row())
    path = office.home.parent / "bang.xlsx"
    answer = office("report", "--xlsx", str(path))
    assert answer.code == 0
    assert path.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(5, "5 giây trước"), (119, "119 giây trước"), (120, "2 phút trước"), (7200, "2 giờ trước")],
)
def test_how_long_ago_is_said_in_a_unit_that_says_enough(seconds: float, said: str) -> None:
    assert ago_text(seconds) == said


def test_counts_are_written_the_vietnamese_way() -> None:
    assert number(12083) == "12.083"
