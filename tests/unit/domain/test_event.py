"""What a register can hold of an event: a moment with its zone, plain texts, dates that are dates."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.errors import HistoryError
from domain.event import Event, check_event, check_moment, check_text, is_code, tidy_code

MOMENT = datetime(2019, 6, 3, 1, tzinfo=UTC)


def _refused(**data: str) -> HistoryError:
    with pytest.raises(HistoryError) as caught:
        check_event(Event(kind="reappointed", occurred_at=MOMENT, data=data))
    return caught.value


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = Event(kind="finished", occurred_at=MOMENT.replace(tzinfo=None))
    for check in (check_event, check_moment):
        with pytest.raises(HistoryError) as caught:
            check(naive)
        assert (caught.value.message, caught.value.found) == ("no_zone", {"kind": "finished"})


@pytest.mark.parametrize("name", ["appointed_on", "reply_by"])
@pytest.mark.parametrize("text", ["17/06/2019", "20190617", "2019-W25-1", "2019-02-29", "2019-6-17", ""])
def test_a_date_in_another_form_is_refused(name: str, text: str) -> None:
    error = _refused(**{name: text})
    assert (error.message, error.found) == ("unfit_date", {"what": name, "found": text})


@pytest.mark.parametrize(
    "data",
    [
        {"appointed_on": "2019-06-17"},
        {"reply_by": "2020-02-29"},
        {"promised_at": "2019-06-17T16:00:00+07:00"},
        {"promised_at": "2019-06-17T00:00:00+07:00/day"},
        {"reason": "r" * 500},
        {"agency": "Sở Tài nguyên và Môi trường"},
        {"officer": "o" * 128},
    ],
)
def test_what_a_register_can_hold_is_taken(data: dict[str, str]) -> None:
    check_event(Event(kind="reappointed", occurred_at=MOMENT, data=data))


@pytest.mark.parametrize(
    ("name", "text", "most"),
    [
        ("reason", "r" * 501, 500),
        ("code", "c" * 65, 64),
        ("step", "s" * 65, 64),
        ("unit", "u" * 65, 64),
        ("bundle", "two\nlines", 64),
        ("appointed_on", "2019-06-17T00:00", 10),
    ],
)
def test_a_text_too_long_or_with_tricks_says_how_long_it_may_be(name: str, text: str, most: int) -> None:
    with pytest.raises(HistoryError) as caught:
        check_text(name, text)
    assert caught.value.message == "unfit_text"
    assert caught.value.found["most"] == most
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("000.00.19.H51-190531-0001/2", True),
        ("HS 1", True),
        ("HS  1", False),
        ("HS\t1", False),
        ("HS\N{NO-BREAK SPACE}1", False),
        ("HS\N{ZERO WIDTH SPACE}1", False),
        ("HS\N{RIGHT-TO-LEFT OVERRIDE}1", False),
    ],
)
def test_a_code_has_nothing_in_it_that_nobody_sees(text: str, *, is_right: bool) -> None:
    assert is_code(text) is is_right


def test_a_code_is_tidied_before_it_is_looked_up() -> None:
    assert tidy_code(" A\N{COMBINING CIRCUMFLEX ACCENT}-1\N{NO-BREAK SPACE}\n") == "Â-1"
