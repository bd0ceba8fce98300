"""What an editor refuses while one types and what the loader refuses as a misfit are the same."""

from __future__ import annotations

import copy
import json
import tomllib
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from config.sla import SAMPLE, read_folder
from config.sla_editor import editor_files, schema_of, shapes
from config.sla_hints import HINTS
from config.sla_source import RECORDED
from domain.snapshot import CHANNELS, STATUSES
from tests.unit.config_sla.conftest import small_office
from tests.unit.config_sla.test_sla_errors import CASES, changed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ARITHMETIC = ("a limit shorter than two centuries", "hours that end after they begin")
"""What a pattern cannot say; the loader alone does."""
SEEN_ALIKE = {"a date in quotes", "an end of hours that is no date"}
"""JSON has no dates: an editor sees one in quotes and one without as the same text."""
FILES = read_folder(SAMPLE)


def kind_of(file: str) -> str:
    folder, slash, _ = file.partition("/")
    return f"{folder}/*.toml" if slash else file


@lru_cache
def checker(kind: str) -> Any:
    """Return a schema that checks as ECMA 262 does, where $ is the end; in Python a line break may follow."""
    text = json.dumps(schema_of(shapes()[kind])).replace(')$"', r')\\Z"')
    return jsonschema.Draft4Validator(json.loads(text))


def in_json(value: Any) -> Any:
    """Return what a TOML server makes of a value: dates are texts, and there is no number beyond numbers."""
    if isinstance(value, dict):
        return {key: in_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [in_json(item) for item in value]
    if isinstance(value, (date, time, datetime)):
        return value.isoformat()
    return None if isinstance(value, float) and not abs(value) < float("inf") else value


def refused_by_editor(kind: str, data: Any) -> list[str]:
    return [error.message for error in checker(kind).iter_errors(in_json(data))]


def refused_by_loader(kind: str, data: Any) -> list[str]:
    """Return every misfit of the shape, but for those that are arithmetic."""
    model: type[BaseModel] = shapes()[kind]
    try:
        model.model_validate(data, context={RECORDED: False})
    except ValidationError as error:
        found = [f"{detail['loc']}: {detail['msg']}" for detail in error.errors()]
        return [text for text in found if not any(words in text for words in ARITHMETIC)]
    known = {"statuses": STATUSES, "channels": CHANNELS} if kind == "intake/*.toml" else {}
    return [
        f"unknown {key}" for table, words in known.items() for key in set(data.get(table, ())) - set(words)
    ]


def agree(kind: str, data: Any) -> bool:
    editor, loader = refused_by_editor(kind, data), refused_by_loader(kind, data)
    assert bool(editor) == bool(loader), (editor, loader)
    return not loader


@pytest.mark.parametrize("kind", shapes())
def test_a_schema_is_itself_right_and_its_words_are_there(kind: str) -> None:
    schema = schema_of(shapes()[kind])
    jsonschema.Draft4Validator.check_schema(schema)
    assert "null" not in json.dumps(schema)
    assert schema["properties"]
    for table in (schema, *schema.get("definitions", {}).values()):
        for key, entry in table["properties"].items():
            assert entry["description"], key


@pytest.mark.parametrize("file", FILES)
def test_every_file_of_the_sample_office_is_right_in_an_editor(file: str) -> None:
    assert refused_by_editor(kind_of(file), tomllib.loads(FILES[file])) == []


@pytest.mark.parametrize("case", sorted(set(CASES) - SEEN_ALIKE))
def test_a_mistake_of_shape_is_refused_while_it_is_typed_and_no_other(case: str) -> None:
    mistake = CASES[case]
    text = changed(small_office(), mistake["file"], mistake["old"], mistake["new"])[mistake["file"]]
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return  # no editor takes this for TOML either
    agree(kind_of(mistake["file"]), data)


def test_most_mistakes_of_shape_are_among_those_that_were_tried() -> None:
    shaped = 0
    for mistake in CASES.values():
        text = changed(small_office(), mistake["file"], mistake["old"], mistake["new"])[mistake["file"]]
        try:
            shaped += bool(refused_by_loader(kind_of(mistake["file"]), tomllib.loads(text)))
        except tomllib.TOMLDecodeError:
            continue
    assert shaped >= 40


WORDS = st.sampled_from(
    [
        *(
            "",
            " ",
            "\n",
            "x\n",
            "a b",
            "ồ",
            "\u00a0",
            "\u2028x",
            "land",
            "a+b",
            "a" * 32,
            "a" * 65,
            "ồ" * 1001,
        ),
        *(
            "10 working_days",
            "0 working_days",
            "07 hours",
            " 2 months ",
            "1 hour",
            "0 none",
            "2 same_day",
            "none",
        ),
        *(
            "1000000000 days",
            "999999999 seconds",
            "70000 working_days",
            "3 workingdays",
            "1 month\n",
            "２ hours",
        ),
        *("75 %", "100 %", "0%", "1000%", "1001 %", "0075 %", "07:00-11:00", "07:00 – 24:00", "24:01-25:00"),
        *(
            "24:00",
            "7:00",
            "23:59",
            "02-29",
            "02-30",
            "13-01",
            "a@b.example",
            "a..b@c.example",
            "@",
            "+84900000000",
        ),
        *("yes", "no", "off", "restart", "pause", "backward", "forward", "mail", "online", "due_day", "sum"),
    ]
)
SHORT = st.text(max_size=6)
VALUES = st.one_of(
    WORDS,
    st.text(max_size=4),
    st.booleans(),
    st.integers(-2, 102) | st.sampled_from([10**30, 1900, 9001]),
    st.sampled_from([0.0, 1.0, 98.5, 100.1, -0.1, float("nan"), float("inf")]),
    st.lists(WORDS, max_size=3),
    st.dictionaries(WORDS, WORDS, max_size=2),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every entry of a table or list, at any depth."""
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, item in entries:
        yield (*path, key)
        yield from places(item, (*path, key))


def changed_at(data: Any, path: tuple[Any, ...], kind: str, word: str, value: Any) -> Any:
    """Return a copy with one entry replaced, taken out, renamed, or with another one beside it."""
    data = copy.deepcopy(data)
    parent = data
    for key in path[:-1]:
        parent = parent[key]
    if kind == "out":
        del parent[path[-1]]
    elif isinstance(parent, dict) and kind == "renamed":
        assume(not isinstance(parent[path[-1]], date))  # an editor sees a text: SEEN_ALIKE
        parent[word] = parent.pop(path[-1])
    elif isinstance(parent, dict) and kind == "beside":
        parent[word] = value
    else:
        parent[path[-1]] = value
    return data


DATA = [
    (kind_of(file), tomllib.loads(text))
    for files in (FILES, small_office())
    for file, text in files.items()
    if not file.startswith("calendar/20") or "2026" in file
]


@settings(max_examples=400)
@given(draw=st.data(), kind=st.sampled_from(["value", "value", "out", "renamed", "beside"]))
def test_editor_and_loader_agree_on_files_nobody_thought_of(draw: st.DataObject, kind: str) -> None:
    shape, data = draw.draw(st.sampled_from(DATA))
    path = draw.draw(st.sampled_from(list(places(data))))
    word = draw.draw(WORDS | st.sampled_from(sorted(key.rpartition(".")[2] for key in HINTS)))
    agree(shape, changed_at(data, path, kind, word, draw.draw(VALUES)))


@settings(max_examples=400)
@given(
    word=WORDS
    | st.text(max_size=6)
    | st.from_regex(r"[0-9]{1,3} ?%|[0-9]{1,10} +[a-z_]{1,14}", fullmatch=True)
)
def test_editor_and_loader_read_small_texts_alike(word: str) -> None:
    small = small_office()
    rung = {"code": "x", "kind": "reminder", "roles": ["officer"], "level": 1, "template": "reminder"}
    agree("ladders.toml", {"ladders": {"x": {"name": word, "rungs": [{**rung, "before": word, "at": word}]}}})
    agree("ladders.toml", {"ladders": {word: {"name": "x", "rungs": [{**rung, "before": "1 hours"}]}}})
    agree("ladders.toml", {"ladders": {"x": {"name": "x", "rungs": [{**rung, "at": word}]}}})
    agree("ladders.toml", {"ladders": {"x": {"name": "x", "rungs": [{**rung, "after": word}]}}})
    agree("intake/*.toml", tomllib.loads(small["intake/list.toml"]) | {"name": word})
    person = {"code": "a", "role": "b", "unit": "c", "email": "a@b.example"}
    for key in person:
        agree("people.toml", {"people": [{**person, key: word}]})
    for key in ("phone", "gateway_id"):
        agree("people.toml", {"people": [{**person, key: word}]})


def test_the_files_of_an_editor_are_named_by_its_settings() -> None:
    files = editor_files()
    rules = tomllib.loads(files[".taplo.toml"])["rule"]
    assert {rule["schema"]["path"].removeprefix("./") for rule in rules} | {".taplo.toml"} == set(files)
    covered = {include for rule in rules for include in rule["include"]}
    assert covered == {f"**/{kind_of(file)}" for file in FILES}


def test_the_loader_passes_over_the_files_of_an_editor(tmp_path: Path) -> None:
    for name, text in {**FILES, **editor_files()}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert read_folder(tmp_path) == FILES
