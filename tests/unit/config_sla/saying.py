"""What a sentence of the catalogue is made of, and what no office should have to read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from config.said import Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from config.errors import Problem

UNFORESEEN = frozenset({"type_other", "toml_other"})
"""What says in English, in both languages, what nobody has put into the catalogue."""
# "from" is left out: it is a key of the files.
ENGLISH = re.compile(r"\b(?:the|and|or|not|is|are|of|with|that|which|found|expected|must|should|no)\b")
_QUOTED = re.compile(r'“[^”]*”|"[^"]*"|`[^`]*`|\'[^\']*\'')


def sentences_in(said: object) -> Iterator[Said]:
    """Yield a sentence and every one that stands in it."""
    if isinstance(said, Said):
        yield said
        for value in said.values.values():
            yield from sentences_in(value)
    elif isinstance(said, tuple):
        for value in said:
            yield from sentences_in(value)


def sentences_of(problem: Problem) -> set[Said]:
    """Return every sentence a problem says."""
    return {*sentences_in(problem.found), *sentences_in(problem.expected), *sentences_in(problem.advice)}


def english_in(text: str) -> list[str]:
    """Return the English words of a Vietnamese text, what is quoted left out."""
    return ENGLISH.findall(_QUOTED.sub("", text))


def english_left_in(problems: Iterable[Problem]) -> list[str]:
    """Return what an office would still read in English of some problems: words, and whole messages."""
    problems = list(problems)
    unforeseen = {said for problem in problems for said in sentences_of(problem) if said.key in UNFORESEEN}
    told = [said.said() for one in problems for said in (one.found, one.expected, one.advice)]
    return [*unforeseen, *(word for text in told for word in english_in(text))]
