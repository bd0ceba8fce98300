"""What `dunghan report` is asked for: its period and cut-off, its breakdown, one of its cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast, get_args

from domain.errors import LimitError
from domain.form_06a import COLUMNS, Column
from domain.on_time_rate import Counts
from domain.period import Period, period_of
from domain.tally import Against
from workers.cli.exits import CommandError
from workers.cli.period import read_period
from workers.cli.screen import last_moment, read_moment
from workers.use_cases.as_of import Frame
from workers.use_cases.dimensions import DIMENSIONS, Dimension
from workers.use_cases.figures import Wanted

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from workers.cli.here import Desk

_SUMS: Final = ("received", "resolved", "pending", "in_time")
_NAMES: Final = (*_SUMS, *Counts.__dataclass_fields__)
_KEY: Final = re.compile(rf"(?:^|,)\s*({'|'.join((*DIMENSIONS, 'column'))})\s*=")
_FILES: Final = (".xlsx", ".pdf")


def read_asked_period(period: str | None, first: str | None, last: str | None, zone: ZoneInfo) -> Period:
    """Read --period, or --from and --to; raises CommandError."""
    if period is None:
        days = read_period(first, last, zone)
        return Period(first=days.first, last=days.last)
    if first is not None or last is not None:
        raise CommandError("--period: hoặc --period, hoặc --from và --to.")
    try:
        return period_of(period.strip())
    except LimitError as error:
        raise CommandError(f"--period: {error.said(zone)}.") from error


def read_frame(desk: Desk, period: Period, as_of: str | None, *, cohort: bool, against: Against) -> Frame:
    """Return what is counted; without --as-of everything that is recorded now. Raises CommandError."""
    office = desk.office()
    zone, cut_off = office.sla.zone, desk.now
    if as_of is not None:
        cut_off = last_moment(read_moment(as_of, zone, "--as-of"), office.calendar)
        if cut_off > desk.now:
            raise CommandError(f"--as-of: {as_of.strip()} chưa đến.")
    return Frame(
        as_of=cut_off,
        begin=period.begin(zone),
        end=period.end(zone),
        known=_known(cut_off, as_of),
        cohort=cohort,
        against=against,
    )


def _known(cut_off: datetime, as_of: str | None) -> datetime | None:
    return None if as_of is None else cut_off


def read_dimensions(text: str) -> tuple[Dimension, ...]:
    """Read --by; raises CommandError."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in DIMENSIONS]
    if unknown or not names or len(set(names)) < len(names):
        found = ", ".join(unknown) or text
        raise CommandError(f"--by: có “{found}”, cần một hay nhiều trong: {', '.join(DIMENSIONS)}.")
    return cast("tuple[Dimension, ...]", tuple(names))


def read_cell(text: str) -> Wanted:
    """Read --cell, "unit=tnmt,column=6"; raises CommandError.

    A value reaches to the next name, so it may have commas of its own.
    """
    found = list(_KEY.finditer(text))
    if not found or found[0].start() != 0:
        names = ", ".join((*DIMENSIONS, "column"))
        raise CommandError(
            f"--cell: có “{text[:80]}”, cần tên=giá trị, ví dụ unit=tnmt,column=6; tên: {names}."
        )
    ends = [match.start() for match in found[1:]] + [len(text)]
    values = {match[1]: text[match.end() : end].strip() for match, end in zip(found, ends, strict=True)}
    column = values.pop("column", None)
    return Wanted(
        values=cast("dict[Dimension, str]", values), column=None if column is None else read_column(column)
    )


def read_column(text: str) -> Column | str:
    """Read a column: a number of form II.06a, or the name of a count; raises CommandError."""
    if text.isdecimal() and int(text) in COLUMNS:
        return cast("Column", int(text))
    if text in _NAMES:
        return text
    raise CommandError(
        f"--cell: không có cột “{text}”; có 3 đến 13 của biểu II.06a, hoặc {', '.join(_NAMES)}."
    )


def read_against(text: str) -> Against:
    """Read --against; raises CommandError."""
    if text not in get_args(Against):
        raise CommandError(f"--against: có “{text}”, cần {', '.join(get_args(Against))}.")
    return cast("Against", text)


def check_file(path: Path, option: str, suffixes: tuple[str, ...] = _FILES) -> None:
    """Refuse a file that could not be written, before anything is counted; raises CommandError."""
    if path.suffix.lower() not in suffixes:
        needed = " hoặc ".join(suffixes)
        raise CommandError(f"{option}: có “{path.name}”, cần tên tệp kết thúc bằng {needed}.")
    if not path.absolute().parent.is_dir():
        raise CommandError(f"{option}: không có thư mục {path.absolute().parent}.")
