"""`dunghan doctor` where nothing runs, where little is there, and where servers do not answer."""

from __future__ import annotations

import socket
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests import mail_server
from workers import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.unit.cli.conftest import Answer, Line


def checks(answer: Answer) -> dict[str, dict[str, Any]]:
    return {one["check"]: one for one in answer.json["checks"]}


@contextmanager
def mute() -> Iterator[int]:
    """Give the port of a server that takes connections and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        yield server.getsockname()[1]


def test_where_nothing_runs_each_fault_has_a_line_and_what_to_do(office: Line) -> None:
    answer = office("doctor")
    assert answer.code == 1
    assert answer.err == ""
    assert "✓  Cơ sở dữ liệu trả lời" in answer.out
    assert "✗  Beat: chưa có nhịp nào." in answer.out
    assert "dunghan up" in answer.out
    assert all(len(line) <= 80 for line in answer.out.splitlines())
    found = checks(office("doctor", "--json"))
    assert {found[name]["level"] for name in ("broker", "beat", "run:sweep_dossiers")} == {"trouble"}
    assert found["queue:notices"]["level"] == "unknown"
    assert {found[name]["level"] for name in ("settings", "database", "configuration", "mail")} == {"ok"}
    assert {found[name]["office"] for name in ("beat", "due")} == {"my-xuyen"}
    elsewhere = office("doctor", "--office", "my-xuyan")
    assert (elsewhere.code, "my-xuyan" in elsewhere.out) == (2, True)


def test_rules_on_disk_that_are_not_in_force_are_warned_of(office: Line) -> None:
    path = office.home / "sla" / "office.toml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n# sửa\n", encoding="utf-8")
    found = checks(office("doctor", "--json"))["configuration"]
    assert (found["level"], "dunghan sla apply" in found["advice"]) == ("warning", True)
    path.write_bytes(b"\xff")
    assert checks(office("doctor", "--json"))["configuration"]["level"] == "warning"


def test_tables_of_another_version_and_no_tables_are_told_with_the_command_that_mends_it(
    office: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(office.home / "var" / "dunghan.db")) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '0001'")
    found = checks(office("doctor", "--json"))
    assert found["database"]["advice"] == "Hãy chạy: dunghan db upgrade"
    assert found["beat"]["level"] == "trouble", "the rest is looked at all the same"
    empty = office.home / "var" / "empty.db"
    empty.touch()
    monkeypatch.setenv("DUNGHAN_DATABASE_URL", f"sqlite:///{empty}")
    answer = office("doctor", "--json")
    assert (answer.code, answer.json["ok"]) == (3, False)
    assert "dunghan db upgrade" in checks(answer)["database"]["text"]


def test_without_an_office_or_with_faulty_settings_there_is_an_answer_too(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = line("doctor")
    assert answer.code == 3
    assert "dunghan init" in answer.out
    assert not line.home.exists()
    monkeypatch.setenv("DUNGHAN_SWEEP_SECONDS", "often")
    refused = line("doctor", "--json")
    assert refused.code == 2
    assert "DUNGHAN_SWEEP_SECONDS" in checks(refused)["settings"]["text"]


@pytest.mark.timeout(60)
def test_servers_that_take_the_connection_and_never_answer_do_not_keep_it(
    office: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mute() as port:
        monkeypatch.setenv("DUNGHAN_DATABASE_URL", f"postgresql://a:b@127.0.0.1:{port}/a")
        monkeypatch.setenv("DUNGHAN_BROKER_URL", f"redis://127.0.0.1:{port}/0")
        monkeypatch.setenv("DUNGHAN_SMTP_URL", f"smtp://127.0.0.1:{port}")
        took = clock.stopwatch()
        answer = office("doctor", "--mail", "--json")
        assert took() < 10
    assert answer.code == 3
    found = checks(answer)
    assert {found[name]["level"] for name in ("database", "broker", "mail")} == {"trouble"}
    assert "không trả lời" in found["database"]["text"]
    assert found["disk"]["level"] == "ok"


def test_the_mail_server_is_greeted_only_when_asked_and_gets_no_mail(
    office: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = mail_server.MailServer()
    with mail_server.running(server) as port:
        monkeypatch.setenv("DUNGHAN_SMTP_URL", f"smtp://{mail_server.HOST}:{port}")
        assert "--mail" in checks(office("doctor", "--json"))["mail"]["text"]
        assert f":{port} trả lời" in checks(office("doctor", "--mail", "--json"))["mail"]["text"]
    assert server.mails == []
    assert checks(office("doctor", "--mail", "--json"))["mail"]["level"] == "trouble"


def test_a_broker_that_may_forget_is_warned_of_and_one_nobody_reads_is_said_so(
    office: Line, broker_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUNGHAN_BROKER_URL", broker_url)
    found = checks(office("doctor", "--json"))
    assert (found["broker"]["level"], "không worker nào" in found["broker"]["text"]) == ("ok", True)
    assert found["beat"]["level"] == "unknown"
    assert {found[f"queue:{name}"]["level"] for name in ("sweeps", "intake")} == {"trouble"}


def test_metrics_are_printed_though_database_and_broker_are_away(
    office: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = office("metrics")
    assert there.code == 0
    assert {"dunghan_database_up 1.0", "dunghan_broker_up 0.0"} <= set(there.out.splitlines())
    assert 'dunghan_oldest_due_seconds{office="my-xuyen"} 0.0' in there.out
    monkeypatch.setenv("DUNGHAN_DATABASE_URL", "postgresql://a:b@127.0.0.1:1/a")
    away = office("metrics")
    assert away.code == 3
    assert "dunghan_database_up 0.0" in away.out
    assert "không trả lời" in away.err
    assert office("metrics", "--serve", "somewhere").code == 2
