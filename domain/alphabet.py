"""The order of the Vietnamese alphabet: a ă â b c d đ e ê …, tones only where all else is the same."""

from __future__ import annotations

from typing import Final
from unicodedata import normalize

_LETTERS: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACES: Final = {letter: place for place, letter in enumerate(_LETTERS)}
_TONES: Final = "\u0300\u0309\u0303\u0301\u0323"
"""Grave, hook, tilde, acute, dot below: huyền, hỏi, ngã, sắc, nặng."""
Order = tuple[tuple[tuple[int, str], ...], tuple[int, ...], str]


def alphabetical(text: str) -> Order:
    """Return what sorts texts as a Vietnamese dictionary does; capitals and tones decide last."""
    letters: list[tuple[int, str]] = []
    tones: list[int] = []
    for sign in normalize("NFD", text.casefold()):
        if sign in _TONES:
            tones[-1:] = [_TONES.index(sign) + 1]
        elif letters and (whole := normalize("NFC", letters[-1][1] + sign)) in _PLACES:
            letters[-1] = (_PLACES[whole], whole)  # a mark that makes another letter: a, then ă or â
        else:
            letters.append((_PLACES.get(sign, -1), sign))
            tones.append(0)
    return tuple(letters), tuple(tones), text
