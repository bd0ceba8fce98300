"""A template or an address that cannot be used never loses a notice: it is mended in time, or dead."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.builders import OFFICE, mail_by, row
from tests.post_room import PostRoom
from workers.notify.outbox import FileOutbox
from workers.store.notices import Notice
from workers.use_cases.attempt import MOST_ATTEMPTS
from workers.use_cases.envelope import Envelope
from workers.use_cases.letter_view import Case
from workers.use_cases.office import load_office
from workers.use_cases.sending import Sender

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tests.builders import OfficeAtWork

FAULTS = pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Subject: {{ code }}\n{% if %}\n", "Expected an expression"),
        (
            "Subject: {{ code }}\n{{ nguoi_nop }}\n",
            "chỗ điền “nguoi_nop” không có; cần một trong ",
        ),
        ("Subject: {{ code }}\n{{ 1 // 0 }}\n", "ZeroDivisionError"),
    ],
    ids=["syntax", "placeholder", "division"],
)


def office_with(template: str, office: OfficeAtWork, folder: Path) -> PostRoom:
    own = folder / "templates" / "mails" / "vi" / "apology.j2"
    own.parent.mkdir(parents=True)
    own.write_text(template, encoding="utf-8")
    office.take_in(row())
    return PostRoom(office, "13/06/2019 07:00", templates=folder / "templates")


@FAULTS
def test_a_faulty_template_makes_a_dead_notice_that_names_file_and_line(
    office: OfficeAtWork, tmp_path: Path, text: str, found: str
) -> None:
    post = office_with(text, office, tmp_path)
    post.run()
    post.post_until()
    (notice,) = office.notices()
    assert (notice.state, notice.attempts, post.mail.sent) == ("dead", MOST_ATTEMPTS, [])
    assert "apology.j2:2" in (notice.last_error or "")
    assert found in (notice.last_error or "")


@FAULTS
def test_a_template_mended_in_time_costs_a_delay(
    office: OfficeAtWork, tmp_path: Path, text: str, found: str
) -> None:
    post = office_with(text, office, tmp_path)
    assert found in str(post.run().errors)
    (tmp_path / "templates" / "mails" / "vi" / "apology.j2").unlink()
    post.now += timedelta(hours=1)
    assert post.post().sent == 1


def test_an_address_with_a_line_break_kills_every_notice_of_a_letter_and_forges_none(
    office: OfficeAtWork, tmp_path: Path
) -> None:
    # The files refuse such an address; a configuration recorded before they did may hold one.
    codes = ["HS-1", "HS-2"]
    office.take_in(*(row(code) for code in codes))
    post = PostRoom(office, "13/06/2019 07:00")
    post.act()
    known = load_office(office.store, "office")
    people = [replace(p, email="a@example.invalid\nBcc: b@example.org") for p in known.sla.lines.people]
    sla = replace(known.sla, lines=replace(known.sla.lines, people=people))
    cases = [
        Case(
            notice=office.notices(code)[0],
            stored=office.stored(code),
            clock=office.clock(code),
            merged=(),
            office=replace(known, sla=sla),
        )
        for code in codes
    ]
    sender = Sender(
        store=office.store,
        channels=mail_by(FileOutbox(tmp_path / "outbox")),
        sender="dunghan@example.invalid",
        templates=None,
        clock=lambda: post.now,
        spread=lambda _: 0.0,
    )
    fates = sender.send(Envelope(name="d1.1", cases=cases))
    assert [fate.state for fate in fates] == ["dead", "dead"]
    assert all("not of the form name@host" in (fate.reason or "") for fate in fates)
    assert not (tmp_path / "outbox").exists()


def test_a_notice_of_a_kind_nobody_knows_dies_alone(office: OfficeAtWork) -> None:
    office.take_in(row())
    post = PostRoom(office, "13/06/2019 08:00")
    with office.store.begin(OFFICE) as work:  # written by a later program than this one
        work.notices.claim_rungs([strange(post.now)])
        work.commit()
    delivered = post.run()
    assert (delivered.sent, delivered.dead) == (1, 1)
    assert post.states("omen/2019") == ["dead"]
    assert list(delivered.errors.values()) == [
        "no dossier 'omen/2019' that can be read, and no matter of the office is a 'omen'"
    ]


def strange(now: datetime) -> Notice:
    """Return a notice about the office of a kind that this program does not have."""
    return Notice(
        code="omen/2019",
        rung="omen",
        epoch=0,
        recipient="land.1",
        kind="omen",
        level=1,
        role="officer",
        planned_at=now,
        created_at=now,
        deliver_at=now,
        sla_version=1,
    )
