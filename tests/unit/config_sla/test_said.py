"""What is said of a fault: every sentence in both languages, with the same values, and none but those."""

from __future__ import annotations

import ast
import copy
import tomllib
from string import Formatter
from typing import TYPE_CHECKING, get_args

import pytest

from config import (
    said_files,
    said_ladders,
    said_mails,
    said_office,
    said_rules,
    said_settings,
    said_texts,
    said_toml,
)
from config.errors import ConfigError, Problem
from config.locate import parse_toml
from config.said import CATALOGUE, NOTHING, Said, as_is, say
from config.said_misfits import choice, listed, mistake_in, nearest, shortened
from config.sla_source import Kind
from domain.errors import CalendarError, LimitError
from tests.shared_data import REPO
from tests.unit.config_sla.saying import UNFORESEEN, english_in, sentences_in

if TYPE_CHECKING:
    from collections.abc import Iterator

TOPICS = (
    said_toml.TOML,
    said_files.FILES,
    said_texts.TEXTS,
    said_office.OFFICE,
    said_rules.RULES,
    said_ladders.LADDERS,
    said_settings.SETTINGS,
    said_mails.MAILS,
)
SENTENCES = sorted(set(CATALOGUE) - {""})


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def calls_of_say() -> Iterator[tuple[str, ast.Call]]:
    for path in [*(REPO / "config").glob("*.py"), *(REPO / "workers").rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        if "from config.said import" in text:
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                    yield f"{path.relative_to(REPO)}:{node.lineno}", node


def keys_of(asked: ast.expr) -> list[object]:
    """Return the keys an argument can be: one word, or one of the two sides of a condition."""
    if isinstance(asked, ast.Constant):
        return [asked.value]
    return [*keys_of(asked.body), *keys_of(asked.orelse)] if isinstance(asked, ast.IfExp) else []


CALLS = dict(calls_of_say())


def test_no_key_stands_in_two_topics() -> None:
    assert sum(map(len, TOPICS)) == len(CATALOGUE)


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_tell_of_the_same_values(key: str) -> None:
    vi, en = CATALOGUE[key]
    assert names_in(vi) == names_in(en)
    assert vi
    assert en
    assert not vi.endswith(".")


@pytest.mark.parametrize("key", SENTENCES)
def test_the_vietnamese_sentence_is_vietnamese(key: str) -> None:
    assert english_in(CATALOGUE[key][0].replace("{", "“").replace("}", "”")) == []


@pytest.mark.parametrize("key", SENTENCES)
def test_every_value_is_told_in_both_languages(key: str) -> None:
    names = names_in(CATALOGUE[key][0])
    told = say(key, **{name: f"<{name}>" for name in names})
    assert all(f"<{name}>" in text for name in names for text in (told, told.said()))


@pytest.mark.parametrize("place", CALLS)
def test_whoever_says_a_sentence_gives_it_its_values(place: str) -> None:
    call = CALLS[place]
    given = {each.arg for each in call.keywords}
    for key in keys_of(call.args[0]):
        assert key in CATALOGUE
        assert None in given or given == names_in(CATALOGUE[key][0])


def test_no_sentence_is_kept_that_nobody_says() -> None:
    said: set[object] = set(said_toml.TOML)
    for path in [*(REPO / "config").glob("*.py"), *(REPO / "workers").rglob("*.py")]:
        if not path.name.startswith("said_") or path.name == "said_misfits.py":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            said |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert set(CATALOGUE) - said == set()


@pytest.mark.parametrize("kind", get_args(Kind))
def test_what_a_name_stands_for_has_a_word(kind: str) -> None:
    assert say(kind) == kind
    assert say(kind).said() != kind


def test_as_a_text_it_is_english_and_the_office_reads_vietnamese() -> None:
    told = say("unknown_name", what=say("role"), name="oficer")
    assert told == "the unknown role 'oficer'"
    assert told.said("en") == "the unknown role 'oficer'"
    assert told.said() == "chức danh “oficer” chưa khai báo"


def test_an_unknown_sentence_and_a_missing_value_are_faults_of_the_program() -> None:
    with pytest.raises(KeyError):
        say("never_written")
    with pytest.raises(KeyError):
        say("unknown_key")


def test_a_copy_says_the_same_in_both_languages() -> None:
    copied = copy.deepcopy(say("known_name", what=say("unit"), names=listed(["a", "b"])))
    assert isinstance(copied, Said)
    assert (copied, copied.said()) == ("a known unit: a, b", "đơn vị đã khai báo: a, b")


def test_an_error_of_the_law_is_told_in_the_language_of_the_rest() -> None:
    told = say("refused", error=CalendarError("never_works"))
    assert told.startswith("the calendar never works")
    assert told.said().startswith("lịch không bao giờ làm việc")
    assert say("refused", error=LimitError("text")).said() == "text"


@pytest.mark.parametrize(
    ("value", "en", "vi"),
    [
        ("on_time", "'on_time'", "“on_time”"),
        (True, "True", "true"),
        (7, "7", "7"),
        ([], "[]", "[]"),
        (["04-16", 2], "['04-16', 2]", "[“04-16”, 2]"),
        ({"a": {"b": False}}, "{'a': {'b': False}}", "{a = {b = false}}"),
        ("x\x1b[2J\n", r"'x\x1b[2J\n'", r"“x\x1b[2J\n”"),
        ("ồ" * 200, f"'{'ồ' * 76}...", f"“{'ồ' * 76}..."),
        ([1] * 90, f"{str([1] * 90)[:77]}...", f"{str([1] * 90)[:77]}..."),
    ],
)
def test_a_value_is_shown_as_it_is_written(value: object, en: str, vi: str) -> None:
    told = shortened(value)
    assert (told, told.said()) == (en, vi)


def test_words_to_choose_from_are_quoted_and_the_last_one_is_the_other() -> None:
    assert choice(["a", "b", "c"]).said() == "“a”, “b” hoặc “c”"
    assert choice(["a", "b", "c"]) == "'a', 'b' or 'c'"
    assert choice(["a"]).said() == "“a”"


def test_a_long_row_of_names_is_counted_at_its_end() -> None:
    names = [f"n{number}" for number in range(14)]
    assert listed(names).said().endswith("n11 và 2 tên nữa")
    assert listed(names[:12]) == ", ".join(names[:12])


def test_the_nearest_spelling_is_asked_about_and_nothing_else() -> None:
    assert nearest("Oficer", ["officer", "head"]).said() == "có phải là “officer” không?"
    assert nearest("xyz", ["officer"]) is NOTHING
    assert not NOTHING.said()


def test_a_problem_is_one_line_in_either_language() -> None:
    problem = Problem(
        file="a.toml",
        line=2,
        column=1,
        key="x",
        found=say("unknown_key", key="x"),
        expected=say("one_of", names=listed(["y"])),
        advice=nearest("yy", ["y"]),
    )
    assert str(problem) == "a.toml:2:1: x: found the unknown key 'x', expected one of y (did you mean 'y'?)"
    assert problem.said() == "a.toml:2:1: x: khóa lạ “x”; cần một trong: y (có phải là “y” không?)"
    assert ConfigError([problem, problem]).said() == f"{problem.said()}\n{problem.said()}"


def test_for_programs_the_english_stays_and_the_vietnamese_stands_beside_it() -> None:
    problem = Problem(file="a/", found=say("no_file"), expected=as_is("a.toml"))
    assert problem.as_json() == {
        "file": "a/",
        "line": 0,
        "column": 0,
        "key": "",
        "advice": "",
        "found": "no file",
        "expected": "a.toml",
        "vi": {"found": "không có tệp nào", "expected": "a.toml", "advice": ""},
    }


@pytest.mark.parametrize(
    "text",
    [
        *("= 1", "a", "a = 1 b = 2", "a = 1\x00", "a = '\x01'", "[a]\n[a]", "a = 1\na = 2", "a = 1\n[a]"),
        *("[a", "[[a]", "a = []\n[[a]]", "a = {}\n[a.b]", "[a.b]\n[a]\nb.c = 1", "a = [1", "a = {b = 1"),
        *(
            "a = {b = 1, b = 2}",
            'a = "\\q"',
            'a = "\\u00"',
            'a = "\\ud800"',
            'a = "x',
            "a = 'x",
            "a = 2019-02-30",
        ),
        *(
            "a = Đúng",
            "đ = 1",
            "a.b = 1\n[a]",
            "[a.b]\n[[a]]",
            "[[a]]\n[a]",
            "[a.b]\n[a.b]",
            "a = 2019-02-30",
        ),
        *("a = '''x", "[[a]]\n[[a.b]]\n[a.b]", "a = {b.c = 1, b = 2}", "\x01 = 1", "# \x01", "a = [1 2]"),
    ],
)
def test_what_is_no_toml_is_told_in_vietnamese(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_toml(text, file="a.toml")
    (problem,) = caught.value.problems
    assert not UNFORESEEN & {one.key for one in sentences_in(problem.found)}
    assert english_in(problem.found.said()) == []


def test_the_english_is_that_of_tomllib_but_for_its_lists_of_keys() -> None:
    assert mistake_in("Cannot declare ('a', 'b') twice") == "Cannot declare a.b twice"
    with pytest.raises(tomllib.TOMLDecodeError, match="Unclosed array"):
        tomllib.loads("a = [1")
    assert mistake_in("Unclosed array") == "Unclosed array"
    assert mistake_in("Something new") == "Something new"
