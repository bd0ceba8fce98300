"""What the law says of an event, in one sentence for the office, and what an inspector should look at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

import pytest

from domain.basis import MARKS, basis_of, counting, marks_of, words_of_mark
from domain.event import Event, EventKind
from domain.procedure import ClockPolicy
from domain.time_limit import CIVIL_CODE
from tests.cases import Case, at, limit, terms

if TYPE_CHECKING:
    from collections.abc import Mapping

ANEW = "once the papers are complete the limit is counted anew (Decree 61/2018 art. 19.4)"
NOT_COUNTED = "the time of the stop does not count"
NOTHING = "does not stop the clock"
CONSULTED = "consulting others does not stop the clock (Decree 61/2018 art. 19.5)"
LATE_STOP = "the due date had passed: the stop does not make the dossier timely"
ONCE = "appointed anew once, with an apology; the lawful date stays (Decree 61/2018 art. 19.9)"
LATE_LETTER = "apologised and re-appointed later than the law allows (Decree 61/2018 art. 19.9)"
DATED_BACK = "recorded after the due date had passed, dated before it: to be checked"


def event(kind: EventKind, data: Mapping[str, str] | None = None) -> Event:
    return Event(kind=kind, occurred_at=at("5 9:00"), data=data or {})


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("accepted", {}, ["counted from the receipt of a complete dossier (Decree 61/2018 art. 17)"]),
        ("supplement_requested", {}, [ANEW]),
        ("supplement_requested", {"clock": "restart"}, [ANEW]),
        ("supplement_requested", {"clock": "pause"}, [NOT_COUNTED]),
        ("supplement_requested", {"clock": "none"}, [NOTHING]),
        ("supplement_requested", {"clock": "restart", "after_due": "yes"}, [LATE_STOP]),
        ("supplement_requested", {"clock": "restart", "recorded_after_due": "yes"}, [ANEW, DATED_BACK]),
        ("suspended", {}, [NOT_COUNTED]),
        ("suspended", {"clock": "none"}, [NOTHING]),
        ("suspended", {"clock": "pause", "after_due": "yes"}, [LATE_STOP]),
        ("consultation_requested", {}, [CONSULTED]),
        ("consultation_requested", {"clock": "none"}, [CONSULTED]),
        ("consultation_requested", {"clock": "pause"}, [NOT_COUNTED]),
        ("reappointed", {}, [ONCE]),
        ("reappointed", {"late_apology": "yes"}, [ONCE, LATE_LETTER]),
        (
            "reappointed",
            {"late_apology": "yes", "recorded_after_due": "yes"},
            [ONCE, LATE_LETTER, DATED_BACK],
        ),
        (
            "calendar_changed",
            {},
            ["the working calendar changed: open dossiers are counted anew; it is no re-appointment"],
        ),
        ("finished", {}, []),
        ("finished", {"recorded_after_due": "yes"}, [DATED_BACK]),
        ("withdrawn", {"recorded_after_due": "yes"}, [DATED_BACK]),
        ("handed_over", {}, []),
    ],
)
def test_each_event_says_its_law_and_its_marks(
    kind: EventKind, data: dict[str, str], said: list[str]
) -> None:
    assert list(basis_of(event(kind, data), "en")) == said
    vietnamese = basis_of(event(kind, data))
    assert len(vietnamese) == len(said)
    assert not set(vietnamese) & set(said)


def test_vietnamese_is_what_the_office_reads() -> None:
    assert basis_of(event("supplement_requested")) == (
        "đủ hồ sơ bổ sung thì thời hạn tính lại từ đầu (NĐ 61/2018 Đ.19.4)",
    )
    assert basis_of(event("reappointed", {"late_apology": "yes"})) == (
        "hẹn lại một lần, kèm thư xin lỗi; hạn theo luật giữ nguyên (NĐ 61/2018 Đ.19.9)",
        "xin lỗi, hẹn lại muộn hơn luật cho phép (NĐ 61/2018 Đ.19.9)",
    )


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("10 working_days", "BLDS 2015 Đ.147–148", "Civil Code 2015 art. 147–148"),
        ("1 months", "BLDS 2015 Đ.147–148", "Civil Code 2015 art. 147–148"),
        ("8 hours", "BLDS 2015 Đ.146", "Civil Code 2015 art. 146"),
        (
            "same_day",
            "trả trong ngày làm việc; tiếp nhận sau 15:00",
            "on the same working day; received after 15:00",
        ),
        ("none", "không quy định thời hạn", "no time limit is laid down"),
    ],
)
def test_the_rule_of_counting_is_that_of_the_limit(text: str, vi: str, en: str) -> None:
    assert counting(limit(text), CIVIL_CODE).startswith(vi)
    assert counting(limit(text), CIVIL_CODE, "en").startswith(en)


@pytest.mark.parametrize("mark", MARKS)
def test_each_mark_says_what_it_means(mark: str) -> None:
    bearing = event("finished", {mark: "yes"})
    assert marks_of(bearing) == (words_of_mark(mark),)
    assert marks_of(bearing, "en") == (words_of_mark(mark, "en"),)


def test_rules_of_the_office_are_told_as_its_own() -> None:
    own = replace(CIVIL_CODE, start_day_counts=True)
    assert counting(limit("3 working_days"), own, "en") == "as laid down by the office"


def test_an_inspector_sees_the_marks_of_an_event_without_its_law() -> None:
    late = event("supplement_requested", {"after_due": "yes", "recorded_after_due": "yes"})
    assert marks_of(late, "en") == (LATE_STOP, DATED_BACK)
    assert marks_of(late) == tuple(basis_of(late))
    assert marks_of(event("reappointed", {"late_apology": "yes"}), "en") == (LATE_LETTER,)
    assert marks_of(event("supplement_requested")) == ()


@pytest.mark.parametrize("kind", get_args(EventKind))
def test_every_kind_of_event_can_be_asked(kind: EventKind) -> None:
    assert isinstance(basis_of(event(kind)), tuple)


@pytest.mark.parametrize(
    ("policy", "said"),
    [(ClockPolicy(), NOTHING), (ClockPolicy(financial_obligation="pause"), NOT_COUNTED)],
)
def test_the_sentence_follows_the_effect_that_was_kept(policy: Any, said: str) -> None:
    kept = Case(terms(clock=policy)).take(
        "suspended", "5 9:00", cause="financial_obligation", legal_basis="Luật"
    )
    assert basis_of(kept, "en") == (said,)
