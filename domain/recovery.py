"""What an altered row said: the text that gives the very hash it was recorded with, and no other."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from domain.hash_chain import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from domain.hash_chain import Link

LONGEST: Final = 8_000
"""In a longer text no letter is searched for: a text of this length takes seconds."""
_LETTERS: Final = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
_ALPHABET: Final[tuple[tuple[str, bytes], ...]] = tuple(
    (letter, letter.encode())
    for letter in dict.fromkeys([*map(chr, range(0x20, 0x7F)), *_LETTERS, *_LETTERS.upper(), *"–—…“”"])
)


def recovered(
    link: Link, previous: str, columns: Sequence[str], values: Mapping[str, Collection[str]]
) -> tuple[str, str, str] | None:
    """Return the column that was altered, what it said and what it says; None where that cannot be told.

    Only what gives the very hash of the row counts, so what is told is so.
    """
    names, covered = link.cover(columns), link.covered
    for index, (column, text) in enumerate(zip(names, covered, strict=True)):
        before = SEPARATOR.join((previous, *covered[:index], ""))
        search = _Search(before, SEPARATOR.join(("", *covered[index + 1 :])), link.hash)
        for candidate in values.get(column, ()):
            if candidate != text and search.fits(candidate):
                return column, candidate, text
        found = search.one_edit(text) if len(text) <= LONGEST else None
        if found is not None:
            return column, found, text
    return None


class _Search:
    """Look for a text that between two others gives a hash; what comes before a letter is hashed once."""

    def __init__(self, before: str, after: str, wanted: str) -> None:
        self._before, self._after, self._wanted = sha256(_bytes(before)), _bytes(after), wanted

    def fits(self, text: str) -> bool:
        return self._ends(self._before.copy(), _bytes(text) + self._after)

    def one_edit(self, text: str) -> str | None:
        """Return the text one letter away that fits: changed, put in or taken out; None where none does."""
        state, tail = self._before.copy(), _bytes(text) + self._after
        for index, letter in enumerate((*text, "")):
            rest = tail[len(_bytes(letter)) :]
            if letter and self._ends(state.copy(), rest):
                return text[:index] + text[index + 1 :]
            for other, data in _ALPHABET:
                with_other = state.copy()
                with_other.update(data)
                if letter and self._ends(with_other.copy(), rest):
                    return text[:index] + other + text[index + 1 :]
                if self._ends(with_other, tail):
                    return text[:index] + other + text[index:]
            state.update(_bytes(letter))
            tail = rest
        return None

    def _ends(self, state: Any, tail: bytes) -> bool:
        state.update(tail)
        return bool(state.hexdigest() == self._wanted)


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")
