from __future__ import annotations

import pytest

from domain.slip_words import WORDS, words_of


@pytest.mark.parametrize("code", WORDS)
def test_every_reason_is_said_in_both_languages(code: str) -> None:
    assert words_of(code) == WORDS[code][0]
    assert words_of(code, "en").isascii()
    assert words_of(f"{code}+unknown", "en") == f"{WORDS[code][1]} + {WORDS['unknown'][1]}"
