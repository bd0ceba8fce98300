"""The mail of an escalation asks for an acknowledgement; its token gives it, and no other word does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.errors import HistoryError
from tests.builders import OFFICE, OfficeAtWork, local, row
from tests.escalating import ASKING, TOKENS, TOLD, Escalating, escalating, source
from tests.office_law import law_files
from workers.use_cases.acknowledge_door import take
from workers.use_cases.tokens import Tokens

CHAIR = ("t+1^1", "top.chair")


@pytest.fixture
def late(office: OfficeAtWork) -> Escalating:
    """HS-1 was due on the 17th, and its officer and the head of the unit have their mails."""
    made = escalating(office)
    made.tick(TOLD)
    made.deliver("18/06/2019 07:05")
    return made


def token(late: Escalating, rung: str = "t+1", recipient: str = "land.head") -> str:
    return TOKENS.sign(OFFICE, late.notice(rung, recipient))


def refusal(
    late: Escalating, word: str, *, now: str = "18/06/2019 09:00", tokens: Tokens | None = TOKENS
) -> str:
    with pytest.raises(HistoryError) as caught:
        late.answer_by(word, now=now, tokens=tokens)
    return caught.value.message


def letter_to(late: Escalating, recipient: str) -> str:
    """Return the text of the last mail to somebody, its lines joined."""
    return " ".join([one for one in late.sent if one.to.startswith(recipient)][-1].text.split())


def test_the_mail_asks_until_when_and_carries_the_token_of_its_recipient(late: Escalating) -> None:
    for recipient in ("land.1", "land.head"):
        text = letter_to(late, recipient)
        assert "xác nhận đã nhận việc trước 11:00 ngày 18/06/2019" in text
        assert f"https://page.example.invalid/?ma={token(late, recipient=recipient)} " in text
    html = late.sent[-1].html
    assert html is not None
    assert f'href="{TOKENS.link(token(late, recipient=late.sent[-1].to.partition("@")[0]))}"' in html


def test_the_token_acknowledges_in_the_name_of_its_recipient(late: Escalating) -> None:
    (made,) = late.answer_by(f" {token(late).upper()}\n", now="18/06/2019 09:00")
    assert (made.by, made.rung, made.outcome) == ("land.head", "t+1", "recorded")
    assert late.office.history()[-1].event.data["way"] == "link"
    (again,) = late.answer_by(token(late, recipient="land.1"), now="18/06/2019 10:00")
    assert (again.by, again.outcome) == ("land.head", "already")


def test_a_forged_or_cut_token_and_one_of_another_secret_are_refused(late: Escalating) -> None:
    good = token(late)
    other = f"{late.notice('t+1', 'land.1').id}-{good.partition('-')[2]}"
    strange = Tokens(secret="another-secret").sign(OFFICE, late.notice("t+1", "land.head"))  # noqa: S106
    elsewhere = TOKENS.sign("other-office", late.notice("t+1", "land.head"))
    for word in (
        good[:-1],
        f"{good}a",
        f"0{good}",
        other,
        strange,
        elsewhere,
        "",
        "x",
        "9" * 70,
        "٣-a",
        "999-a",
        f"{good}\ud800",
    ):
        assert refusal(late, word) == "token_refused"
    assert refusal(late, good, tokens=None) == "token_unknown"
    assert "acknowledged" not in late.office.kinds()


def test_a_token_runs_out_with_what_it_is_about_and_not_with_time(late: Escalating) -> None:
    late.office.event(
        "reappointed",
        at="18/06/2019 09:00",
        now="18/06/2019 09:00",
        appointed_on="2019-12-20",
        forced_by="a",
    )
    assert refusal(late, token(late)) == "acknowledged_too_late"
    late.office.event("finished", at="19/06/2019 09:00", now="19/06/2019 09:00")
    assert refusal(late, token(late), now="19/06/2019 10:00") == "closed"


def test_a_token_of_last_year_is_as_good_as_new(late: Escalating) -> None:
    assert late.answer_by(token(late), now="18/06/2020 09:00")[0].outcome == "recorded"


def test_the_next_one_up_is_told_who_did_not_answer_and_by_when(late: Escalating) -> None:
    late.tick("18/06/2019 11:00")
    assert late.deliver("19/06/2019 07:00").sent == 1
    text = letter_to(late, "top.chair")
    assert (
        "Đến 11:00 ngày 18/06/2019 chưa ai xác nhận đã nhận việc: Công chức thụ lý, Lãnh đạo phòng." in text
    )
    assert "trước 11:00 ngày 19/06/2019" in text
    assert "mốc T+1 (báo lên lần 1)" in text
    (made,) = late.answer_by(token(late, *CHAIR), now="19/06/2019 08:00")
    assert (made.by, made.rung) == ("top.chair", "t+1")


def test_nobody_is_told_that_nobody_answers_once_somebody_has(late: Escalating) -> None:
    late.tick("18/06/2019 11:00")
    late.answer(now="18/06/2019 16:00")
    result = late.deliver("19/06/2019 07:00")
    assert (result.sent, result.cancelled) == (0, 1)
    assert late.notice(*CHAIR).state == "cancelled"


def test_what_was_to_be_told_with_it_is_told_all_the_same(office: OfficeAtWork) -> None:
    chair_too = ASKING.replace(
        'after = "3 working_days"\nkind = "escalation"\nroles = ["head"]',
        'after = "2 hours"\nkind = "escalation"\nroles = ["chair"]',
    )
    late = escalating(office, ladders=chair_too)
    late.tick(TOLD)
    late.tick("18/06/2019 09:00")  # the chairman's mail waits for the morning of the 19th
    late.tick("18/06/2019 11:00")
    assert late.notice(*CHAIR).state == "planned"
    assert late.notice("t+3", "top.chair").covered_by == CHAIR[0]
    late.answer(now="18/06/2019 12:00")
    late.deliver("19/06/2019 07:00")
    assert "T+1 (báo lên lần 1)" in letter_to(late, "top.chair")
    assert "Báo gộp: mốc T+3" in letter_to(late, "top.chair")


def test_a_mail_that_was_late_itself_says_who_has_it_in_hand(office: OfficeAtWork) -> None:
    late = escalating(office)
    late.silent_tick(TOLD)
    late.answer("land.1", now="18/06/2019 08:00")
    late.deliver("18/06/2019 09:00")
    text = letter_to(late, "land.head")
    assert "Đã được xác nhận lúc 08:00 ngày 18/06/2019, người xác nhận: land.1." in text
    assert "Mã xác nhận" not in text


def test_an_office_without_a_secret_asks_all_the_same(office: OfficeAtWork) -> None:
    late = escalating(office)
    late.tokens = None
    late.tick(TOLD)
    late.deliver("18/06/2019 09:00")
    text = letter_to(late, "land.head")
    assert "trước 11:00 ngày 18/06/2019" in text
    assert "Báo người vận hành ghi xác nhận." in text


def with_a_late_step(office: OfficeAtWork) -> Escalating:
    """Let a step be late, with an acknowledgement asked for within four hours."""
    files = law_files()
    files["ladders.toml"] = files["ladders.toml"].replace(
        'code = "b+1"', 'code = "b+1"\nacknowledge_within = "4 hours"'
    )
    office.configure(now="01/06/2019 08:00", **files)
    office.take_in(row(procedure="1.005", unit="civil", officer="civil.1"))
    office.event("handed_over", at="03/06/2019 14:00", unit="land", officer="land.1")
    late = Escalating(office)
    late.tick("10/06/2019 07:30")
    return late


def test_a_step_is_acknowledged_by_itself_and_no_more_once_it_is_left(office: OfficeAtWork) -> None:
    late = with_a_late_step(office)
    late.deliver("10/06/2019 07:35")
    (made,) = late.answer(now="10/06/2019 09:00", step="tham-dinh")
    assert (made.step, made.rung) == ("2.tham-dinh", "b+1")
    assert late.answer(now="10/06/2019 09:01")[0].outcome == "already"
    word = token(late, "b+1")
    office.event("handed_over", at="10/06/2019 10:00", now="10/06/2019 10:00", unit="top")
    assert refusal(late, word, now="10/06/2019 10:01") == "acknowledged_too_late"


def test_a_step_that_nobody_acknowledges_goes_up_and_its_mail_tells_of_the_step(office: OfficeAtWork) -> None:
    late = with_a_late_step(office)
    late.tick("10/06/2019 14:00")
    late.deliver("11/06/2019 07:00")
    assert "bước “Thẩm định”" in letter_to(late, "top.head")


def test_other_systems_hand_it_in_by_a_task(late: Escalating) -> None:
    by_task = replace(source("18/06/2019 09:00"), way="task", actor="notices.acknowledge")
    assert take(late.office.store, None, {"code": "HS-1 ", "by": "land.head"}, TOKENS, by_task) is None
    entry = late.office.history()[-1]
    assert (entry.event.data["way"], entry.actor) == ("task", "notices.acknowledge")
    assert take(late.office.store, None, {"token": token(late)}, TOKENS, by_task) is None
    assert late.office.kinds().count("acknowledged") == 1


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"code": "HS-404", "by": "land.head"}, "unknown_dossier"),
        ({"code": "HS-1", "by": "civil.1"}, "may_not_acknowledge"),
        ({"code": "HS-1"}, "by: found nothing, expected a dossier and who acknowledges"),
        ({"code": "HS-1", "by": "a", "colour": "red"}, "unknown keys: 'colour'"),
        ({"code": "HS-1\x00", "by": "land.head"}, "code: found 'HS-1\\x00', expected a short text"),
        ({"code": "HS-1", "by": "\ud800"}, "by: found '\\ud800', expected a short text"),
        ({"code": "HS-1", "by": 7}, "by: found '7', expected a short text"),
        (["HS-1"], "message: found list, expected an object"),
    ],
)
def test_what_is_refused_is_kept_with_its_reason(late: Escalating, said: dict[str, str], error: str) -> None:
    refused = take(late.office.store, OFFICE, said, TOKENS, source("18/06/2019 09:00"))
    assert refused is not None
    assert refused.message == error
    with late.office.store.read(OFFICE) as work:
        (letter,) = work.journal.dead_letters()
    assert (letter.error, letter.received_at) == (refused.code, local("18/06/2019 09:00"))


def test_a_refused_token_is_kept_nowhere(late: Escalating) -> None:
    refused = take(late.office.store, None, {"token": token(late)[:-2]}, TOKENS, source("18/06/2019 09:00"))
    assert refused is not None
    assert refused.message == "token_refused"
    with late.office.store.read(OFFICE) as work:
        assert work.journal.dead_letters() == []


def test_an_office_that_nobody_knows_is_named(late: Escalating) -> None:
    said = {"code": "HS-1", "by": "land.head"}
    refused = take(late.office.store, "elsewhere", said, TOKENS, source("18/06/2019 09:00"))
    assert refused is not None
    assert "'elsewhere'" in refused.message


@pytest.mark.parametrize("name", ["a\x00b", "x" * 100])
def test_an_office_whose_name_cannot_be_stored_is_refused(late: Escalating, name: str) -> None:
    said = {"code": "HS-1", "by": "land.head"}
    refused = take(late.office.store, name, said, TOKENS, source("18/06/2019 09:00"))
    assert refused is not None
    assert "expected one of: office" in refused.message
