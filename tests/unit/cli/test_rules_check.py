from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

from tests.unit.config_sla.saying import english_in

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Line


PLACE = re.compile(r"^ *\S+\.toml:\S+.*$", re.MULTILINE)


def edit(office: Line, name: str, old: str, new: str) -> None:
    path = office.home / "sla" / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_faults_that_expect_the_same_are_told_together_each_with_its_place(office: Line) -> None:
    edit(office, "office.toml", 'parent  = "lanh-dao"', 'parent  = "lanh-dap"')
    answer = office("sla", "check")
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith("Lỗi: 9\n\n  office.toml:")
    assert len(re.findall(r"\n  office\.toml:\d+:1  units\.[a-z0-9-]+\.parent(?=\n)", answer.err)) == 9
    assert answer.err.count("cần  đơn vị đã khai báo: lanh-dao, mot-cua") == 1
    assert "      →    có phải là “lanh-dao” không?\n" in answer.err
    assert max(map(len, answer.err.splitlines())) <= 80


def test_faults_and_doubts_are_told_in_vietnamese_whichever_command_finds_them(office: Line) -> None:
    assert english_in(PLACE.sub("", office("sla", "check").out)) == []
    edit(office, "people.toml", 'role = "chair"', 'role = "cheir"')
    edit(office, "bundles.toml", '"10 working_days"', '"90 working_days"')
    edit(office, "ladders.toml", "level    = 2", "level    = 9")
    edit(office, "procedures/ruou-thu-cong.toml", "2025-06-30", "2015-06-30")
    (office.home / "sla" / "calendar" / "2022.toml").unlink()
    for words in ("sla check", "sla plan", "sla apply --reason thử --yes", "calendar import days.csv"):
        answer = office(*words.split())
        assert answer.code == 2
        assert english_in(PLACE.sub("", answer.err)) == []
        assert "chức danh “cheir” chưa khai báo" in answer.err


def test_warnings_leave_the_exit_code_at_zero_unless_they_are_to_fail(office: Line) -> None:
    calm, strict = office("sla", "check"), office("sla", "check", "--strict")
    assert (calm.code, strict.code) == (0, 1)
    assert calm.out == strict.out
    assert max(map(len, calm.out.splitlines())) <= 95  # the last sentence alone goes on; a terminal wraps it
    assert "… và " in calm.out
    every = office("sla", "check", "--strict", "--json")
    assert every.code == 1
    assert every.json["ok"] is True
    assert len(every.json["warnings"]) > calm.out.count(".toml:")
    assert all(warning["line"] or warning["file"] == "calendar/" for warning in every.json["warnings"])


def test_a_clean_folder_is_clean_even_when_warnings_fail(office: Line, tiny_rules: str) -> None:
    answer = office.anywhere("sla", "check", tiny_rules, "--strict")
    assert answer.code == 0, answer.out
    assert "Cảnh báo" not in answer.out


def test_a_target_weaker_than_the_one_the_year_began_with_is_doubtful(office: Line) -> None:
    assert "mục tiêu thấp hơn" not in office("sla", "check").out
    edit(office, "quality.toml", "at_least = 98", "at_least = 97.5")
    told = office("sla", "check", "--json").json
    assert told["held_against"] == 1
    (weaker,) = [warning for warning in told["warnings"] if warning["file"] == "quality.toml"]
    assert (weaker["line"], weaker["key"]) == (10, "targets.dung-han.at_least")
    assert weaker["found"] == "a weaker target, 97.5 %"
    assert weaker["expected"] == "as in version 1: 98 % of rate_resolved"
    assert weaker["vi"]["found"] == "mục tiêu thấp hơn, 97.5 %"
    assert weaker["vi"]["expected"] == "như ở phiên bản 1: rate_resolved ít nhất 98 %"


def test_targets_are_held_against_last_year_even_after_they_were_weakened(office: Line) -> None:
    with sqlite3.connect(office.home / "var" / "dunghan.db") as file:
        file.execute("UPDATE sla_versions SET created_at = '2020-05-01T00:00:00.000000+00:00'")
    edit(office, "quality.toml", "at_least = 98", "at_least = 97")
    assert office("sla", "apply", "--reason", "hạ mục tiêu", "--yes").code == 0
    assert "thấy mục tiêu thấp hơn, 97 %" in office("sla", "check").out


def test_rules_are_checked_where_there_is_no_database_yet(office: Line) -> None:
    (office.home / "var" / "dunghan.db").unlink()
    answer = office("sla", "check", "--json")
    assert answer.code == 0
    assert answer.json["held_against"] is None
    assert not (office.home / "var" / "dunghan.db").exists()
