from __future__ import annotations

import pytest

from config.errors import ConfigError
from config.locate import locate, parse_toml

TEXT = '''\
# a comment with = and [brackets]
title = "a # no comment [x]"
a.b."c d" = 1
text = """
key = "not a key"
[not_a_table]
"""
list = [
  "one", # first
  "two",
  { name = "x", rol = 3 },
]
point = { x = 1, y = { z = 2 } }

[table."quoted key"]
inner = 'it'

[[rung]]
before = 1
[rung.who]
role = "head"
[[rung]]
before = 2
[[rung.step]]
n = 1
[[rung.step]]
n = 2
'''


@pytest.mark.parametrize(
    ("path", "line_of"),
    [
        (("title",), "title ="),
        (("a", "b", "c d"), "a.b."),
        (("list", 1), '"two"'),
        (("list", 2, "rol"), "{ name"),
        (("point", "y", "z"), "point ="),
        (("table", "quoted key", "inner"), "inner ="),
        (("rung", 0, "before"), "before = 1"),
        (("rung", 1, "before"), "before = 2"),
        (("rung", 0, "who", "role"), "role ="),
        (("rung", 1, "step", 1, "n"), "n = 2"),
        (("rung", 1, "step", 0, "n"), "n = 1"),
    ],
)
def test_every_way_to_write_a_key_is_found(path: tuple[str | int, ...], line_of: str) -> None:
    line, column = locate(TEXT, path)
    assert line_of in TEXT.splitlines()[line - 1]
    assert column >= 1


def test_the_column_is_that_of_the_key_itself() -> None:
    assert locate("a = { bb = 1, cc = 2 }", ("a", "cc")) == (1, 15)
    assert locate("x.y = 1", ("x", "y")) == (1, 3)


def test_a_missing_key_is_shown_at_its_table() -> None:
    assert locate("a = 1\n\n[columns]\nb = 2\n", ("columns", "code")) == (3, 1)
    assert locate("[[x]]\na = 1\n[[x]]\n", ("x", 1, "b")) == (3, 1)


def test_an_unknown_place_is_zero() -> None:
    assert locate("a = 1", ("b",)) == (0, 0)


def test_text_that_is_no_toml_does_not_hang() -> None:
    for text in ("[", "[[", "a = [", "a = {", 'a = "', "= = =", "]]]", "a = { b = [ , , }", '"""'):
        assert locate(text, ("zzz",)) == (0, 0)


def test_a_mistake_in_the_toml_names_its_line_and_column() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_toml("a = 1\nb = = 2\n", file="x.toml")
    [problem] = caught.value.problems
    assert (problem.file, problem.line, problem.column) == ("x.toml", 2, 5)


def test_a_text_that_ends_too_early_is_shown_at_its_end() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_toml("a = 1\nb = [1,", file="x.toml")
    assert caught.value.problems[0].line == 2
