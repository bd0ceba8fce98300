"""Nothing is taken in silence: a changed value changes the meaning or is refused; order has no meaning."""

from __future__ import annotations

import copy
import random
import tomllib
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import ConfigError
from config.sla import SAMPLE, load_sla, parse, read_folder
from tests.unit.config_sla.conftest import small_office
from tests.unit.config_sla.meaning import meaning_of
from tests.unit.config_sla.saying import UNFORESEEN, sentences_of
from tests.unit.config_sla.test_sla_defaults import DEFAULTS, SHORT
from tests.unit.config_sla.test_sla_editor import places

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hypothesis.strategies import SearchStrategy

    from config.sla import Sla

SAMPLE_FILES = read_folder(SAMPLE)
FOR_PEOPLE = {("ladders", "default", "name"), ("ladders", "short", "name"), ("ladders", "steps", "name")}
"""What only whoever reads the file is told."""


@lru_cache
def whole_office() -> dict[str, str]:
    """The small office, with things in common as well, every one of them used."""
    files = small_office()
    case = '[[versions.cases]]\ncode = "far"\n[[versions.cases]]\ncode = "post"\nlabel = "Bưu chính"\n'
    case += 'channel = "post"\nlimit = "12 working_days"\n'
    two = files["procedures/two.toml"].replace('"Đất đai"', '"land"')
    three = two.replace("1.002", "1.003").replace("hai", "ba")
    common = DEFAULTS.replace('ladder   = "slow"\n', "").replace('calendar = "long"\n', "")
    return {
        **files,
        "defaults.toml": common.replace('financial_obligation = "none", ', ""),
        "procedures/one.toml": SHORT.replace('cases       = [{ code = "far" }]\n', "") + case,
        "procedures/two.toml": two,
        "procedures/three.toml": three.replace('"land"\nunit = "land"', '"other"\nunit = "top"'),
    }


def leaves(data: Any) -> list[tuple[Any, ...]]:
    return [path for path in places(data) if not isinstance(value_at(data, path), (dict, list))]


def value_at(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


def with_value(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    data = copy.deepcopy(data)
    value_at(data, path[:-1])[path[-1]] = value
    return data


def another(value: Any) -> SearchStrategy[Any]:
    """Values that are not this one, of its type and of others."""
    near: SearchStrategy[Any] = st.just(f"{value}x") | st.just("x")
    if isinstance(value, bool):
        near = st.just(not value)
    elif isinstance(value, (int, float)):
        near = st.sampled_from([value + 1, value - 1, -value, float(value), 10**30])
    elif isinstance(value, date):
        near = st.sampled_from([value + timedelta(days=1), value - timedelta(days=1)])
    others = st.sampled_from(["", "none", 0, 7, True, [], [value], {}, {"x": value}, date(2019, 5, 1), 1.5])
    return (near | others).filter(lambda found: (type(found), found) != (type(value), value))


@lru_cache
def as_it_is(sample: bool) -> Any:  # noqa: FBT001 - one of two
    return told(SAMPLE_FILES if sample else whole_office())


def told(files: dict[str, str]) -> Any:
    """Return the meaning of files, None where they are refused."""
    return answered(lambda: parse(files))


def answered(read: Callable[[], Sla]) -> Any:
    try:
        return meaning_of(read())
    except ConfigError as error:
        problems = error.problems
    assert problems
    assert all(problem.found and problem.expected and len(str(problem)) < 2000 for problem in problems)
    assert all(problem.said() for problem in problems)
    assert not UNFORESEEN & {said.key for problem in problems for said in sentences_of(problem)}
    return None


@pytest.mark.parametrize("name", whole_office())
def test_every_value_means_something_or_is_refused(name: str) -> None:
    files = whole_office()
    before, data = as_it_is(sample=False), tomllib.loads(files[name])
    assert before is not None
    for path in leaves(data):
        value = value_at(data, path)
        next_to: Any = value + timedelta(days=1) if isinstance(value, date) else f"{value}x"
        next_to = value + 1 if isinstance(value, (int, float)) else next_to
        text = tomlkit.dumps(with_value(data, path, not value if isinstance(value, bool) else next_to))
        assert told({**files, name: text}) != before or path in FOR_PEOPLE, path


@settings(max_examples=150)
@given(draw=st.data())
def test_no_value_is_taken_for_another_in_silence(draw: st.DataObject) -> None:
    sample = draw.draw(st.booleans())
    files = SAMPLE_FILES if sample else whole_office()
    name = draw.draw(st.sampled_from(sorted(files)))
    data = tomllib.loads(files[name])
    path = draw.draw(st.sampled_from(leaves(data)))
    value = draw.draw(another(value_at(data, path)))
    found = told({**files, name: tomlkit.dumps(with_value(data, path, value))})
    old = value_at(data, path)
    same = value in ([old], old)  # 98.0 for 98, and one word for a list of it
    assert found != as_it_is(sample=sample) or path in FOR_PEOPLE or same


@settings(max_examples=60)
@given(
    draw=st.data(), key=st.sampled_from(["levle", "naem", "x", "until", "from", "limit", "unit", "remote"])
)
def test_no_key_is_passed_over_in_silence(draw: st.DataObject, key: str) -> None:
    files = whole_office()
    name = draw.draw(st.sampled_from(sorted(files)))
    data = tomllib.loads(files[name])
    tables = [(), *(path for path in places(data) if isinstance(value_at(data, path), dict))]
    tables = [path for path in tables if path != ("sources",)]  # a document more is no fault
    path = draw.draw(st.sampled_from(tables))
    if key not in value_at(data, path):
        assert told({**files, name: tomlkit.dumps(with_value(data, (*path, key), "7"))}) != as_it_is(
            sample=False
        )


def shuffled(value: Any, chance: random.Random) -> Any:
    """The same value with the keys of every table in another order; lists keep theirs."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: shuffled(value[key], chance) for key in keys}
    return [shuffled(item, chance) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_files_tables_and_keys_says_nothing(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - an order, not a secret
    for files in (whole_office(), SAMPLE_FILES):
        names = list(files)
        chance.shuffle(names)
        anew = {name: tomlkit.dumps(shuffled(tomllib.loads(files[name]), chance)) for name in names}
        assert told(anew) == told(files)


def test_the_names_of_files_in_a_folder_say_nothing() -> None:
    def renamed(name: str) -> str:
        folder, slash, rest = name.partition("/")
        return f"{folder}/{rest[::-1].removeprefix('lmot.')}.toml" if slash and folder != "intake" else name

    anew = {renamed(name): text for name, text in SAMPLE_FILES.items()}
    assert set(anew) != set(SAMPLE_FILES)
    found, before = told(anew), told(SAMPLE_FILES)
    assert {**found, "warnings": 0} == {**before, "warnings": 0}


DAMAGE: list[tuple[bytes, bytes]] = [
    (b"", b"\xef\xbb\xbf"),
    (b"\n", b"\r\n"),
    (b"=", b"\x00="),
    (b'"', b'"\x00'),
    (b"a", b"\xff"),
    (b"=", b"= " + b"[" * 5000),
    (b"=", b"= " + b"9" * 5000 + b"\n#"),
    (b"=", b"= 0x" + b"f" * 4000 + b"\n#"),
    (b"\n", b"\n" + b"x." * 3000 + b"y = 1\n"),
    (b"\n", b"\n[" + b"x." * 3000 + b"y]\n"),
    (b"=", b"= {" + b"a={" * 2000),
    *((b"=", b"= " + b"[" * depth + b"]" * depth + b"\n#") for depth in (200, 300, 320, 330, 480)),
    *((b"=", b"= " + b"{a=" * depth + b"{}" + b"}" * depth + b"\n#") for depth in (150, 200, 240, 320)),
    *((b"\n", b"\n" + b"x." * depth + b"y = 1\n") for depth in (300, 900)),
    (b'"', b'"""'),
    (b" = ", b" = 1e999999\n#"),
    (b"\n", b"\n\xe2\x80\xa8"),
]


@pytest.fixture(scope="module")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rules")
    for file, text in SAMPLE_FILES.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    return folder


@settings(max_examples=100)
@given(
    name=st.sampled_from(sorted(SAMPLE_FILES)),
    damage=st.sampled_from(DAMAGE),
    at=st.floats(0, 1),
    lines_of_it=st.tuples(st.integers(0, 3), st.integers(0, 2)),
)
def test_a_damaged_file_of_the_sample_office_is_read_or_refused(
    name: str, damage: tuple[bytes, bytes], at: float, lines_of_it: tuple[int, int], sample_folder: Path
) -> None:
    folder, (dropped, doubled) = sample_folder, lines_of_it
    lines = SAMPLE_FILES[name].encode().splitlines(keepends=True)
    first = int(at * (len(lines) - 1))
    lines[first : first + dropped] = lines[first : first + 1] * doubled
    whole, (old, new) = b"".join(lines), damage
    cut = whole.find(old, int(at * len(whole)))
    (folder / name).write_bytes(whole[:cut] + new + whole[cut + len(old) :] if cut >= 0 else whole)
    answered(lambda: load_sla(folder))
    (folder / name).write_text(SAMPLE_FILES[name], encoding="utf-8")


def test_line_breaks_and_a_byte_order_mark_say_nothing(tmp_path: Path) -> None:
    for file, text in SAMPLE_FILES.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert meaning_of(load_sla(tmp_path)) == told(SAMPLE_FILES)
