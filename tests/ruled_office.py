"""Offices and rules that nobody thought of, and a store that dies before it makes something true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from tests.builders import row
from tests.office_texts import LADDERS_FILE, OFFICE_FILE, PEOPLE_FILE, YEAR_FILE, office_files, procedure
from workers.store.unit_of_work import Store, UnitOfWork

if TYPE_CHECKING:
    from collections.abc import Mapping

DAYS: Final = ("2019-07-05", *(f"2019-06-{day:02}" for day in (6, 7, 8, 10, 12, 13, 15, 17, 18, 22, 24)))
SATURDAYS: Final = ("2019-06-08", "2019-06-15", "2019-06-22")
HOURS: Final = ('"07:00-11:00", "13:00-17:00"', '"07:30-11:30", "13:30-16:30"')
LONG: Final = ("6 working_days", "10 working_days", "12 calendar_days", "1 months")
LIMITS: Final = (*LONG, "30 hours", "none")
FILES_OF: Final = {"1.001": "ten", "1.002": "hours", "1.004": "calendar"}
UNITS: Final = {"1.001": "land", "1.002": "land", "1.003": "land", "1.004": "civil"}


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Hold one configuration in few words: days that are off or, Saturdays, worked; hours, limits, reminders.

    `also_open` are the procedures whose terms it gives to open dossiers too.
    """

    days: frozenset[str] = frozenset()
    hours: str = HOURS[0]
    limits: tuple[str, str, str] = ("10 working_days", "30 hours", "5 calendar_days")
    before: int = 2
    officer: str = "land.2"
    also_open: frozenset[str] = frozenset()

    def files(self) -> dict[str, str]:
        """Return the files that say so."""
        lines = "".join(
            f'  {{ date = {day}, kind = "{"swap_work" if day in SATURDAYS else "off"}", name = "N", '
            'source = "luat", verified = "yes" },\n'
            for day in sorted(self.days)
        )
        changed = {
            FILES_OF[code]: procedure(code, limit, unit=UNITS[code])
            for code, limit in zip(FILES_OF, self.limits, strict=True)
        }
        return office_files(
            **changed,
            **{
                "calendar/2019.toml": YEAR_FILE.replace("days = [\n", f"days = [\n{lines}"),
                "office.toml": OFFICE_FILE.replace(HOURS[0], self.hours),
                "ladders.toml": LADDERS_FILE.replace('"2 working_days"', f'"{self.before} working_days"'),
                "people.toml": PEOPLE_FILE.replace('"land.2"', f'"{self.officer}"'),
            },
        )


rules = st.builds(
    Rules,
    days=st.frozensets(st.sampled_from(DAYS), max_size=4),
    hours=st.sampled_from((HOURS[0], HOURS[0], HOURS[1])),
    # One of them is long: else a reminder could never come, and the rules would be refused.
    limits=st.tuples(*map(st.sampled_from, (LONG, LIMITS, LIMITS))),
    before=st.integers(2, 4),
    officer=st.sampled_from(("land.2", "land.3")),
    also_open=st.sampled_from((frozenset(), frozenset(FILES_OF), frozenset({"1.001"}))),
)


@st.composite
def arrivals(draw: st.DrawFn, day: int) -> dict[str, str]:
    """Return a row of the list but for its code: a dossier received on a day of June."""
    code = draw(st.sampled_from(("1.001", "1.001", "1.002", "1.003", "1.004")))
    hour, minute = draw(st.integers(7, 16)), draw(st.sampled_from((0, 10, 45)))
    officer = draw(st.sampled_from(("land.1", "land.2")))
    return row(
        procedure=code,
        unit=UNITS[code],
        officer=officer if UNITS[code] == "land" else "civil.1",
        accepted=f"{day:02}/06/2019 {hour:02}:{minute:02}",
    )


def named(found: list[dict[str, str]], first: int) -> list[Mapping[str, str]]:
    """Return the rows with codes of their own."""
    return [{**one, "code": f"HS-{number}"} for number, one in enumerate(found, first)]


class KilledError(Exception):
    """Say that the process was killed before something became true."""


class MortalStore(Store):
    """Make so many transactions true and be killed in the next, with all that it has done."""

    def __init__(self, url: str, lives: int) -> None:
        super().__init__(url)
        self.lives = lives

    def begin(self, office: str) -> UnitOfWork:
        """Open a transaction that is lost when its time has come."""
        return _MortalWork(self, super().begin(office))


class _MortalWork(UnitOfWork):
    def __init__(self, store: MortalStore, plain: UnitOfWork) -> None:
        self._store = store
        super().__init__(plain._engine, plain.office)  # noqa: SLF001 - the same work, but mortal

    def commit(self) -> None:
        if not self._store.lives:
            raise KilledError
        self._store.lives -= 1
        super().commit()
