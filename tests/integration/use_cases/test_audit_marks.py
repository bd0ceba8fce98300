"""What an inspector should look at is found: each event that was told late, dated back or without its law."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import OFFICE, local, row
from workers.use_cases.audit_marks import MarksAudit, audit_marks

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork


def marked(office: OfficeAtWork, *, limit: int = 50, **days: str) -> MarksAudit:
    return audit_marks(office.store, OFFICE, limit=limit, **{name: local(day) for name, day in days.items()})


def told(found: MarksAudit) -> list[tuple[str, str]]:
    return [(entry.code, entry.event.kind) for entry in found.entries]


def test_an_office_that_tells_in_time_has_nothing_to_be_looked_at(office: OfficeAtWork) -> None:
    office.take_in(row("HS-1"))
    office.event("suspended", "HS-1", at="05/06/2019 08:00", now="05/06/2019 09:00")
    office.event("resumed", "HS-1", at="06/06/2019 08:00", now="06/06/2019 09:00")
    office.event("finished", "HS-1", at="07/06/2019 08:00", now="07/06/2019 09:00")
    assert (marked(office).total, told(marked(office))) == (0, [])


def test_a_stop_told_days_later_and_a_result_dated_back_are_found(office: OfficeAtWork) -> None:
    office.take_in(row("HS-1"), row("HS-2"))
    office.event("suspended", "HS-2", at="04/06/2019 08:00", now="12/06/2019 08:00")
    office.event("finished", "HS-1", at="14/06/2019 08:00", now="28/06/2019 08:00")
    found = marked(office)
    assert told(found) == [("HS-2", "suspended"), ("HS-1", "finished")]
    assert found.counts == {"events": 2, "dated_back": 1, "recorded_after_due": 1}
    assert told(marked(office, begin="12/06/2019", end="13/06/2019")) == [("HS-2", "suspended")]
    assert told(marked(office, begin="13/06/2019")) == [("HS-1", "finished")]
    first = marked(office, limit=1)
    assert (first.total, told(first)) == (2, [("HS-2", "suspended")])


def test_words_of_a_person_that_look_like_a_mark_are_none(office: OfficeAtWork) -> None:
    office.take_in(row("HS-1"))
    reason = '"after_due":"yes", dated_back'
    office.event("suspended", "HS-1", at="05/06/2019 08:00", now="05/06/2019 09:00", reason=reason)
    assert marked(office).total == 0
