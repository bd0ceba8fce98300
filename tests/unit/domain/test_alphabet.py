"""Names stand in the order in which a clerk looks them up."""

from __future__ import annotations

from random import Random
from unicodedata import normalize

import pytest

from domain.alphabet import alphabetical


@pytest.mark.parametrize(
    "ordered",
    [
        ("Đất đai", "Đường bộ", "Hạ tầng kỹ thuật", "Hòa giải ở cơ sở", "Hoạt động xây dựng", "Hộ tịch"),
        ("da", "dạ", "đa", "đà", "em", "êm"),
        ("ma", "mà", "mả", "mã", "má", "mạ", "măng", "mâm"),
        ("tô", "tổ", "tơ", "tờ", "tu", "tư", "từ"),
        ("an ninh", "an toàn", "ăn uống", "ân hạn", "bảo trợ"),
        ("", "2", "A", "a", "Á"),
    ],
)
def test_names_are_sorted_as_a_vietnamese_dictionary_does(ordered: tuple[str, ...]) -> None:
    mixed = list(ordered)
    Random(3).shuffle(mixed)  # noqa: S311 - the same disorder every time
    assert tuple(sorted(mixed, key=alphabetical)) == ordered
    assert sorted(mixed, key=lambda text: alphabetical(normalize("NFD", text))) == list(ordered)


def test_a_tone_that_stands_alone_is_no_error() -> None:
    assert sorted(["\u0301", "a"], key=alphabetical) == ["\u0301", "a"]
