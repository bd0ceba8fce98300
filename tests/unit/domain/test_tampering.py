"""A chain of rows tells what was done to it: column by column, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.hash_chain import NO_HASH, Head, Link, bind, walk
from domain.recovery import LONGEST
from domain.tampering import Alteration, Shape, explained

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SHAPE = Shape("things", ("code", "seq", "what"), number="seq", chain=("code",))
WORDS = ("tiếp nhận", "chuyển xử lý", "có kết quả", "trả kết quả")


def chain_of(code: str, words: Sequence[str] = WORDS) -> list[Link]:
    links, previous = [], NO_HASH
    for number, word in enumerate(words, start=1):
        texts = (code, str(number), word)
        previous = bind(previous, texts)
        links.append(Link(code, number, texts, previous))
    return links


def told(*chains: list[Link], heads: dict[str, Head] | None = None) -> set[Alteration]:
    rows = sorted((link for chain in chains for link in chain), key=lambda link: (link.chain, link.number))
    codes = dict.fromkeys([*(link.chain for link in rows), *(heads or {})])
    faults = [
        fault
        for code in codes
        for fault in walk(
            (link for link in rows if link.chain == code), chain=code, head=(heads or {}).get(code)
        )
    ]
    return set(explained(faults, SHAPE))


def heads_of(*chains: list[Link]) -> dict[str, Head]:
    return {chain[-1].chain: Head(chain[-1].number, chain[-1].hash) for chain in chains}


def changed(link: Link, column: str, text: str) -> Link:
    texts = tuple(
        text if name == column else said for name, said in zip(SHAPE.columns, link.texts, strict=True)
    )
    return Link(texts[0], int(texts[1]), texts, link.hash)


A, B = chain_of("A"), chain_of("B", ("tiếp nhận qua mạng", "từ chối"))
HEADS = heads_of(A, B)


def test_chains_that_nobody_touched_have_nothing_to_tell() -> None:
    assert told(A, B, heads=HEADS) == set()
    assert told(A, B) == set()


@pytest.mark.parametrize("index", range(4))
@pytest.mark.parametrize(
    ("column", "edit"),
    [
        ("what", lambda text: "X" + text[1:]),
        ("what", lambda text: text[:-1]),
        ("what", lambda text: text + "ễ"),
        ("code", lambda _: "C"),
        ("code", lambda _: "B"),
        ("seq", lambda _: "9"),
    ],
)
def test_a_column_that_was_altered_is_named_with_what_it_said(
    index: int, column: str, edit: Callable[[str], str]
) -> None:
    link = A[index]
    was = link.texts[SHAPE.columns.index(column)]
    now = edit(was)
    if now == "B" and index < len(B):
        return  # that place is taken
    rows = [changed(one, column, now) if one is link else one for one in A]
    assert told(rows, B, heads=HEADS) == {Alteration("things", "altered", "A", index + 1, column, was, now)}


@pytest.mark.parametrize("index", range(4))
def test_an_altered_hash_is_told_from_an_altered_row(index: int) -> None:
    forged = "f" * 64
    rows = [one._replace(hash=forged) if number == index else one for number, one in enumerate(A)]
    expected = Alteration("things", "altered", "A", index + 1, "hash", A[index].hash, forged)
    assert told(rows, B, heads=HEADS) == {expected}


def test_a_row_rewritten_beyond_one_letter_is_named_without_what_it_said() -> None:
    rows = [A[0], changed(A[1], "what", "một chuyện khác hẳn"), *A[2:]]
    assert told(rows, heads=HEADS) >= {Alteration("things", "altered", "A", 2)}


def test_a_text_too_long_to_be_searched_is_named_by_its_hashes() -> None:
    chain = chain_of("A", ("tiếp nhận", "x" * (LONGEST + 1), "có kết quả"))
    rows = [chain[0], changed(chain[1], "what", "y" * (LONGEST + 1)), chain[2]]
    (found,) = told(rows, heads=heads_of(chain))
    assert (found.number, found.column) == (2, "what")
    assert found.expected == f"sha256 {chain[1].hash}"
    assert found.found.startswith("sha256 ")


def test_what_a_column_may_well_have_said_is_tried_too() -> None:
    rows = [A[0], changed(A[1], "what", "một chuyện khác hẳn"), *A[2:]]
    faults = list(walk(rows, chain="A", head=HEADS["A"]))
    expected = Alteration("things", "altered", "A", 2, "what", "chuyển xử lý", "một chuyện khác hẳn")
    assert list(explained(faults, SHAPE, {"what": WORDS})) == [expected]


def test_rows_taken_out_are_missing_wherever_they_stood() -> None:
    assert told(A[1:], heads=HEADS | {"B": HEADS["A"]}) >= {Alteration("things", "missing", "A", 1)}
    assert told([A[0], *A[2:]], B, heads=HEADS) == {Alteration("things", "missing", "A", 2)}
    assert told([A[0], A[3]], B, heads=HEADS) == {Alteration("things", "missing", "A", 2, expected="3")}
    assert told(A[:3], B, heads=HEADS) == {Alteration("things", "missing", "A", 4)}
    assert told(B, heads=HEADS) == {Alteration("things", "missing", "A", 1, expected="4")}


def test_a_row_put_in_behind_the_end_is_told_as_such() -> None:
    surplus = Link("B", 3, ("B", "3", "trả kết quả"), "e" * 64)
    assert {one.what for one in told(A, [*B, surplus], heads=HEADS)} == {"inserted"}
    far = surplus._replace(number=7, texts=("B", "7", "trả kết quả"))
    assert {(one.what, one.number) for one in told(A, [*B, far], heads=HEADS)} == {("inserted", 7)}


def test_two_rows_that_changed_places_are_both_named() -> None:
    rows = [A[0], changed(A[2], "seq", "2"), changed(A[1], "seq", "3"), A[3]]
    assert told(rows, heads=HEADS | {"B": Head(0, NO_HASH)}) == {
        Alteration("things", "altered", "A", 2, "seq", "2", "3"),
        Alteration("things", "altered", "A", 3, "seq", "3", "2"),
    }


def test_rows_of_two_chains_that_changed_places_are_both_named() -> None:
    first, second = [A[0], changed(B[1], "code", "A"), *A[2:]], [B[0], changed(A[1], "code", "B")]
    assert told(first, second, heads=HEADS) == {
        Alteration("things", "altered", "A", 2, "code", "A", "B"),
        Alteration("things", "altered", "B", 2, "code", "B", "A"),
    }


def test_an_end_that_is_remembered_otherwise_is_told() -> None:
    again = chain_of("B", ("tiếp nhận", "một kết quả khác"))
    assert told(A, again, heads=HEADS) == {
        Alteration("things", "differs", "B", 2, "hash", B[-1].hash, again[-1].hash)
    }


@given(
    st.lists(st.text("aáb c1", min_size=1, max_size=8), min_size=1, max_size=6),
    st.data(),
)
def test_any_letter_of_any_row_is_found_with_what_it_said(words: list[str], data: st.DataObject) -> None:
    chain = chain_of("A", words)
    index = data.draw(st.integers(0, len(chain) - 1))
    place = data.draw(st.integers(0, len(words[index]) - 1))
    letter = data.draw(st.sampled_from([one for one in "aáb c1x" if one != words[index][place]]))
    now = words[index][:place] + letter + words[index][place + 1 :]
    rows = [changed(one, "what", now) if number == index else one for number, one in enumerate(chain)]
    assert told(rows, heads=heads_of(chain)) == {
        Alteration("things", "altered", "A", index + 1, "what", words[index], now)
    }
