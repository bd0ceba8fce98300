"""What a rung says of itself holds when it comes due: urgent or not, for whom, how often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.builders import local, row
from tests.office_texts import LADDERS_FILE

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork

APOLOGY: Final = 'template = "apology"\n'


def test_what_is_urgent_waits_for_nobodys_hours(office: OfficeAtWork) -> None:
    office.take_in(row(unit="civil", officer="civil.1"))
    urgent = LADDERS_FILE.replace(APOLOGY, APOLOGY + "urgent = true\n")
    office.configure(now="04/06/2019 07:00", **{"ladders.toml": urgent})
    office.act(now="13/06/2019 22:00")
    assert [notice.deliver_at for notice in office.notices()] == [local("13/06/2019 22:00")]
