"""`dunghan acknowledge` and `dunghan notices unacknowledged`: who has it in hand, and what waits for whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from config.settings import Settings
from tests.builders import delivery, mail_by
from tests.office_days import Accepting
from tests.unit.cli.conftest import row
from workers import clock
from workers.store.unit_of_work import Store
from workers.use_cases.act import act_on_batch
from workers.use_cases.tokens import tokens_of

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Line
    from workers.store.notices import Notice

OFFICE = "my-xuyen"
HEAD = "tu-phap.truong-phong"


@pytest.fixture
def late(office: Line) -> Line:
    """A dossier long overdue; its escalation of the third day asks to be acknowledged."""
    assert office("import", str(office.write_list(row()))).code == 0
    store, lease = Store(f"sqlite:///{office.home}/var/dunghan.db"), timedelta(minutes=2)
    # Of the third day alone: the fifth has not come when the dossier is looked at.
    now = datetime(2025, 11, 13, 8, tzinfo=UTC)
    acted = act_on_batch(store, OFFICE, ["H51-1"], now=now, lease=lease)
    delivery(store, mail_by(Accepting()), lambda: now).deliver(OFFICE, acted.deliver_now)
    store.dispose()
    return office


def asking(office: Line) -> Notice:
    store = Store(f"sqlite:///{office.home}/var/dunghan.db")
    with store.read(OFFICE) as work:
        notices = {
            notice.recipient: notice for notice in work.notices.of_dossier("H51-1") if notice.asked_until
        }
    store.dispose()
    return notices[HEAD]


def test_what_waits_for_an_acknowledgement_is_listed_until_when_and_for_whom(late: Line) -> None:
    answer = late("notices", "unacknowledged")
    assert answer.code == 1  # its time is long over
    assert "H51-1" in answer.out
    assert HEAD in answer.out
    assert max(len(text) for text in answer.out.splitlines()) <= 80
    found = late("notices", "unacknowledged", "--json").json
    assert {(one["rung"], one["over"]) for one in found} == {("t+3", True)}
    assert {one["asked_until"] for one in found} == {"2025-11-14T15:00:00+07:00"}


def test_the_time_of_what_nobody_was_told_is_not_over(office: Line) -> None:
    assert office("import", str(office.write_list(row()))).code == 0
    store, at = Store(f"sqlite:///{office.home}/var/dunghan.db"), datetime(2025, 11, 13, 8, tzinfo=UTC)
    act_on_batch(store, OFFICE, ["H51-1"], now=at, lease=timedelta(minutes=2))
    store.dispose()
    answer = office("notices", "unacknowledged", "--json")
    assert {one["over"] for one in answer.json} == {False}
    assert answer.code == 0


def test_who_acknowledges_is_recorded_and_seen_with_the_dossier(late: Line) -> None:
    answer = late("acknowledge", "H51-1", "--by", HEAD)
    assert (answer.code, answer.out.strip()) == (0, f"H51-1: đã ghi {HEAD} xác nhận mốc t+3.")
    shown = " ".join(late("dossier", "H51-1").out.split())
    assert "xác nhận báo cáo quá hạn" in shown
    assert f"t+3 · {HEAD}" in shown
    assert "đã xác nhận" in shown
    assert "acknowledged" in " ".join(late("dossier", "H51-1", "--lang", "en").out.split())
    notices = [one for one in late("dossier", "H51-1", "--json").json["notices"] if one["rung"] == "t+3"]
    assert {one["acknowledged_by"] for one in notices} == {HEAD}
    assert late("notices", "unacknowledged").out.strip() == "Không có báo cáo quá hạn nào chờ xác nhận."
    again = late("acknowledge", "H51-1", "--by", HEAD, "--rung", "t+3", "--json")
    assert (again.code, again.json["changed"]) == (0, False)


def test_before_it_is_acknowledged_the_dossier_shows_whom_it_goes_up_to(late: Line) -> None:
    shown = " ".join(late("dossier", "H51-1").out.split())
    assert "chờ xác nhận đến 14/11" in shown
    assert "chưa ai xác nhận t+3: báo" in shown
    assert "lanh-dao.pho-chu-tich" in shown


def test_the_token_of_a_mail_is_enough(late: Line) -> None:
    tokens = tokens_of(Settings.load({}, home=late.home))
    assert tokens is not None  # init made a secret for this office
    answer = late("acknowledge", "--token", tokens.sign(OFFICE, asking(late)), "--json")
    assert answer.code == 0
    assert (answer.json["acknowledged"][0]["by"], answer.json["changed"]) == (HEAD, True)
    refused = late("acknowledge", "--token", "1-abc")
    assert refused.code == 1
    assert "chép lại nguyên văn" in refused.err


def test_somebody_it_does_not_concern_is_refused_in_a_sentence(late: Line) -> None:
    answer = late("acknowledge", "H51-1", "--by", "tnmt.truong-phong")
    assert answer.code == 1
    assert answer.err.startswith("Từ chối: tnmt.truong-phong không được báo mốc t+3 của hồ sơ H51-1")
    as_json = late("acknowledge", "H51-404", "--by", HEAD, "--json")
    assert (as_json.code, as_json.json["recorded"], as_json.json["error"]) == (1, False, "history")


@pytest.mark.parametrize("words", [[], ["H51-1"], ["H51-1", "--by", HEAD, "--token", "1-a"], ["--by", HEAD]])
def test_a_dossier_with_a_person_or_a_token_is_meant(office: Line, words: list[str]) -> None:
    answer = office("acknowledge", *words)
    assert answer.code == 2
    assert "--token" in answer.err


def test_every_new_office_has_a_secret_of_its_own(office: Line) -> None:
    text = (office.home / ".env").read_text(encoding="utf-8")
    (line,) = [line for line in text.splitlines() if line.startswith("DUNGHAN_SECRET=")]
    assert len(line) > len("DUNGHAN_SECRET=") + 40
    assert clock.now() > datetime(2025, 11, 13, tzinfo=UTC)
