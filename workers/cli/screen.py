"""How results reach a person or a program: tables and words in the office's zone, or JSON."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from zoneinfo import ZoneInfo

    from rich.console import Console
    from rich.table import Table

    from domain.snapshot import Moment
    from domain.working_calendar import WorkingCalendar

T = TypeVar("T")

_WEEKDAYS: Final = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_JUST_BEFORE: Final = timedelta(microseconds=1)
WIDEST: Final = 100
_SKEWED: Final = 60


def screen(*, err: bool = False) -> Console:
    """Return a console on standard output (or error), never wider than people read."""
    from rich.console import Console

    console = Console(stderr=err, highlight=False, emoji=False, markup=False)
    console.width = min(console.width, WIDEST)
    return console


def is_watched() -> bool:
    """Say whether a person watches standard error, so that progress is worth showing."""
    return sys.stderr.isatty()


@contextmanager
def showing(begin: str, say: Callable[[T], str]) -> Iterator[Callable[[T], None]]:
    """Give what a long work tells how far it is; who watches sees it in one line, `begin` at first."""
    if not is_watched():
        yield lambda _: None
        return
    with screen(err=True).status(begin) as shown:
        yield lambda so_far: shown.update(say(so_far))


def print_json(value: Any) -> None:
    """Print one JSON value, letters as they are."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def iso(instant: datetime | None, calendar: WorkingCalendar) -> str | None:
    """Return an instant as ISO 8601 with the office's own offset, for programs."""
    return None if instant is None else calendar.local(instant).isoformat()


def moment_text(instant: datetime, calendar: WorkingCalendar) -> str:
    """Show an instant; midnight sharp is how a list without hours comes in, and shows as the day alone."""
    local = calendar.local(instant)
    return f"{local:%d/%m/%Y}" if local.time() == time() else f"{local:%d/%m/%Y %H:%M}"


def short_text(instant: datetime, calendar: WorkingCalendar, *, now: datetime) -> str:
    """Show an instant where there is little room: without the year when it is this one."""
    local = calendar.local(instant)
    same_year = local.year == calendar.local(now).year
    return f"{local:%d/%m %H:%M}" if same_year else f"{local:%d/%m/%y %H:%M}"


def day_text(day: date, lang: str = "vi") -> str:
    """Show a day with its weekday."""
    return f"{_WEEKDAYS[lang][day.weekday()]} {day:%d/%m/%Y}"


def ago_text(seconds: float) -> str:
    """Show how long ago something was, in the largest unit that says enough."""
    for size, word in ((86_400, "ngày"), (3_600, "giờ"), (60, "phút")):
        if seconds >= 2 * size:
            return f"{int(seconds // size)} {word} trước"
    return f"{max(0, int(seconds))} giây trước"


def moment_words(at: datetime, now: datetime) -> str:
    """Show how long ago something was; what lies ahead was written by a clock that was wrong."""
    seconds = (now - at).total_seconds()
    return "ở thì tương lai (có đồng hồ sai)" if seconds < -_SKEWED else ago_text(seconds)


def number(count: int) -> str:
    """Show a count the Vietnamese way: 12.083."""
    return f"{count:,}".replace(",", ".")


def decimal(value: float) -> str:
    """Show a number with two places the Vietnamese way: 0,35."""
    return f"{value:.2f}".replace(".", ",")


def columns(*heads: str, right: Collection[int] = (), whole: Collection[int] = (), title: str = "") -> Table:
    """Return an empty table without walls; columns in `right` hold numbers, those in `whole` never wrap."""
    from rich import box
    from rich.table import Table

    made = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD if any(heads) else None,
        show_header=any(heads),
        show_edge=False,
        pad_edge=False,
        padding=(0, 2, 0, 0),
        header_style="dim",
    )
    for index, head in enumerate(heads):
        made.add_column(
            head,
            justify="right" if index in right else "left",
            overflow="ellipsis" if index in whole else "fold",
            no_wrap=index in whole,
        )
    return made


def last_moment(moment: Moment, calendar: WorkingCalendar) -> datetime:
    """Return the last instant a moment can mean: of a day alone, just before the midnight that ends it."""
    if not moment.date_only:
        return moment.at
    tomorrow = calendar.local(moment.at).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=calendar.zone).astimezone(UTC) - _JUST_BEFORE


def read_moment(text: str, zone: ZoneInfo, option: str) -> Moment:
    """Read a moment that a person has typed, in the office's zone; raises CommandError."""
    from workers.cli.exits import CommandError
    from workers.inbox.dates import MomentError, parse_moment

    try:
        return parse_moment(text.strip(), zone)
    except MomentError as error:
        raise CommandError(f"{option}: có “{error.found[:80]}”, cần {error.expected}.") from None
