"""`dunghan notices`: what reached nobody is shown with its reason, and sent again when somebody says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.conftest import row
from workers import clock
from workers.store.fates import Fate
from workers.store.unit_of_work import Store
from workers.use_cases.act import act_on_batch
from workers.use_cases.sweep import sweep_dossiers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.unit.cli.conftest import Line

OFFICE = "my-xuyen"
REASON = "letter <1.1.my-xuyen@dunghan>: the mail server refused the recipient: 550 5.1.1 <address>"


@pytest.fixture
def waiting(office: Line) -> Iterator[Store]:
    """The office's store, with the notices of two dossiers long overdue in it."""
    lists = office.write_list(row("H51-1"), row("H51-2"))
    assert office("import", str(lists)).code == 0
    store, now, lease = Store(f"sqlite:///{office.home}/var/dunghan.db"), clock.now(), timedelta(minutes=2)
    codes = sweep_dossiers(store, OFFICE, now=now, lease=lease)
    act_on_batch(store, OFFICE, codes, now=now, lease=lease)
    yield store
    store.dispose()


@pytest.fixture
def ids(waiting: Store) -> list[int]:
    """Those notices, all of them given up in one letter."""
    now = clock.now()
    with waiting.begin(OFFICE) as work:
        found = work.postbox.waiting(limit=99)
        work.outbox.claim({"d1.1": found}, until=now + timedelta(days=6))
        told = {"state": "dead", "attempts": 1, "letter": "d1.1", "at": now, "way": "mail", "reason": REASON}
        work.fates.settle([Fate(id=notice.id, **told) for notice in found])  # type: ignore[arg-type]
        work.commit()
    return sorted(notice.id for notice in found)


def test_without_a_dead_notice_it_says_so(office: Line) -> None:
    answer = office("notices", "dead")
    assert (answer.code, answer.out.strip()) == (0, "Không có thông báo nào hỏng.")
    assert office("notices", "resend", "--all").code == 0


def test_the_dead_are_shown_with_their_reason_and_what_to_do(office: Line, ids: list[int]) -> None:
    answer = office("notices", "dead")
    assert answer.code == 1
    assert f"{len(ids)} trong {len(ids)}" in answer.out
    assert "H51-1" in answer.out
    assert "550 5.1.1" in " ".join(answer.out.split())
    assert "dunghan notices resend" in answer.out
    assert max(len(text) for text in answer.out.splitlines()) <= 80
    assert f"{len(ids)} thông báo không gửi được" in office("status").out


def test_programs_read_everything_of_them(office: Line, ids: list[int]) -> None:
    found = office("notices", "dead", "--json", "--limit", "1").json
    assert found["total"] == len(ids)
    (notice,) = found["notices"]
    assert (notice["way"], notice["attempts"], notice["last_error"]) == ("mail", 1, REASON)
    assert notice["died_at"].endswith("+07:00")
    assert notice["resends"] == []


def test_one_is_sent_again_and_it_is_recorded_who_said_so(office: Line, ids: list[int]) -> None:
    answer = office("notices", "resend", str(ids[0]))
    assert (answer.code, answer.out.strip()) == (0, f"{ids[0]}: sẽ gửi lại")
    left = office("notices", "dead", "--json").json
    assert ids[0] not in {notice["id"] for notice in left["notices"]}
    store = Store(f"sqlite:///{office.home}/var/dunghan.db")
    with store.read(OFFICE) as work:
        (entry,) = work.dead_notices.resends([ids[0]])[ids[0]]
    store.dispose()
    assert entry.actor.startswith("cli:")


def test_all_are_sent_again(office: Line, ids: list[int]) -> None:
    answer = office("notices", "resend", "--all", "--json")
    assert answer.code == 0
    assert [entry["id"] for entry in answer.json] == sorted(ids)
    assert {entry["outcome"] for entry in answer.json} == {"planned"}
    assert office("notices", "dead").code == 0


def test_what_is_not_dead_is_named_and_left_alone(office: Line, ids: list[int]) -> None:
    office("notices", "resend", str(ids[0]))
    answer = office("notices", "resend", str(ids[0]), "999")
    assert answer.code == 1
    assert f"{ids[0]}: không hỏng" in answer.out
    assert "999: không có thông báo này" in answer.out


@pytest.mark.parametrize("words", [[], ["1", "--all"]])
def test_neither_nothing_nor_both_can_be_meant(office: Line, words: list[str]) -> None:
    answer = office("notices", "resend", *words)
    assert answer.code == 2
    assert "--all" in answer.err


def test_what_waits_is_shown_with_its_moment_and_why(office: Line, waiting: Store) -> None:
    with waiting.begin(OFFICE) as work:
        first, *rest = work.postbox.waiting(limit=99)
        work.outbox.put_off({first.id: first.created_at + timedelta(days=9)})
        work.commit()
    answer = office("notices", "waiting")
    assert answer.code == 0
    assert f"{1 + len(rest)} trong {1 + len(rest)}" in answer.out
    assert "chờ giờ làm việc" in " ".join(answer.out.split())
    assert max(len(text) for text in answer.out.splitlines()) <= 80
    listed = office("notices", "waiting", "--limit", "1", "--json").json
    assert listed["total"] == 1 + len(rest)
    (one,) = listed["notices"]
    assert (one["recipient"], one["state"]) == (rest[0].recipient, "planned")
    every = office("notices", "waiting", "--json").json["notices"]
    assert {entry["why"] for entry in every} <= {"hours", "turn"}
    assert every[-1]["why"] == "hours"
    assert every[-1]["id"] == first.id


def test_what_waits_for_the_return_of_somebody_away_is_not_called_unsent(
    office: Line, waiting: Store
) -> None:
    with waiting.begin(OFFICE) as work:
        held = [replace(notice, passed_to="another") for notice in work.postbox.waiting(limit=99)]
        work.standing_in.pass_on(held)
        work.commit()
    assert "đã báo người thay" in " ".join(office("notices", "waiting").out.split())


def test_where_nothing_waits_it_says_so(office: Line) -> None:
    assert office("notices", "waiting").out.strip() == "Không có thông báo nào chờ gửi."


def test_a_letter_says_what_it_told(office: Line, ids: list[int]) -> None:
    for name in ("d1.1", f"<d1.1.{OFFICE}@dunghan>"):
        answer = office("notices", "letter", name)
        assert answer.code == 0
        assert "H51-1" in answer.out
        assert "không gửi được" in answer.out
    assert len(office("notices", "letter", "d1.1", "--json").json["notices"]) == len(ids)
    assert office("notices", "letter", "d9.9").code == 2
