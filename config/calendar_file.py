"""Edits of calendar/*.toml by a command: days written in the order of their dates, every comment kept."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from config.sla_format import format_text
from config.toml_layout import set_lines
from config.toml_parts import Array, Blank, Entry, Header, Inline, Pair, take_apart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Literal

    from config.toml_parts import Line
    from domain.working_calendar import DayKind

_LONGEST: Final = 40
_HEAD: Final = "[sources]"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDay:
    """Hold a day to be written: `source` is the document in full, `hours` are as in a file: 07:00-11:00."""

    day: date
    kind: DayKind
    name: str
    source: str
    verified: Literal["yes", "computed", "partial"]
    hours: tuple[str, ...] = ()


def new_year(year: int, calendar: str | None, heading: Sequence[str]) -> str:
    """Return the text of a year without days, its heading as comments."""
    named = [Pair("calendar", _quoted(calendar))] if calendar else []
    lines: list[Line] = [Pair("year", str(year)), *named, Blank(), Pair("days", Array(tall=True))]
    return "\n".join([*(f"# {line}".rstrip() for line in heading), "", set_lines(lines)])


def with_days(text: str, days: Sequence[NewDay], *, file: str) -> str:
    """Return a year with more days, set the house's way; whether they agree with it is not asked here.

    The text is one that has been checked: it is valid and has the shape of a year.
    """
    lines, codes = take_apart(text), _Sources(text)
    for day in sorted(days, key=lambda one: one.day):
        _insert(lines, day.day.isoformat(), _row(day, codes.code_of(day.source)))
    _add_sources(lines, codes.added)
    return format_text(set_lines(lines), file=file)


def _row(day: NewDay, source: str) -> list[Pair]:
    pairs = {
        "date": day.day.isoformat(),
        "kind": _quoted(day.kind),
        "name": _quoted(day.name),
        "source": _quoted(source),
        "verified": _quoted(day.verified),
    }
    if day.hours:
        pairs["hours"] = f"[{', '.join(map(_quoted, day.hours))}]"
    return [Pair(key, value) for key, value in pairs.items()]


def _insert(lines: list[Line], day: str, row: list[Pair]) -> None:
    """Put a row among the days: before the first later one of the list, or in a block of its own."""
    known = next((line.value for line in lines if isinstance(line, Pair) and line.key == "days"), None)
    if isinstance(known, Array):
        known.tall = True
        later = (n for n, entry in enumerate(known.entries) if _date_of(entry) > day)
        known.entries.insert(next(later, len(known.entries)), Entry(Inline(row)))
    elif any(isinstance(line, Header) and line.text == "[[days]]" for line in lines):
        lines += [Blank(), Header("[[days]]"), *row]
    else:
        head = next((n for n, line in enumerate(lines) if isinstance(line, Header)), len(lines))
        lines[head:head] = [Blank(), Pair("days", Array([Entry(Inline(row))], tall=True)), Blank()]


def _date_of(entry: object) -> str:
    if isinstance(entry, Entry) and isinstance(entry.value, Inline):
        found = next((pair.value for pair in entry.value.pairs if pair.key == "date"), "")
        return found if isinstance(found, str) else ""
    return ""


def _add_sources(lines: list[Line], added: Mapping[str, str]) -> None:
    pairs = [Pair(code, _quoted(words)) for code, words in added.items()]
    inline = next((line.value for line in lines if isinstance(line, Pair) and line.key == "sources"), None)
    head = next((n for n, line in enumerate(lines) if isinstance(line, Header) and line.text == _HEAD), None)
    if isinstance(inline, Inline):
        inline.pairs += pairs
    elif head is not None:
        end = head + 1
        while end < len(lines) and not isinstance(lines[end], Header | Blank):
            end += 1
        lines[end:end] = pairs
    elif pairs:
        lines += [Blank(), Header(_HEAD), *pairs]


class _Sources:
    """Know the documents of a year by their codes, and give a code to each new one."""

    def __init__(self, text: str) -> None:
        known = tomllib.loads(text).get("sources", {})
        self.codes: dict[str, str] = {words: code for code, words in known.items()}
        self.added: dict[str, str] = {}

    def code_of(self, words: str) -> str:
        """Return the code of a document; a new one is made of its words."""
        if words not in self.codes:
            taken, base, number = set(self.codes.values()), code_from(words), 1
            code = base
            while code in taken:
                number += 1
                code = f"{base}-{number}"
            self.codes[words], self.added[code] = code, words
        return self.codes[words]


def code_from(words: str) -> str:
    """Return a code made of words up to a colon: "Công văn 12729/VPCP: …" is cong-van-12729-vpcp."""
    plain = unicodedata.normalize("NFD", words.partition(":")[0].casefold().replace("đ", "d"))
    letters = re.sub(r"[^a-z0-9]+", "-", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    short = letters.strip("-")
    if len(short) > _LONGEST:
        short = short[:_LONGEST].rpartition("-")[0] or short[:_LONGEST]
    return short or "nguon"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
