"""The sentences the office reads: in both languages, with what was found, in the office's zone."""

from __future__ import annotations

import ast
import re
from datetime import UTC, datetime
from string import Formatter
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from domain.catalogue import SENTENCES, WORDS, say, sentence
from domain.errors import (
    CalendarError,
    ContradictionError,
    DomainError,
    HistoryError,
    LimitError,
    RoutingError,
)
from domain.event import EventKind
from domain.snapshot import CHANNELS, STATUSES, Moment
from tests.shared_data import REPO

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_of_a_sentence_tell_of_the_same_things(key: str) -> None:
    vi, en = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in SENTENCES[key])
    assert vi == en
    assert all(text and not text.endswith(".") for text in SENTENCES[key])


@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_tells_everything_that_was_found(key: str) -> None:
    names = {name for _, name, _, _ in Formatter().parse(SENTENCES[key][0]) if name}
    for lang in ("vi", "en"):
        shown = sentence(key, lang, {name: f"<{name}>" for name in names})
        assert all(f"<{name}>" in shown for name in names)
        assert "{" not in shown


def test_no_sentence_is_kept_that_nobody_says() -> None:
    said: set[object] = set()
    for path in [*(REPO / "domain").glob("*.py"), *(REPO / "workers").rglob("*.py")]:
        if not path.name.endswith("sentences.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            said |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert set(SENTENCES) - said == set()


@pytest.mark.parametrize("word", [*get_args(EventKind), *STATUSES, *CHANNELS])
def test_every_word_of_a_history_has_a_translation(word: str) -> None:
    assert say(word, "vi") != word
    assert say(word, "en") == WORDS[word][1]


def test_an_unknown_word_comes_back_as_it_is() -> None:
    assert say("HS-1") == "HS-1"


def test_a_text_that_is_no_key_is_the_sentence_itself() -> None:
    assert sentence("the calendar {never} works", "vi", {}) == "the calendar {never} works"


def test_an_instant_is_shown_in_the_zone_of_the_office() -> None:
    error = HistoryError("accepted_twice", code="HS-1", at=datetime(2019, 6, 3, 1, tzinfo=UTC))
    assert error.said(ZONE) == "hồ sơ HS-1 đã được tiếp nhận lúc 08:00 03/06/2019"
    assert error.said(ZONE, "en") == "dossier HS-1 was already accepted at 08:00 03/06/2019"
    assert str(error) == "dossier HS-1 was already accepted at 01:00 03/06/2019"


def test_words_within_a_sentence_are_translated_too() -> None:
    error = HistoryError("before_acceptance", kind="finished")
    assert error.said(ZONE).startswith("sự kiện có kết quả")


@pytest.mark.parametrize(
    "kind", [CalendarError, ContradictionError, DomainError, HistoryError, LimitError, RoutingError]
)
def test_every_error_has_a_stable_word_and_one_family(kind: type[DomainError]) -> None:
    assert re.fullmatch(r"[a-z_]+", kind.code)
    assert issubclass(kind, DomainError)


def test_a_moment_of_a_list_needs_a_zone() -> None:
    assert Moment(datetime(2019, 6, 3, tzinfo=UTC)).date_only is False
    with pytest.raises(LimitError, match="zone"):
        Moment(datetime(2019, 6, 3, tzinfo=UTC).replace(tzinfo=None))
