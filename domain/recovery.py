"""What an altered row said: the text that gives the very hash it was recorded with, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.hash_chain import bind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from domain.hash_chain import Link

LONGEST: Final = 1_000
"""In a longer text no letter is searched for: it would take seconds."""
_LETTERS: Final = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
_ALPHABET: Final = "".join(
    dict.fromkeys([*map(chr, range(0x20, 0x7F)), *_LETTERS, *_LETTERS.upper(), *"–—…“”"])
)


def recovered(
    link: Link, previous: str, columns: Sequence[str], values: Mapping[str, Collection[str]]
) -> tuple[str, str, str] | None:
    """Return the column that was altered, what it said and what it says; None where that cannot be told.

    Only what gives the very hash of the row counts, so what is told is so.
    """
    for index, (column, text) in enumerate(zip(columns[link.free :], link.covered, strict=True)):
        head, tail = link.covered[:index], link.covered[index + 1 :]
        for candidate in (*values.get(column, ()), *_one_edit(text)):
            if candidate != text and bind(previous, (*head, candidate, *tail)) == link.hash:
                return column, candidate, text
    return None


def _one_edit(text: str) -> Iterator[str]:
    """Yield every text that is one letter away from a text: changed, put in or taken out."""
    if len(text) > LONGEST:
        return
    for index in range(len(text) + 1):
        head, tail = text[:index], text[index:]
        if tail:
            yield head + tail[1:]
        for letter in _ALPHABET:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
