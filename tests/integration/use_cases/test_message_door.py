"""The door for other systems' messages: whatever comes, it is recorded, or kept with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import OFFICE, local, message
from tests.office_texts import OFFICE_FILE, office_files
from workers.use_cases.office import record_configuration
from workers.use_cases.record_event import record_event

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork

NOW = "30/06/2019 08:00"


def send(office: OfficeAtWork, payload: Any, code: str = OFFICE) -> str | None:
    error = record_event(office.store, code, payload, actor="test", now=local(NOW))
    return None if error is None else error.code


def letters(office: OfficeAtWork, code: str = OFFICE) -> int:
    with office.store.read(code) as work:
        return work.journal.count_dead_letters()


def accepted(**changes: Any) -> dict[str, Any]:
    payload = message("accepted", at="03/06/2019 08:00", key="k", procedure="1.001")
    return {**payload, **changes}


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        "text",
        7,
        {},
        {1: 2},
        accepted(schema=True),
        accepted(code="a\nb"),
        accepted(code="\ud800"),
        accepted(occurred_at="0001-01-01T00:00:00+14:00"),
        accepted(occurred_at="9999-12-31T23:59:59-12:00"),
        accepted(occurred_at="2019-06-03"),
        accepted(data={"procedure": "1.001", "after_due": "yes"}),
        accepted(data={"procedure": "1.001", "promised_at": "31/05/2019"}),
        accepted(data={"procedure": "1.001", "officer": "x" * 129}),
        accepted(data={"procedure": "1.001", "bundle": "dat-dai"}),
        accepted(data={"procedure": "1.001", "channel": "chim bồ câu"}),
    ],
)
def test_a_message_that_cannot_be_recorded_is_kept_with_its_reason(
    office: OfficeAtWork, payload: Any
) -> None:
    assert send(office, payload) is not None
    assert letters(office) == 1


def test_a_message_for_an_office_nobody_knows_is_kept_under_its_name(office: OfficeAtWork) -> None:
    assert send(office, accepted(), code="nobody") == "message"
    assert letters(office, "nobody") == 1


def test_a_message_for_an_office_nobody_knows_is_listed_in_every_office_and_no_others_letters_are(
    office: OfficeAtWork,
) -> None:
    files = office_files(**{"office.toml": OFFICE_FILE.replace('code = "office"', 'code = "second"')})
    record_configuration(office.store, files, author="ops", reason="thử", now=local(NOW))
    send(office, accepted(), code="nobody")
    send(office, accepted(code="a\nb"), code="second")
    for code, named in ((OFFICE, ["nobody"]), ("second", ["second", "nobody"])):
        with office.store.read(code) as work:
            assert [letter.office for letter in work.journal.dead_letters()] == named
        assert letters(office, code) == len(named)


@pytest.mark.parametrize(("name", "kept"), [("a\x00b", "a?b"), ("x" * 100, "x" * 64)])
def test_a_message_for_an_office_whose_name_cannot_be_stored_is_kept_all_the_same(
    office: OfficeAtWork, name: str, kept: str
) -> None:
    assert send(office, accepted(), code=name) == "message"
    assert letters(office, kept) == 1


@pytest.mark.parametrize("word", ["online", "Trực tuyến", " trực  tuyến "])
def test_a_channel_may_be_told_by_its_word(office: OfficeAtWork, word: str) -> None:
    assert send(office, accepted(data={"procedure": "1.001", "channel": word})) is None
    assert office.stored().dossier.channel == "online"


def test_a_refusal_says_why_and_on_which_paper(office: OfficeAtWork) -> None:
    # Decree 61/2018 art. 19.3
    assert send(office, accepted()) is None
    bare = message("refused", at="05/06/2019 08:00") | {"data": {"reason": "trùng hồ sơ"}}
    assert send(office, bare) == "message"
    assert office.stored().dossier.is_open


def test_a_key_used_for_another_message_is_refused_and_kept(office: OfficeAtWork) -> None:
    assert send(office, accepted()) is None
    assert send(office, accepted()) is None
    assert letters(office) == 0
    assert send(office, accepted(code="HS-2")) == "message"
    assert letters(office) == 1
