"""A TOML text taken apart into lines and values as they are written, comments included.

tomllib keeps no comments, tomlkit no layout that could be asked for: to set a file anew, both are needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_STRING: Final = re.compile(
    r"""
      \"\"\" (?: [^\\] | \\. )*? \"{3,5}
    | \'\'\' .*? \'{3,5}
    | " (?: [^"\\\n] | \\. )* "
    | ' [^'\n]* '
    """,
    re.DOTALL | re.VERBOSE,
)
_KEY: Final = re.compile(
    r"""(?: [A-Za-z0-9_-]+ | "(?:[^"\\\n]|\\.)*" | '[^'\n]*' | [ \t]*\.[ \t]* )+""", re.VERBOSE
)
_BARE: Final = re.compile(r"[^,\]}#\n]*")
_SPACES: Final = re.compile(r"[ \t]*")
_COMMENT: Final = re.compile(r"#[^\n]*")


@dataclass(slots=True)
class Pair:
    """Hold a key with its value, and the comment that ends the line."""

    key: str
    value: Value
    comment: str = ""


@dataclass(slots=True)
class Entry:
    """Hold one value of an array, and the comment that ends its line."""

    value: Value
    comment: str = ""


@dataclass(slots=True)
class Comment:
    """Hold a comment with a line of its own."""

    text: str


@dataclass(slots=True)
class Blank:
    """Stand for one or more empty lines: `lines` of them."""

    lines: int = 1


@dataclass(slots=True)
class Header:
    """Hold the head of a table, [x] or [[x]], and the comment that ends the line."""

    text: str
    comment: str = ""


@dataclass(slots=True)
class Array:
    """Hold an array; `tall`: its closing bracket does not stand on the line of the opening one."""

    entries: list[Entry | Comment | Blank] = field(default_factory=list)
    tall: bool = False


@dataclass(slots=True)
class Inline:
    """Hold an inline table."""

    pairs: list[Pair] = field(default_factory=list)


Value = str | Array | Inline
Line = Pair | Comment | Blank | Header


def take_apart(text: str) -> list[Line]:
    """Return the lines of a text that is valid TOML 1.0; of another one, nothing is promised."""
    return list(_Reader(text.replace("\r\n", "\n")).lines())


def comments_of(text: str) -> list[str]:
    """Return every comment of a text that is valid TOML, sorted: setting it anew must lose none."""
    return sorted(_in_lines(take_apart(text)))


def _in_lines(lines: list[Line]) -> Iterator[str]:
    for line in lines:
        if isinstance(line, Comment):
            yield line.text
        elif isinstance(line, Pair | Header) and line.comment:
            yield line.comment
        if isinstance(line, Pair):
            yield from _in_value(line.value)


def _in_value(value: Value) -> Iterator[str]:
    for entry in value.entries if isinstance(value, Array) else ():
        if isinstance(entry, Comment):
            yield entry.text
        elif isinstance(entry, Entry):
            yield from [entry.comment] if entry.comment else []
            yield from _in_value(entry.value)
    for pair in value.pairs if isinstance(value, Inline) else ():
        yield from _in_value(pair.value)


class _Reader:
    """Walk once over a text."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def lines(self) -> Iterator[Line]:
        while self.at < len(self.text):
            start = self.at
            sign = self._peek()
            if sign == "\n":
                yield Blank(self._newlines())
                continue
            if sign == "#":
                yield Comment(self._take(_COMMENT).rstrip())
            elif sign == "[":
                yield self._header()
            elif sign:
                yield self._pair_line()
            self._peek()
            self.at += self.text.startswith("\n", self.at)
            if self.at == start:
                raise ValueError(f"not TOML at offset {start}")

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found[0]

    def _peek(self) -> str:
        self._take(_SPACES)
        return self.text[self.at : self.at + 1]

    def _newlines(self) -> int:
        count = 0
        while self._peek() == "\n":
            self.at += 1
            count += 1
        return count

    def _header(self) -> Header:
        mark = "[[" if self.text.startswith("[[", self.at) else "["
        self.at += len(mark)
        self._peek()
        name = self._take(_KEY).strip()
        self._peek()
        self.at += len(mark)
        return Header(f"{mark}{_dotted(name)}{']' * len(mark)}", self._comment())

    def _comment(self) -> str:
        return self._take(_COMMENT).rstrip() if self._peek() == "#" else ""

    def _pair_line(self) -> Pair:
        pair = self._pair()
        pair.comment = self._comment()
        return pair

    def _pair(self) -> Pair:
        self._peek()
        key = _dotted(self._take(_KEY).strip())
        self._peek()
        self.at += 1  # the sign =
        return Pair(key, self._value())

    def _value(self) -> Value:
        sign = self._peek()
        if sign == "[":
            return self._array()
        if sign == "{":
            return self._inline()
        return self._take(_STRING) or self._take(_BARE).strip()

    def _array(self) -> Array:
        array, last = Array(), None
        self.at += 1
        while (sign := self._peek()) not in {"]", ""}:
            if sign == "\n":
                array.tall, last = True, None
                empty = self._newlines() - 1
                array.entries += [Blank(empty)] if empty else []
            elif sign == "#":
                text = self._take(_COMMENT).rstrip()
                if last is None:
                    array.entries.append(Comment(text))
                else:
                    last.comment = text
            elif sign == ",":
                self.at += 1
            else:
                last = Entry(self._value())
                array.entries.append(last)
        self.at += 1
        return array

    def _inline(self) -> Inline:
        inline = Inline()
        self.at += 1
        while (sign := self._peek()) not in {"}", ""}:
            if sign == ",":
                self.at += 1
            else:
                inline.pairs.append(self._pair())
        self.at += 1
        return inline


def _dotted(key: str) -> str:
    """Return a key without the spaces around its dots."""
    parts: list[str] = re.findall(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""", key)
    return ".".join(parts)
