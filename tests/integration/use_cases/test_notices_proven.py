"""Whatever happens to dossiers and whenever somebody looks: the audit of their notices has nothing to say."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import HistoryError
from tests.builders import OFFICE, ZONE, OfficeAtWork, local, row
from tests.escalating import source
from tests.office_days import Accepting, Away, OfficeDays
from tests.office_law import STEP_LADDER, law_files
from tests.office_texts import LADDERS_FILE, PEOPLE_FILE
from workers.store.unit_of_work import Store
from workers.use_cases.acknowledge import acknowledge

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hypothesis.strategies import SearchStrategy

# What may happen to a dossier; some of it is refused by the law, which is well.
_EVENTS: Final[Mapping[str, Mapping[str, str]]] = {
    "suspended": {},
    "resumed": {},
    "handed_over": {"unit": "land", "officer": "land.2"},
    "officer_changed": {"officer": "land.2"},
    "calendar_changed": {"reason": "thử", "document": "01/TB"},
    "supplement_requested": {},
    "supplemented": {},
    "reappointed": {"appointed_on": "2019-07-12"},
    "finished": {},
}
_FIRST: Final = 'template = "apology"\n'
_LAST: Final = 'level = 4\ntemplate = "escalation"\n'
_ASKING: Final = 'code = "t+1"\n'
_REPEATED: Final = 'repeat = { every = "3 hours", at_most = 3, until = "acknowledged" }\n'
_LADDERS: Final = (
    LADDERS_FILE,
    LADDERS_FILE.replace('"3 working_days"', '"2 working_days"'),
    LADDERS_FILE.replace('roles = ["officer"]', 'roles = ["head", "officer"]', 1),
    LADDERS_FILE.replace(_LAST, f'{_LAST}repeat = {{ every = "1 working_days", at_most = 3 }}\n'),
    LADDERS_FILE.replace(_ASKING, f'{_ASKING}acknowledge_within = "4 hours"\n'),
    LADDERS_FILE.replace(_ASKING, f'{_ASKING}acknowledge_within = "1 working_days"\n{_REPEATED}'),
    LADDERS_FILE.replace(_FIRST, f'{_FIRST}urgent = true\nwhen = {{ units = ["land"] }}\n'),
)
_AWAY: Final = tuple(
    "".join(
        f'\n[[absences]]\nperson = "{person}"\nfrom = {first}\nto = {last}\n{more}'
        for person, first, last, more in absences
    )
    for absences in (
        (),
        (("land.1", "2019-06-10", "2019-06-14", 'substitute = "land.2"\n'),),
        (("land.1", "2019-06-17", "2019-07-05", ""), ("civil.1", "2019-06-04", "2019-06-20", "")),
        (
            ("land.head", "2019-06-12", "2019-06-25", 'substitute = "land.1"\n'),
            ("top.head", "2019-06-14", "2019-06-20", 'substitute = "land.head"\n'),
        ),
    )
)
_MORNINGS: Final = ('"at_once"', '"next_morning"')
_SOMEBODY_NEW: Final = ("land.head", "land.chief")
_PEOPLE: Final = (("", ""), _MORNINGS, _SOMEBODY_NEW)
# What happens, after how many minutes of work, and how many minutes later somebody looks again.
HAPPENINGS: Final[SearchStrategy[list[tuple[str, int, int]]]] = st.lists(
    st.tuples(
        st.sampled_from([*_EVENTS, "configured", "late list", "outage", "acknowledged"]),
        st.integers(1, 6_000),
        st.integers(0, 10),
    ),
    max_size=8,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings=HAPPENINGS)
def test_of_an_office_that_works_the_audit_is_empty(
    happenings: list[tuple[str, int, int]], sqlite_url: str, tmp_path: Path
) -> None:
    days = _office(sqlite_url, tmp_path)
    for turn, (what, minutes, silence) in enumerate(happenings):
        days.work_until(_text(days, minutes))
        _happens(what, turn, days)
        days.now += timedelta(minutes=silence)
    days.work_until("15/08/2019 08:00")
    assert days.told() == []
    assert days.told("10/06/2019", "20/06/2019") == []
    days.office.store.dispose()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings=HAPPENINGS, gone=st.tuples(st.integers(0, 7), st.integers(1, 4)))
def test_while_a_mail_server_is_away_the_audit_speaks_of_the_delivery_alone(
    happenings: list[tuple[str, int, int]], gone: tuple[int, int], sqlite_url: str, tmp_path: Path
) -> None:
    days = _office(sqlite_url, tmp_path)
    for turn, (what, minutes, silence) in enumerate(happenings):
        if turn in (gone[0], sum(gone)):
            days.mail = Away() if turn == gone[0] else Accepting()
        days.work_until(_text(days, minutes))
        _happens(what, turn, days)
        days.now += timedelta(minutes=silence)
    days.mail = Accepting()
    days.work_until("15/08/2019 08:00")
    assert [told for told in days.told() if told[0] not in ("delivered_late", "undelivered")] == []
    days.office.store.dispose()


def _office(sqlite_url: str, folder: Path) -> OfficeDays:
    copy = folder / "copy.db"
    for left in folder.glob("copy.db*"):
        left.unlink()
    shutil.copyfile(sqlite_url.removeprefix("sqlite:///"), copy)
    days = OfficeDays(OfficeAtWork(Store(f"sqlite:///{copy}"), folder), local("03/06/2019 09:00"))
    days.office.configure(**_rules(0))
    days.office.take_in(
        row("HS-1", procedure="1.005", unit="civil"), row("HS-2"), row("HS-3", procedure="1.002")
    )
    return days


def _happens(what: str, turn: int, days: OfficeDays) -> None:
    now = _text(days)
    if what == "configured":
        days.office.configure(now=now, **_rules(turn))
    elif what == "late list":
        days.office.take_in(row(f"LATE-{turn}", accepted="03/06/2019 10:00"), now=now)
    elif what == "outage":
        days.outage(_text(days, 3 * 24 * 60))
    elif what == "acknowledged":
        with suppress(HistoryError):  # nothing was told yet, or it has closed
            acknowledge(days.office.store, OFFICE, "HS-2", "land.head", source(now))
    else:
        for code in ("HS-1", "HS-2"):
            days.office.event(what, code, at=now, now=now, **_EVENTS[what])


def _rules(turn: int) -> dict[str, str]:
    people = (PEOPLE_FILE + _AWAY[turn % len(_AWAY)]).replace(*_PEOPLE[turn % len(_PEOPLE)])
    return {
        **law_files(),
        "ladders.toml": _LADDERS[turn % len(_LADDERS)] + STEP_LADDER,
        "people.toml": people,
    }


def _text(days: OfficeDays, minutes: int = 0) -> str:
    return f"{(days.now + timedelta(minutes=minutes)).astimezone(ZONE):%d/%m/%Y %H:%M}"
