from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from config.sla import read_folder
from config.sla_source import digest_of
from tests.unit.cli.conftest import row
from workers import clock
from workers.queues import QUEUES
from workers.store.unit_of_work import Store
from workers.store.versions import Said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Line


# Stands for any check that a newer program may add: what it refuses, an older one recorded.
GONE_UNIT = """
[targets.cu]
name = "Mục tiêu cũ"
rate = "rate_766"
at_least = 90
unit = "phong-da-giai-the"
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "dunghan.db" not in path.name
    }


def test_init_lays_out_an_office_and_says_what_comes_next(line: Line) -> None:
    answer = line.anywhere("init", str(line.home))
    assert answer.code == 0
    for name in ("sla/office.toml", ".env", "inbox/done", "inbox/rejected", "var/dunghan.db"):
        assert (line.home / name).exists(), name
    assert "phiên bản 1" in answer.out
    assert f"dunghan --home {line.home} up" in answer.out
    assert not (line.home / "templates").exists()


def test_init_again_changes_nothing_and_says_so(office: Line) -> None:
    before = contents(office.home)
    answer = office.anywhere("init", str(office.home))
    assert answer.code == 0
    assert "giữ nguyên" in answer.out
    assert "Việc tiếp theo" not in answer.out
    assert contents(office.home) == before


def test_init_copies_the_mails_on_request_and_never_over_edited_ones(office: Line) -> None:
    office.anywhere("init", str(office.home), "--templates")
    mail = office.home / "templates" / "mails" / "vi" / "reminder.j2"
    mail.write_text("của tôi", encoding="utf-8")
    office.anywhere("init", str(office.home), "--templates")
    assert mail.read_text(encoding="utf-8") == "của tôi"


def test_init_refuses_a_folder_with_something_else_in_it(line: Line) -> None:
    line.home.mkdir()
    (line.home / "thesis.odt").write_text("x", encoding="utf-8")
    answer = line.anywhere("init", str(line.home))
    assert answer.code == 2
    assert "không trống" in answer.err
    assert [path.name for path in line.home.iterdir()] == ["thesis.odt"]


def test_init_before_the_database_server_runs_lays_out_the_folder_and_says_what_is_left(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUNGHAN_DATABASE_URL", "postgresql://a:b@127.0.0.1:1/a")
    answer = line.anywhere("init", str(line.home))
    assert answer.code == 0
    assert "dunghan db upgrade" in answer.out
    assert (line.home / "sla" / "office.toml").is_file()


def test_db_upgrade_records_the_rules_of_an_office_that_has_none_yet(office: Line) -> None:
    (office.home / "var" / "dunghan.db").unlink()
    first, second = office("db", "upgrade"), office("db", "upgrade")
    assert (first.code, second.code) == (0, 0)
    assert "phiên bản 1" in first.out
    assert "phiên bản" not in second.out.replace("phiên bản mới nhất", "")


def test_db_upgrade_fills_in_what_older_tables_lack_and_says_so(office: Line) -> None:
    assert office("import", str(office.write_list(row(), row("H51-2")))).code == 0
    with sqlite3.connect(office.home / "var" / "dunghan.db") as file:
        file.execute("UPDATE dossiers SET step_since = NULL")
    first, second = office("db", "upgrade"), office("db", "upgrade")
    assert (first.code, second.code) == (0, 0)
    assert "2 hồ sơ" in first.out
    assert "hồ sơ" not in second.out
    assert office("db", "rebuild", "--check").code == 0


def test_sla_check_names_every_fault_at_once(office: Line) -> None:
    good = office("sla", "check")
    assert good.code == 0
    assert "59 thủ tục" in good.out
    break_rules(office)
    bad = office("sla", "check")
    assert bad.code == 2
    assert "office.toml" in bad.err
    assert "ladders.toml" in bad.err
    found = office("sla", "check", "--json")
    assert found.code == 2
    assert found.json["ok"] is False
    assert {"file", "line", "key", "found", "expected"} <= set(found.json["problems"][0])


def test_sla_check_warns_of_short_messages_where_no_gateway_is_set(office: Line) -> None:
    assert "DUNGHAN_WEBHOOK_URL" not in office("sla", "check").out
    mail = 'email = "mot-cua.van-hanh@example.invalid"'
    edit(office, "people.toml", mail, f'{mail}, channels = ["sms"], gateway_id = "zalo:1"')
    answer = office("sla", "check")
    assert answer.code == 0
    assert 'people.toml\n      thấy kênh "sms" của mot-cua.van-hanh\n' in answer.out
    gateway = (
        "DUNGHAN_WEBHOOK_URL=https://gateway.example.invalid/\nDUNGHAN_WEBHOOK_SECRET=of-this-test-alone\n"
    )
    (office.home / ".env").write_text(gateway, encoding="utf-8")
    assert "DUNGHAN_WEBHOOK_URL" not in office("sla", "check").out


def test_faulty_rules_never_come_into_force(office: Line) -> None:
    break_rules(office)
    assert office("sla", "apply", "--reason", "thử", "--yes").code == 2
    assert office("sla", "plan").code == 2
    assert office("status", "--json").json["sla_version"] == 1


def test_sla_apply_puts_changed_rules_in_force_as_the_next_version(office: Line) -> None:
    unchanged = office("sla", "apply", "--reason", "chưa đổi gì")
    assert "không đổi, phiên bản 1" in unchanged.out
    edit(office, "office.toml", "Ủy ban nhân dân huyện Mỹ Xuyên", "UBND huyện Mỹ Xuyên")
    assert "phiên bản 2" in office("sla", "apply", "--reason", "QĐ 12", "--yes").out
    assert office("status", "--json").json["name"] == "UBND huyện Mỹ Xuyên"


def test_a_mistyped_office_code_does_not_make_a_second_office(office: Line) -> None:
    edit(office, "office.toml", '"my-xuyen"', '"my-xuyan"')
    refused = office("sla", "apply", "--reason", "nhầm", "--yes")
    assert refused.code == 2
    assert "my-xuyen" in refused.err
    assert office("sla", "apply", "--reason", "thật", "--new-office").code == 0
    both = office("status")
    assert both.code == 2
    assert "--office: my-xuyan, my-xuyen" in both.err
    assert office("status", "--office", "my-xuyen", "--json").json["office"] == "my-xuyen"


def test_a_fresh_heartbeat_is_health_and_an_old_one_is_not(office: Line) -> None:
    beat(office, clock.now().isoformat(timespec="microseconds"))
    assert office("healthcheck", "beat").code == 0
    beat(office, "2019-01-01T00:00:00.000000+00:00")
    assert office("healthcheck", "beat").code == 1


def test_a_worker_is_healthy_while_what_beat_sends_through_its_queues_comes_back(office: Line) -> None:
    now, long_ago = clock.now().isoformat(timespec="microseconds"), "2019-01-01T00:00:00.000000+00:00"
    beat(office, now)
    assert "sweeps im lặng" in office("healthcheck", "worker").err
    for queue in QUEUES:
        beat(office, now, f"probe:{queue}")
    assert office("healthcheck", "worker").code == 0
    beat(office, long_ago, "probe:notices")
    assert "notices im lặng" in office("healthcheck", "worker").err
    assert office("healthcheck", "worker", "--queue", "sweeps", "--queue", "intake").code == 0
    assert office("healthcheck", "worker", "--queue", "notice").code == 2


def test_flower_is_healthy_only_where_it_answers(office: Line) -> None:
    (office.home / "var" / "run" / "flower.url").write_text("http://127.0.0.1:1\n", encoding="utf-8")
    answer = office("healthcheck", "flower")
    assert answer.code == 1
    assert "http://127.0.0.1:1 không trả lời" in answer.err


def test_the_folder_can_be_moved(office: Line) -> None:
    moved = office.home.with_name("moved")
    shutil.move(office.home, moved)
    assert office.anywhere("--home", str(moved), "status").code == 1


def beat(office: Line, at: str, name: str = "beat") -> None:
    database = sqlite3.connect(office.home / "var" / "dunghan.db")
    database.execute("INSERT OR REPLACE INTO heartbeats VALUES ('my-xuyen', ?, ?, '{}')", (name, at))
    database.commit()
    database.close()


def test_rules_that_are_in_force_stay_so_though_a_check_has_been_added_since(office: Line) -> None:
    one = office.home / "sla" / "quality.toml"
    one.write_text(f"{one.read_text(encoding='utf-8')}{GONE_UNIT}", encoding="utf-8")
    files = read_folder(office.home / "sla")
    store = Store(f"sqlite:///{office.home / 'var' / 'dunghan.db'}")
    with store.begin(store.offices()[0]) as work:
        work.versions.append(files, digest_of(files), Said(author="a", reason="bản cũ"), now=clock.now())
        work.commit()
    store.dispose()
    assert office("sla", "check").code == 2
    answer = office("sla", "apply", "--reason", "thử")
    assert (answer.code, "không đổi, phiên bản 2" in answer.out) == (0, True)
    assert office("status", "--json").json["sla_version"] == 2


def test_a_mail_of_the_office_s_own_is_put_in_force_only_once_it_is_there(office: Line) -> None:
    edit(office, "ladders.toml", "[ladders.default]", '[templates]\nnhac = "dossiers"\n\n[ladders.default]')
    edit(office, "ladders.toml", 'template = "due_today"', 'template = "nhac"')
    checked, recorded = office("sla", "check"), office("sla", "apply", "--reason", "thử", "--yes")
    for answer in (checked, recorded):
        assert answer.code == 2
        assert "templates.nhac" in answer.err
        assert "không có tệp templates/mails/vi/nhac.j2 trong thư mục" in answer.err
    mail = office.home / "templates" / "mails" / "vi" / "nhac.j2"
    mail.parent.mkdir(parents=True)
    mail.write_text("Subject: {{ code }}\n{{ nobody }}\n", encoding="utf-8")
    assert "nhac.j2:2" in office("sla", "check").err
    mail.write_text("Subject: {{ code }}\n{{ words }}\n", encoding="utf-8")
    assert office("sla", "check").code == 0
    assert office("sla", "apply", "--reason", "thử", "--yes").code == 0


def break_rules(office: Line) -> None:
    edit(office, "office.toml", "zone ", "zne ")
    edit(office, "ladders.toml", 'kind     = "apology"', 'kind     = "apologi"')


def edit(office: Line, name: str, old: str, new: str) -> None:
    path = office.home / "sla" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    "text", ["Subject: {{ count }}\n{% for %}\n", "Subject: {{ count }}\n{{ sections.ngay }}\n"]
)
def test_a_faulty_table_of_mails_is_found_by_the_check(office: Line, text: str) -> None:
    mail = office.home / "templates" / "mails" / "vi" / "digest.j2"
    mail.parent.mkdir(parents=True)
    mail.write_text(text, encoding="utf-8")
    answer = office("sla", "check")
    assert answer.code == 2
    assert "digest.j2:2" in answer.err
