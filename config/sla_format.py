"""`sla/*.toml` set anew: spaces, columns and the order of keys; no value and no comment is touched."""

from __future__ import annotations

import tomllib
from itertools import groupby
from typing import TYPE_CHECKING

from config.locate import parse_toml
from config.sla_editor import shapes
from config.sla_schema import keys_at
from config.toml_layout import set_lines
from config.toml_parts import Array, Blank, Entry, Header, Inline, Pair, comments_of, take_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import BaseModel

    from config.locate import KeyPath
    from config.toml_parts import Line, Value


class FormatError(Exception):
    """Setting the file anew would have changed what it says; it is left as it is."""


def format_text(text: str, *, file: str) -> str:
    """Return a file of the configuration set the house's way; the same twice as once.

    A text that is not TOML raises ConfigError. FormatError: it would not have come out the same.
    """
    before = parse_toml(text, file=file)
    folder, slash, _ = file.partition("/")
    shape = shapes().get(f"{folder}/*.toml" if slash else file)
    try:
        found = set_lines(list(_ordered(take_apart(text), shape)))
        kept = _shown(tomllib.loads(found)) == _shown(before) and comments_of(found) == comments_of(text)
    except (ValueError, RecursionError) as error:
        raise FormatError(str(error)) from None
    if not kept:
        raise FormatError(f"{file} would not have come out the same")
    return found


def _shown(value: object) -> object:
    """Return a value in which the order of keys says nothing, and what is not a number equals itself."""
    if isinstance(value, dict):
        return {key: _shown(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shown(item) for item in value]
    return repr(value)


def _ordered(lines: Sequence[Line], shape: type[BaseModel] | None) -> Iterator[Line]:
    """Yield the lines, the keys of each block in the order of the model with the comments above them."""
    path: KeyPath = ()
    for part, run in groupby(lines, key=lambda line: isinstance(line, Header | Blank)):
        block = list(run)
        if part:
            path = next((_path(line) for line in reversed(block) if isinstance(line, Header)), path)
            yield from block
        else:
            yield from _ordered_block(block, shape, path)


def _path(head: Header) -> KeyPath:
    return tuple(head.text.strip("[]").replace('"', "").split("."))


def _ordered_block(block: list[Line], shape: type[BaseModel] | None, path: KeyPath) -> Iterator[Line]:
    order = list(keys_at(shape, path)) if shape else []
    groups: list[list[Line]] = [[]]
    for line in block:
        groups[-1].append(line)
        if isinstance(line, Pair):
            _order_value(line.value, shape, (*path, line.key))
            groups.append([])
    *pairs, rest = groups
    for group in sorted(pairs, key=lambda lines: _rank(lines[-1], order)):
        yield from group
    yield from rest


def _rank(line: Line | Pair, order: Sequence[str]) -> int:
    return order.index(line.key) if isinstance(line, Pair) and line.key in order else len(order)


def _order_value(value: Value, shape: type[BaseModel] | None, path: KeyPath) -> None:
    if isinstance(value, Array):
        for entry in value.entries:
            if isinstance(entry, Entry):
                _order_value(entry.value, shape, path)
    elif isinstance(value, Inline) and shape is not None:
        order = list(keys_at(shape, path))
        value.pairs.sort(key=lambda pair: _rank(pair, order))
        for pair in value.pairs:
            _order_value(pair.value, shape, (*path, pair.key))
