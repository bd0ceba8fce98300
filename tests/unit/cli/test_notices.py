"""`dunghan notices`: what reached nobody is shown with its reason, and sent again when somebody says so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.conftest import row
from workers import clock
from workers.store.outbox import Fate
from workers.store.unit_of_work import Store
from workers.use_cases.act import act_on_batch
from workers.use_cases.sweep import sweep_dossiers

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Line

OFFICE = "my-xuyen"
REASON = "letter <1.1.my-xuyen@dunghan>: the mail server refused the recipient: 550 5.1.1 <address>"


@pytest.fixture
def ids(office: Line) -> list[int]:
    """The notices of two dossiers long overdue, all of them given up."""
    lists = office.write_list(row("H51-1"), row("H51-2"))
    assert office("import", str(lists)).code == 0
    store, now, lease = Store(f"sqlite:///{office.home}/var/dunghan.db"), clock.now(), timedelta(minutes=2)
    codes = sweep_dossiers(store, OFFICE, now=now, lease=lease)
    act_on_batch(store, OFFICE, codes, now=now, lease=lease)
    with store.begin(OFFICE) as work:
        waiting = [notice.id for notice in work.notices.of_office() if notice.state == "planned"]
        held = work.outbox.claim(waiting, now=now + timedelta(days=5), until=now + timedelta(days=6)).held
        fates = [
            Fate(id=notice.id, state="dead", attempts=1, at=now, way="mail", reason=REASON) for notice in held
        ]
        work.outbox.settle(fates)
        work.commit()
    store.dispose()
    return waiting


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
