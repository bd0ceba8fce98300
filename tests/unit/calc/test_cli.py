"""`dunghan calc` as it is typed: answers, exit statuses, help."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from domain.time_limit import TimeLimit, Unit
from workers.cli.calc import app
from workers.use_cases.calc_due import limit_in_words, read_limit

RUN = CliRunner(env={"COLUMNS": "200"})
GOOD = json.dumps(
    {
        "id": "g",
        "kind": "due",
        "calendar": {"tz": "UTC", "hours": {"mon": [["09:00", "17:00"]]}},
        "start": "2019-04-29T09:00:00Z",
        "limit": {"n": 1, "unit": "hours"},
    }
)


def test_all_lines_answered_exits_0_and_some_refused_1() -> None:
    good = RUN.invoke(app, ["--jsonl"], input=f"{GOOD}\n{GOOD}\n")
    assert (good.exit_code, len(good.stdout.splitlines())) == (0, 2)
    mixed = RUN.invoke(app, ["--jsonl"], input=f"{GOOD}\nx\n{GOOD}\n")
    assert mixed.exit_code == 1
    assert [list(json.loads(line)) for line in mixed.stdout.splitlines()] == [
        ["id", "due"],
        ["id", "error"],
        ["id", "due"],
    ]


def test_no_input_at_all_is_no_refusal() -> None:
    assert RUN.invoke(app, ["--jsonl"], input="").exit_code == 0


def test_files_are_read_and_written(tmp_path: Path) -> None:
    cases, answers = tmp_path / "cases.jsonl", tmp_path / "answers.jsonl"
    cases.write_text(GOOD + "\n", encoding="utf-8")
    assert RUN.invoke(app, ["--jsonl", "--input", str(cases), "--output", str(answers)]).exit_code == 0
    assert json.loads(answers.read_text(encoding="utf-8")) == {"id": "g", "due": "2019-04-29T10:00:00+00:00"}


def test_an_input_that_cannot_be_read_exits_2(tmp_path: Path) -> None:
    for source in (tmp_path / "none.jsonl", tmp_path):
        found = RUN.invoke(app, ["--jsonl", "--input", str(source)])
        assert found.exit_code == 2
        assert str(source) in found.stderr


def test_answers_never_overwrite_their_cases(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text(GOOD, encoding="utf-8")
    found = RUN.invoke(app, ["--jsonl", "--input", str(cases), "--output", str(cases)])
    assert found.exit_code == 2
    assert cases.read_text(encoding="utf-8") == GOOD


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    code = "from workers.cli.calc import app; app(['--jsonl'])"
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.close()
    _, errors = process.communicate((GOOD + "\n").encode() * 2000, timeout=60)
    assert process.returncode == 2
    assert b"Traceback" not in errors


def test_without_a_question_the_help_is_shown_with_examples() -> None:
    found = RUN.invoke(app, [])
    assert found.exit_code == 2
    assert "dunghan calc due --from 2019-04-26" in found.stdout
    assert "dunghan calc due --from 2019-04-26" in RUN.invoke(app, ["due", "--help"]).stdout


def test_a_person_is_told_the_due_date_and_why() -> None:
    found = RUN.invoke(app, ["due", "--from", "2019-04-26", "--limit", "3 ngày làm việc", "--explain"])
    assert found.exit_code == 0, found.output
    assert "Hạn trả kết quả: thứ Bảy 04/05/2019, giờ hẹn trả 17:00" in found.stdout
    assert "thứ Hai 29/04/2019" in found.stdout
    assert "04/05/2019" in next(line for line in found.stdout.splitlines() if "Nghỉ hoán đổi" in line)
    plain = RUN.invoke(
        app, ["due", "--from", "2019-04-26", "--limit", "3 working_days", "--calendar", "my-xuyen"]
    )
    assert len(plain.stdout.splitlines()) == 2


def test_a_person_may_ask_in_english_and_for_json() -> None:
    english = RUN.invoke(
        app, ["due", "--from", "2019-04-26T16:00", "--limit", "8 hours", "--lang", "en", "--explain"]
    )
    assert "Due: Thu 02/05/2019, appointment at 16:00" in english.stdout
    found = RUN.invoke(
        app, ["due", "--from", "2019-04-26T15:30", "--limit", "ngay trong ngày", "--json", "--explain"]
    )
    answer = json.loads(found.stdout)
    assert (answer["due_on"], answer["due_at"]) == ("2019-05-02", "2019-05-03T00:00:00+07:00")
    assert [step["day"] for step in answer["steps"] if step["counted"]] == ["2019-05-02"]
    with_offset = RUN.invoke(
        app, ["due", "--from", "2019-04-26T08:30+00:00", "--limit", "same_day", "--json"]
    )
    assert json.loads(with_offset.stdout)["due_on"] == "2019-05-02"


@pytest.mark.parametrize("written", ["26/04/2019 15:30", "2019-04-26 15:30", "2019-04-26T15:30"])
def test_a_moment_may_be_written_as_the_office_writes_it(written: str) -> None:
    found = RUN.invoke(app, ["due", "--from", written, "--limit", "same_day", "--json"])
    assert json.loads(found.stdout)["due_on"] == "2019-05-02"


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (TimeLimit(27_000, Unit.SECONDS), ("7 giờ 30 phút", "7 h 30 min")),
        (TimeLimit(0, Unit.SECONDS), ("0 giây", "0 s")),
        (TimeLimit(0, Unit.NONE), ("không quy định thời hạn", "no time limit")),
    ],
)
def test_a_limit_is_said_in_words(limit: TimeLimit, words: tuple[str, str]) -> None:
    assert (limit_in_words(limit, "vi"), limit_in_words(limit, "en")) == words


def test_a_date_beyond_the_published_years_is_called_provisional() -> None:
    found = RUN.invoke(app, ["due", "--from", "2040-01-02", "--limit", "15 ngày"])
    assert "Tạm tính" in found.stdout
    assert "tính cả ngày nghỉ" in found.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--from", "26.04.2019", "--limit", "3 working_days"],
        ["--from", "31/04/2019", "--limit", "3 working_days"],
        ["--from", "2019-04-26", "--limit", "soon"],
        ["--from", "2019-04-26", "--limit", "0 ngày"],
        ["--from", "2019-04-26", "--limit", "99999999 ngày"],
        ["--from", "2019-04-26", "--limit", "3 ngày", "--calendar", "nowhere"],
        ["--from", "2019-04-26", "--limit", "3 ngày", "--sla", "/nowhere"],
        ["--from", "9999-12-31", "--limit", "3 ngày"],
    ],
)
def test_what_is_not_understood_exits_2_with_a_sentence(arguments: list[str]) -> None:
    found = RUN.invoke(app, ["due", *arguments])
    assert found.exit_code == 2
    assert found.stderr
    assert "Traceback" not in found.output


@pytest.mark.parametrize(
    ("arguments", "vi", "en"),
    [
        (["--sla", "/nowhere"], "/nowhere: không có thư mục này; cần", "/nowhere: found no such folder"),
        (["--limit", "99999999 ngày"], "dài hơn hai thế kỷ", "is longer than two centuries"),
    ],
)
def test_a_refusal_is_told_in_the_language_asked_for(arguments: list[str], vi: str, en: str) -> None:
    asked = ["due", "--from", "2019-04-26", "--limit", "3 ngày", *arguments]
    assert vi in RUN.invoke(app, asked).stderr
    assert en in RUN.invoke(app, [*asked, "--lang", "en"]).stderr


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("3 ngày làm việc", "working_days"),
        ("07 Ngày làm việc", "working_days"),
        ("15 Ngày", "calendar_days"),
        ("1 tháng", "months"),
        ("8 giờ", "hours"),
        ("30 phút", "minutes"),
        ("Ngay trong ngày", "same_day"),
        ("3 working days", "working_days"),
        ("1 day", "calendar_days"),
        ("2 months", "months"),
        ("8giờ", "hours"),
    ],
)
def test_limits_are_read_in_both_languages(text: str, unit: str) -> None:
    assert read_limit(text).unit == unit
