"""Escalations that ask for an acknowledgement share one letter; each line has its own token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.builders import OFFICE, local, row
from tests.escalating import ASKING, PEOPLE, ROLES, TOKENS, TOLD, source
from tests.office_texts import OFFICE_FILE, PEOPLE_FILE
from tests.post_room import PostRoom, codes_in
from workers.use_cases.acknowledge import acknowledge, acknowledge_token

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter
    from workers.use_cases.tokens import Tokens

CODES: Final = [f"HS-{n}" for n in range(40)]
_TOKEN: Final = re.compile(r"mã xác nhận: (\S+)")
SMS: Final = 'channels = ["sms"]\nphone = "+84900000001"\n'


def late(
    office: OfficeAtWork,
    *codes: str,
    ladders: str = ASKING,
    people: str = PEOPLE_FILE,
    tokens: Tokens | None = TOKENS,
) -> PostRoom:
    """Take dossiers in and let everything before their escalation pass; it comes due at `TOLD`."""
    files = {"office.toml": OFFICE_FILE + ROLES, "people.toml": people + PEOPLE, "ladders.toml": ladders}
    office.configure(now="01/06/2019 08:00", **files)
    office.take_in(*(row(code) for code in codes))
    post = PostRoom(office, "17/06/2019 08:00", tokens=tokens)
    post.run()
    post.mail.sent.clear()
    return post


def words(letter: Letter) -> str:
    return " ".join(letter.text.split())


def text_of(letter: Letter, code: str) -> str:
    """Return what a letter says of one dossier."""
    after = letter.text.partition(f"  {code} ")[2]
    return " ".join(re.split(r"\n  HS-", after)[0].split())


def answer(office: OfficeAtWork, code: str, *, now: str, by: str = "land.head") -> None:
    acknowledge(office.store, OFFICE, code, by, source(now))


def test_forty_overdue_dossiers_are_one_letter_in_which_each_line_has_its_own_token(
    office: OfficeAtWork,
) -> None:
    post = late(office, *CODES)
    post.run(TOLD)
    (letter,) = post.letters_to("land.head")
    assert sorted(codes_in(letter)) == sorted(CODES)
    assert letter.subject == "40 hồ sơ cần xử lý: 40 quá hạn; cần xác nhận: 40"
    assert letter.text.count("đề nghị xác nhận trước 11:00 18/06/2019") == 40
    tokens, html = _TOKEN.findall(letter.text), letter.html or ""
    assert len(set(tokens)) == 40
    for token in tokens:
        assert f"\n    {TOKENS.link(token)}\n" in letter.text
        assert f'href="{TOKENS.link(token)}"' in html
        assert f"<code>{token}</code>" in html
    for said in (words(letter), html):
        assert said.count("dunghan acknowledge --token MÃ.") == 1
    for code in CODES:
        (token,) = _TOKEN.findall(text_of(letter, code))
        (made,) = acknowledge_token(office.store, OFFICE, token, TOKENS, source("18/06/2019 09:00"))
        assert (made.code, made.by, made.outcome) == (code, "land.head", "recorded")


def test_an_asking_rung_that_says_alone_is_a_letter_a_dossier(office: OfficeAtWork) -> None:
    ladders = ASKING.replace("acknowledge_within", "alone = true\nacknowledge_within")
    post = late(office, "HS-1", "HS-2", ladders=ladders)
    post.run(TOLD)
    letters = post.letters_to("land.head")
    assert sorted(letter.headers["X-Dunghan-Dossier"] for letter in letters) == ["HS-1", "HS-2"]


def test_a_line_that_somebody_acknowledged_says_who_and_asks_nothing(office: OfficeAtWork) -> None:
    post = late(office, "HS-1", "HS-2", "HS-3")
    post.at(TOLD)
    post.act()
    answer(office, "HS-2", by="land.1", now=TOLD)
    post.at("18/06/2019 08:00")
    post.post()
    (letter,) = post.letters_to("land.head")
    said = text_of(letter, "HS-2")
    assert "đã được xác nhận lúc 07:00 18/06/2019, người xác nhận: land.1" in said
    assert "mã xác nhận" not in said
    assert "người xác nhận: land.1" in (letter.html or "")
    assert len(_TOKEN.findall(letter.text)) == 2
    assert "2 dòng xin xác nhận đã nhận việc" in words(letter)


def test_what_nobody_acknowledges_is_one_letter_to_the_next_one_up(office: OfficeAtWork) -> None:
    post = late(office, "HS-1", "HS-2", "HS-3")
    post.run(TOLD)
    answer(office, "HS-3", now="18/06/2019 10:00")
    post.run("18/06/2019 11:00")
    post.run("19/06/2019 07:00")
    (letter,) = post.letters_to("top.chair")
    assert sorted(codes_in(letter)) == ["HS-1", "HS-2"]
    missing = "chưa ai xác nhận đến 11:00 18/06/2019: Công chức thụ lý, Lãnh đạo phòng"
    assert words(letter).count(missing) == 2
    assert (letter.html or "").count(missing) == 2
    (token,) = _TOKEN.findall(text_of(letter, "HS-1"))
    (made,) = acknowledge_token(office.store, OFFICE, token, TOKENS, source("19/06/2019 08:00"))
    assert (made.code, made.by, made.rung) == ("HS-1", "top.chair", "t+1")


def test_a_short_message_for_several_says_how_many_ask(office: OfficeAtWork) -> None:
    head = 'email = "land.head@example.invalid"\n'
    post = late(office, *CODES, people=PEOPLE_FILE.replace(head, head + SMS))
    post.run(TOLD)
    (letter,) = post.sms.sent
    assert letter.subject == "40 hồ sơ cần xử lý: 40 quá hạn; cần xác nhận: 40"
    assert "40 dòng xin xác nhận đã nhận việc" in words(letter)
    assert len(_TOKEN.findall(letter.text)) == 10, "of the most pressing ones"
    assert "Trong đó 30 dòng xin xác nhận: dunghan acknowledge MÃ_HỒ_SƠ --by MÃ_NGƯỜI" in words(letter)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("vi", "báo người vận hành ghi bằng lệnh dunghan acknowledge MÃ_HỒ_SƠ --by MÃ_NGƯỜI."),
        ("en", "ask ops to record it with dunghan acknowledge DOSSIER --by PERSON."),
    ],
)
def test_without_a_secret_the_letter_asks_all_the_same_and_names_the_other_command(
    office: OfficeAtWork, lang: str, said: str
) -> None:
    head = 'email = "land.head@example.invalid"\n'
    people = PEOPLE_FILE.replace(head, f'{head}lang = "{lang}"\n')
    post = late(office, "HS-1", "HS-2", people=people, tokens=None)
    post.run(TOLD)
    (letter,) = post.letters_to("land.head")
    assert said in words(letter)
    assert letter.text.count("11:00 18/06/2019") == 2
    assert "--token" not in letter.text


def test_a_letter_that_asks_nothing_says_nothing_of_it(office: OfficeAtWork) -> None:
    post = late(office, "HS-1", "HS-2", ladders=ASKING.replace('acknowledge_within = "4 hours"\n', ""))
    post.run(TOLD)
    (letter,) = post.letters_to("land.head")
    assert letter.subject == "2 hồ sơ cần xử lý: 2 quá hạn"
    assert "xác nhận" not in f"{letter.text}{letter.html}"


def test_what_asks_waits_for_the_others_of_its_run_and_no_longer(office: OfficeAtWork) -> None:
    post = late(office, *CODES)
    post.at(TOLD)
    assert post.act() == [], "nothing goes at once"
    until = {notice.asked_until for code in CODES for notice in office.notices(code) if notice.rung == "t+1"}
    assert until == {local("18/06/2019 11:00")}


def test_after_an_outage_a_later_rung_does_not_take_the_question_of_an_earlier_one(
    office: OfficeAtWork,
) -> None:
    post = late(office, "HS-1")
    post.run("21/06/2019 08:00")  # nothing ran since the 17th: T+1 asks, T+3 does not
    (letter,) = post.letters_to("land.head")
    assert letter.subject == "[Gửi chậm] 1 hồ sơ cần xử lý: 2 quá hạn; cần xác nhận: 1"
    assert "đề nghị xác nhận trước 14:00 21/06/2019" in words(letter)
    (token,) = _TOKEN.findall(letter.text)
    (made,) = acknowledge_token(office.store, OFFICE, token, TOKENS, source("21/06/2019 09:00"))
    assert (made.by, made.rung, made.outcome) == ("land.head", "t+1", "recorded")


def test_after_an_outage_what_went_up_asks_beside_a_later_rung(office: OfficeAtWork) -> None:
    chair_too = 'roles = ["head", "chair"]\nlevel = 4'
    post = late(office, "HS-1", ladders=ASKING.replace('roles = ["head"]\nlevel = 4', chair_too))
    post.run(TOLD)
    post.run("21/06/2019 08:00")  # T+1 went up at 11:00 on the 18th, T+3 came due on the 20th
    post.run("24/06/2019 07:00")
    (letter,) = post.letters_to("top.chair")
    assert "chưa ai xác nhận đến 11:00 18/06/2019" in words(letter)
    (token,) = _TOKEN.findall(letter.text)
    (made,) = acknowledge_token(office.store, OFFICE, token, TOKENS, source("24/06/2019 09:00"))
    assert (made.by, made.rung, made.outcome) == ("top.chair", "t+1", "recorded")


def test_a_rung_that_is_told_until_acknowledged_asks_beside_a_later_one(office: OfficeAtWork) -> None:
    again = 'repeat = { every = "1 working_days", at_most = 1, until = "acknowledged" }'
    post = late(office, "HS-1", ladders=ASKING.replace('acknowledge_within = "4 hours"', again))
    post.run("20/06/2019 07:00")  # T+1 and its repeat, and T+3
    (letter,) = post.letters_to("land.head")
    (token,) = _TOKEN.findall(letter.text)
    (made,) = acknowledge_token(office.store, OFFICE, token, TOKENS, source("20/06/2019 09:00"))
    assert (made.rung, made.outcome) == ("t+1", "recorded")
    rungs = [(one.rung, one.covered_by) for one in office.notices() if one.recipient == "land.head"]
    assert rungs == [("t+1", "t+1#1"), ("t+1#1", None), ("t+3", None)]


def test_what_was_acknowledged_is_told_in_the_message_of_a_later_rung(office: OfficeAtWork) -> None:
    asks = 'acknowledge_within = "4 hours"'
    again = f'{asks}\nrepeat = {{ every = "1 working_days", at_most = 1, until = "closed" }}'
    post = late(office, "HS-1", ladders=ASKING.replace(asks, again))
    post.run(TOLD)
    answer(office, "HS-1", now="18/06/2019 09:00")
    post.run("20/06/2019 07:00")  # the repeat of T+1, and T+3
    letter = post.letters_to("land.head")[-1]
    assert "1 hồ sơ cần xử lý" not in letter.subject
    rungs = [(one.rung, one.covered_by) for one in office.notices() if one.recipient == "land.head"]
    assert rungs == [("t+1", None), ("t+1#1", "t+3"), ("t+3", None)]
