"""Where a key stands in a TOML text: the parsers keep no positions, people need them."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

from config.errors import ConfigError, Problem
from config.said import say
from config.said_misfits import mistake_in

KeyPath = tuple[str | int, ...]

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE: Final = re.compile(r"[ \t]*")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE: Final = re.compile(r"[^,\]}#\r\n]*")
_STRING: Final = re.compile(
    r"""
      \"\"\" (?: [^\\] | \\. )*? \"{3,5}
    | \'\'\' .*? \'{3,5}
    | " (?: [^"\\\n] | \\. )* "
    | ' [^'\n]* '
    """,
    re.DOTALL | re.VERBOSE,
)
_PLACE: Final = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")


def locate(text: str, path: KeyPath) -> tuple[int, int]:
    """Find the line and column, both 1-based, where `path` is written in `text`.

    `path` holds keys and indices, as pydantic gives them: `("rungs", 2, "role")` is the key `role` of the
    third `[[rungs]]` or of the third element of `rungs = [...]`. Dotted and quoted keys, inline tables and
    arrays over several lines are understood. A path that is not written (a missing key) gives the place of
    its nearest parent that is; nothing at all gives (0, 0).
    """
    try:
        places = _Scan(text).places
    except RecursionError:  # brackets nested by the hundred, which the parser may still have read
        return 0, 0
    for length in range(len(path), 0, -1):
        offset = places.get(path[:length])
        if offset is not None:
            return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    return 0, 0


def parse_toml(text: str, *, file: str) -> dict[str, Any]:
    """Parse a TOML text; a mistake in it raises ConfigError with its line and column."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, column = _place_of(str(error), text)
        found = say("toml_mistake", what=mistake_in(_PLACE.sub("", str(error))))
        raise ConfigError(
            [Problem(file=file, line=line, column=column, found=found, expected=say("valid_toml"))]
        ) from None


def _place_of(message: str, text: str) -> tuple[int, int]:
    place = _PLACE.search(message)
    if place and place[1]:
        return int(place[1]), int(place[2])
    return text.count("\n") + 1, len(text) - text.rfind("\n")


class _Scan:
    """Walk once over a TOML text and note the offset of every key, table and array element."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: dict[KeyPath, int] = {}
        self.lengths: dict[KeyPath, int] = {}
        table: KeyPath = ()
        while self._skip(_BLANK):
            start = self.at
            if text[start] == "[":
                table = self._header()
            else:
                self._pair(table)
            if self.at == start:  # not TOML: the parser has said so already, only do not stand still
                self.at += 1

    def _skip(self, pattern: re.Pattern[str]) -> str:
        """Step over what `pattern` matches and return the next character, empty at the end."""
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def _header(self) -> KeyPath:
        start = self.at
        is_array = self.text.startswith("[[", start)
        self.at += 2 if is_array else 1
        path = self._absolute(self._keys())
        if is_array:
            index = self.lengths.get(path, 0)
            self.lengths[path] = index + 1
            self.places.setdefault(path, start)
            path = (*path, index)
        self.places.setdefault(path, start)
        end = self.text.find("\n", self.at)
        self.at = len(self.text) if end < 0 else end
        return path

    def _absolute(self, keys: list[tuple[str, int]]) -> KeyPath:
        """Turn the keys of a table header into a path: a parent that is an array means its last element."""
        path: KeyPath = ()
        for number, (key, _) in enumerate(keys):
            path = (*path, key)
            if number < len(keys) - 1 and path in self.lengths:
                path = (*path, self.lengths[path] - 1)
        return path

    def _keys(self) -> list[tuple[str, int]]:
        """Read a dotted key: each part with its offset."""
        keys: list[tuple[str, int]] = []
        while True:
            self._skip(_SPACE)
            found = _STRING.match(self.text, self.at) or _BARE_KEY.match(self.text, self.at)
            if not found:
                return keys
            keys.append((_unquoted(found[0]), self.at))
            self.at = found.end()
            if self._skip(_SPACE) != ".":
                return keys
            self.at += 1

    def _pair(self, table: KeyPath) -> None:
        path = table
        for key, offset in self._keys():
            path = (*path, key)
            self.places.setdefault(path, offset)
        if self._skip(_SPACE) == "=":
            self.at += 1
            self._value(path)

    def _value(self, path: KeyPath) -> None:
        opening = self._skip(_SPACE)
        if opening == "[":
            self._items(path, "]")
        elif opening == "{":
            self._items(path, "}")
        elif _STRING.match(self.text, self.at):
            self._skip(_STRING)
        else:
            self._skip(_BARE_VALUE)

    def _items(self, path: KeyPath, closing: str) -> None:
        """Walk over an array or an inline table, up to and including its closing bracket."""
        self.at += 1
        index = 0
        while (sign := self._skip(_BLANK)) and sign != closing:
            start = self.at
            if sign == ",":
                index += 1
                self.at += 1
            elif closing == "]":
                self.places.setdefault((*path, index), start)
                self._value((*path, index))
            else:
                self._pair(path)
            if self.at == start:
                return
        self.at += len(closing)


def _unquoted(key: str) -> str:
    if key[0] not in "\"'":
        return key
    try:
        return str(next(iter(tomllib.loads(f"{key} = 0"))))
    except tomllib.TOMLDecodeError:
        return key.strip("\"'")
