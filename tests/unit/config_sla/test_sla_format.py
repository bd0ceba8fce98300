"""A file set anew says what it said, comment for comment, and is set the same way the next time."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import ConfigError
from config.sla import SAMPLE, read_folder
from config.sla_format import format_text
from config.toml_parts import comments_of
from tests.unit.config_sla.conftest import small_office
from tests.unit.config_sla.test_sla_fuzz import mutations

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = {**read_folder(SAMPLE), **{f"{name}#small": text for name, text in small_office().items()}}

UNTIDY = """\
# Đầu tệp


# Phòng
[units.tnmt]   # đơn vị
aliases=[ "a",'b' ]
name =   "Phòng"     # tên
parent="top"
[units.top]
# Trên cùng
name="Lãnh đạo"



[[roles]]
title="Công chức"
code   =    "officer" # mã
"""
TIDY = """\
# Đầu tệp


# Phòng
[units.tnmt]  # đơn vị
name    = "Phòng"  # tên
parent  = "top"
aliases = ["a", 'b']

[units.top]
# Trên cùng
name = "Lãnh đạo"


[[roles]]
code  = "officer"  # mã
title = "Công chức"
"""
UNTIDY_ROWS = """\
year=2026
days=[
 {kind="off",date=2026-01-01,name="Tết",source="a",verified="yes"}, # Tây

 # Hoán đổi
 { date = 2026-01-02, kind = "swap_off", name = "Nghỉ hoán đổi", source = "bbb", verified = "yes" }
]
"""
TIDY_ROWS = """\
year = 2026
days = [
  { date = 2026-01-01, kind = "off",      name = "Tết",           source = "a",   verified = "yes" },  # Tây

  # Hoán đổi
  { date = 2026-01-02, kind = "swap_off", name = "Nghỉ hoán đổi", source = "bbb", verified = "yes" },
]
"""


@pytest.mark.parametrize(
    ("file", "untidy", "tidy"),
    [
        ("office.toml", UNTIDY, TIDY),
        ("calendar/2026.toml", UNTIDY_ROWS, TIDY_ROWS),
        ("office.toml", "", ""),
        ("office.toml", "\n\n# nur\n\n", "# nur\n"),
        ("x.toml", 'b = 1\r\na . "c d" = [ ]\r\nz={}', 'b       = 1\na."c d" = []\nz       = {}\n'),
        ("x.toml", 'a = """\n  x  # y\n"""   # z\n', 'a = """\n  x  # y\n"""  # z\n'),
        ("x.toml", "a = [[1,2],[\n3 # b\n]]\n", "a = [[1, 2], [\n  3,  # b\n]]\n"),
        ("x.toml", "a = 1979-05-27 07:32:00   \n", "a = 1979-05-27 07:32:00\n"),
    ],
)
def test_a_file_is_set_the_houses_way(file: str, untidy: str, tidy: str) -> None:
    assert format_text(untidy, file=file) == tidy
    assert format_text(tidy, file=file) == tidy


@pytest.mark.parametrize("file", read_folder(SAMPLE))
def test_the_sample_office_is_set_the_houses_way(file: str) -> None:
    assert format_text(FILES[file], file=file) == FILES[file]


@settings(max_examples=300)
@given(file=st.sampled_from(sorted(FILES)), changes=st.lists(mutations(), max_size=4))
def test_no_value_and_no_comment_is_lost_in_whatever_parses(
    file: str, changes: list[Callable[[str], str]]
) -> None:
    text = FILES[file]
    for change in changes:
        text = change(text)
    name = file.partition("#")[0]
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(ConfigError):
            format_text(text, file=name)
        return
    found = format_text(text, file=name)
    assert repr(sorted_keys(tomllib.loads(found))) == repr(sorted_keys(before))
    assert comments_of(found) == comments_of(text)
    assert text.count("#") == found.count("#")
    assert format_text(found, file=name) == found


def sorted_keys(value: object) -> object:
    if isinstance(value, dict):
        return {key: sorted_keys(value[key]) for key in sorted(value)}
    return [sorted_keys(item) for item in value] if isinstance(value, list) else value
