"""What an inspector should look at is found: each event that was told late, dated back or without its law."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import OFFICE, local, row
from workers.use_cases.audit_marks import MarksAudit, audit_marks

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork


def marked(
    office: OfficeAtWork, *, limit: int = 50, now: str = "14/06/2019 08:00", **days: str
) -> MarksAudit:
    bounds = {name: local(day) for name, day in days.items()}
    return audit_marks(office.store, OFFICE, limit=limit, now=local(now), **bounds)


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


def missed(found: MarksAudit) -> list[str]:
    return [entry.stored.dossier.code for entry in found.missed]


def test_an_open_dossier_whose_apology_was_missed_is_found_and_then_its_late_result(
    office: OfficeAtWork,
) -> None:
    office.take_in(row("HS-1"), row("HS-2"), row("HS-3"), row("HS-4"))  # due on Monday 17 June
    office.event(
        "reappointed", "HS-2", at="13/06/2019 08:00", now="13/06/2019 09:00", appointed_on="2019-06-28"
    )
    office.event("suspended", "HS-3", at="12/06/2019 08:00", now="12/06/2019 09:00")
    office.event("finished", "HS-4", at="17/06/2019 08:00", now="17/06/2019 09:00")
    assert missed(marked(office, now="17/06/2019 23:59")) == []
    found = marked(office, now="18/06/2019 00:00")
    assert missed(found) == ["HS-1"]
    assert found.missed[0].until == local("15/06/2019 00:00")
    assert missed(marked(office, now="18/06/2019 00:00", begin="15/06/2019", end="16/06/2019")) == ["HS-1"]
    assert missed(marked(office, now="18/06/2019 00:00", begin="16/06/2019")) == []
    assert missed(marked(office, now="18/06/2019 00:00", end="15/06/2019")) == []
    office.event("finished", "HS-1", at="18/06/2019 08:00", now="18/06/2019 09:00")
    after = marked(office, now="18/06/2019 10:00")
    assert (missed(after), told(after)) == ([], [("HS-1", "finished")])
    assert after.counts == {"events": 1, "no_apology": 1}


def test_a_dossier_of_hours_is_owed_its_apology_a_day_longer(office: OfficeAtWork) -> None:
    office.take_in(row("HS-1", procedure="1.002"), now="03/06/2019 09:00")  # due on 3 June
    assert missed(marked(office, now="04/06/2019 23:59")) == []
    assert missed(marked(office, now="05/06/2019 00:00")) == ["HS-1"]
