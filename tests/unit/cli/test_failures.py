from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from tests.unit.cli.conftest import row
from workers.cli.failures import failure_of
from workers.runtime.lock import only_one
from workers.store.errors import StoreError, in_words
from workers.store.unit_of_work import Store

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Line


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nope",), 2, "không có lệnh 'nope'"),
        (("status", "extra"), 2, "thừa đối số"),
        (("dossier",), 2, "thiếu MÃ_HỒ_SƠ"),
        (("dossier", "X", "--jsn"), 2, "Có phải là --json?"),
        (("status", "--home", "x"), 2, "--home đứng ngay sau dunghan"),
        (("letters", "--limit", "0"), 2, "--limit không hợp lệ"),
        (("dossier", "H51-9"), 2, "Không có hồ sơ H51-9."),
        (("event", "H51-9", "vanished"), 2, "accepted (tiếp nhận)"),
        (("event", "H51-9", "handed_over"), 2, "--unit"),
        (("event", "H51-9", "finished", "--at", "qua"), 2, "--at: có “qua”"),
        (("import", "nowhere.csv"), 2, "Không có tệp nowhere.csv"),
        (("report", "--from", "5"), 2, "--from: có “5”"),
        (("report", "--from", "02/01/2026", "--to", "01/01/2026"), 2, "trước --from"),
        (("report", "--from", "01/01/2026 10:00"), 2, "cần một ngày"),
        (("report", "--xlsx", "bang.ods"), 2, ".xlsx"),
        (("report", "--xlsx", "nowhere/bang.xlsx"), 2, "không có thư mục"),
        (("status", "--office", "khac"), 2, "Không có cơ quan khac; có: my-xuyen"),
        (("healthcheck", "moon"), 2, "moon"),
        (("healthcheck", "beat"), 1, "chưa có nhịp nào"),
        (("healthcheck", "flower"), 1, "không biết cổng"),
    ],
    ids=lambda value: "_".join(value) if isinstance(value, tuple) else "",
)
def test_what_goes_wrong_is_said_in_one_sentence_with_an_exit_code(
    office: Line, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = office(*words)
    assert answer.code == code
    assert said in answer.err
    assert 1 <= len(answer.err.strip().splitlines()) <= 2


@pytest.mark.parametrize(
    "words", [("status",), ("report",), ("up",), ("dossier", "X"), ("letters",), ("db", "check")]
)
def test_without_an_office_every_command_says_how_to_make_one(line: Line, words: tuple[str, ...]) -> None:
    answer = line(*words)
    assert answer.code == 3
    assert "dunghan init" in answer.err
    assert not line.home.exists(), "looking makes nothing"


def test_a_database_without_tables_names_the_command_that_makes_them(office: Line) -> None:
    path = office.home / "var" / "dunghan.db"
    path.unlink()
    sqlite3.connect(path).execute("PRAGMA user_version = 1").connection.close()
    answer = office("status")
    assert (answer.code, "dunghan db upgrade" in answer.err) == (3, True)
    assert office("db", "check").code == 3
    assert office("db", "upgrade").code == 0
    assert office("db", "check").code == 0
    assert office("report").code == 0


def test_a_file_that_is_no_database_is_named_as_such(office: Line) -> None:
    for path in (office.home / "var").glob("dunghan.db*"):
        path.write_bytes(b"not a database at all" * 400)
    answer = office("status")
    assert answer.code == 3
    assert "tệp cơ sở dữ liệu" in answer.err


def test_a_server_that_does_not_answer_is_no_traceback(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUNGHAN_DATABASE_URL", "postgresql://a:secret@127.0.0.1:1/a")
    answer = line("status")
    assert answer.code == 3
    assert "không trả lời" in answer.err
    assert "secret" not in answer.err


def test_every_fault_of_the_settings_is_told_on_a_line_of_its_own(office: Line) -> None:
    with (office.home / ".env").open("a", encoding="utf-8") as file:
        file.write("DUNGHAN_SWEP_SECONDS=3\nDUNGHAN_SWEEP_SECONDS=many\n")
    answer = office("status")
    assert answer.code == 2
    assert len(answer.err.splitlines()) == 2
    assert "biến không có; cần một biến của dunghan (có phải là DUNGHAN_SWEEP_SECONDS không?)" in answer.err
    assert "“many”; cần một số nguyên" in answer.err


def test_a_second_up_in_the_same_folder_is_refused(office: Line) -> None:
    with only_one(office.home / "var" / "run" / "up.lock"):
        answer = office("up")
    assert answer.code == 2
    assert "đang chạy rồi" in answer.err


def test_a_fault_of_the_program_leaves_its_details_in_the_log_without_values(office: Line) -> None:
    office("import", str(office.write_list(row())))
    database = sqlite3.connect(office.home / "var" / "dunghan.db")
    database.execute("UPDATE dossiers SET pauses = 'broken'")
    database.commit()
    database.close()
    answer = office("dossier", "H51-1")
    assert answer.code == 70
    assert len(answer.err.splitlines()) == 1
    log = office.home / "var" / "log" / "dunghan-error.log"
    assert str(log) in answer.err
    assert "JSONDecodeError" in log.read_text(encoding="utf-8")


def test_ctrl_c_is_130_and_a_missing_key_is_a_fault_of_ours() -> None:
    stopped = failure_of(KeyboardInterrupt())
    assert stopped is not None
    assert stopped.code == 130
    assert failure_of(KeyError("x")) is None
    assert failure_of(LookupError("không có")) is not None


def test_a_busy_database_is_not_taken_for_a_broken_one(office: Line) -> None:
    url = f"sqlite:///{office.home / 'var' / 'dunghan.db'}"
    engine = create_engine(url, connect_args={"timeout": 0.05})
    store = Store(url)
    with store.begin("my-xuyen"), pytest.raises(StoreError) as found, in_words(), engine.connect() as other:
        other.exec_driver_sql("BEGIN IMMEDIATE")
    store.dispose()
    engine.dispose()
    assert found.value.reason == "busy"
    said = failure_of(found.value)
    assert said is not None
    assert (said.code, "thử lại" in said.lines[0]) == (3, True)


def test_a_wrong_statement_is_a_fault_of_ours_and_keeps_its_own_name() -> None:
    engine = create_engine("sqlite://")
    with pytest.raises(OperationalError), in_words(), engine.connect() as connection:
        connection.exec_driver_sql("SELEC 1")
    engine.dispose()
