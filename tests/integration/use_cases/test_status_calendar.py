"""From when the end of the known days is a warning of `status`, and from when a trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from config.settings import Settings
from tests.builders import OFFICE, OfficeAtWork, local, row
from workers.cli.here import Desk
from workers.cli.status import SIGNS, troubles_of, warnings_of
from workers.use_cases.overview import overview

if TYPE_CHECKING:
    from pathlib import Path


def status(office: OfficeAtWork, folder: Path, now: str) -> tuple[list[str], list[str]]:
    """Return troubles and warnings of an office in which everything has just run."""
    moment = local(now)
    with office.store.begin(OFFICE) as work:
        for name in SIGNS:
            work.journal.beat(name, now=moment)
        work.commit()
    desk = Desk(settings=Settings.load({}, home=folder), store=office.store, office_code=OFFICE, now=moment)
    seen = overview(office.store, OFFICE, now=moment)
    return troubles_of(seen, desk), warnings_of(seen, desk)


@pytest.mark.parametrize(
    ("now", "troubles", "warnings"),
    [
        ("01/11/2019 23:59", 0, 0),
        ("02/11/2019 00:00", 0, 1),
        ("18/12/2019 23:59", 0, 1),
        ("19/12/2019 00:00", 1, 0),
        ("31/12/2019 23:59", 1, 0),
        ("01/01/2020 00:00", 1, 0),
        ("01/06/2021 00:00", 1, 0),
    ],
)
def test_it_warns_for_sixty_days_and_is_a_trouble_for_the_last_thirteen(
    office: OfficeAtWork, tmp_path: Path, now: str, troubles: int, warnings: int
) -> None:
    found = status(office, tmp_path, now)
    assert tuple(map(len, found)) == (troubles, warnings)


def test_provisional_dossiers_stand_in_the_warning_and_make_no_trouble_of_it(
    office: OfficeAtWork, tmp_path: Path
) -> None:
    _, (none,) = status(office, tmp_path, "18/12/2019 08:00")
    assert "còn 14 ngày (đến 31/12/2019); chưa hồ sơ nào hạn tạm tính" in none
    office.take_in(row(accepted="18/12/2019 08:00"), now="18/12/2019 09:00")
    troubles, (warning,) = status(office, tmp_path, "18/12/2019 09:00")
    assert troubles == []
    assert warning == (
        "Lịch nghỉ main sắp hết, còn 14 ngày (đến 31/12/2019); 1 hồ sơ đang mở có hạn tạm tính. "
        "Hãy ghi sla/calendar/2020.toml."
    )


def test_ops_who_are_not_warned_any_more_are_a_trouble(office: OfficeAtWork, tmp_path: Path) -> None:
    status(office, tmp_path, "03/06/2019 08:00")
    moment = local("03/06/2019 09:00")
    with office.store.begin(OFFICE) as work:
        for name in set(SIGNS) - {"warn_ops"}:
            work.journal.beat(name, now=moment)
        work.commit()
    desk = Desk(settings=Settings.load({}, home=tmp_path), store=office.store, office_code=OFFICE, now=moment)
    assert troubles_of(overview(office.store, OFFICE, now=moment), desk) == [
        "Lượt xem việc vận hành đã im lặng, lần cuối 60 phút trước. Hãy xem var/log/worker.log."
    ]
