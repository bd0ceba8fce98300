"""What a score looks like in words: numbers the Vietnamese way, grades, what is left out and why."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from domain.grading_tt01 import COUNTED_CONTACTS, NOT_RECORDED, OFFICER, STANDS, UNIT
from domain.on_time_rate import DEFINITIONS
from domain.scoring_tt01 import INDICES
from workers.use_cases.dimensions import NONE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from domain.grading_tt01 import Grades, Scale
    from domain.par_index import Criterion
    from domain.period import Period
    from domain.scoring_tt01 import Index
    from workers.use_cases.as_of import Frame
    from workers.use_cases.office import Office
    from workers.use_cases.scores import Holder

SCALES: Final[dict[Holder, Scale]] = {"unit": UNIT, "officer": OFFICER}
_POINTS: Final = 2


def shown(value: Fraction, places: int = _POINTS) -> str:
    """Show an exact number with so many places, rounded half up, the Vietnamese way: 17,54."""
    return plain(value, places).replace(".", ",")


def short(value: Fraction) -> str:
    """Show a number that was laid down, such as 1,5 or 95, as short as it is."""
    return shown(value).rstrip("0").rstrip(",")


def plain(value: Fraction, places: int = _POINTS) -> str:
    """Show an exact number for programs: 17.54, rounded half up."""
    size = 10**places
    whole, rest = divmod(int(value * size + Fraction(1, 2)), size)
    return f"{whole}.{rest:0{places}d}"


def name_of(by: Holder, key: str, office: Office) -> str:
    """Return what the office calls a unit or officer; people appear by their codes."""
    units = office.sla.lines.units
    return units[key].name if by == "unit" and key in units else key or NONE


def grade_words(grades: Grades) -> str:
    """Return the grade, or between which it lies as long as indices are left out."""
    if grades.settled:
        return grades.lowest.name
    return f"chưa xếp được: từ “{grades.lowest.name}” đến “{grades.highest.name}”"


def period_words(period: Period, frame: Frame, office: Office) -> str:
    """Return the period and the cut-off in words."""
    bounds = (("từ", period.first), ("đến", period.last))
    days = " ".join(f"{word} {day:%d/%m/%Y}" for word, day in bounds if day) or "từ trước đến nay"
    return (
        f"Hồ sơ có kết quả {days}, theo số liệu đến {office.calendar.local(frame.as_of):%H:%M ngày %d/%m/%Y}."
    )


def why_left_out(missing: Collection[Index], office: Office) -> Iterator[str]:
    """Yield an index that was measured of nobody, and why, a line each."""
    for index in missing:
        why = NOT_RECORDED[index]
        if index == 3 and office.sla.scoring.contacts_known:  # noqa: PLR2004 - the index of the circular
            why = "không có kết quả nào trong kỳ"
        yield f"{index}. {INDICES[index]}: {why}."


def stands(measured: Collection[Index]) -> tuple[str, ...]:
    """Return the stands that were taken."""
    return (*STANDS, COUNTED_CONTACTS) if 3 in measured else STANDS  # noqa: PLR2004 - the index of the circular


def bracket_words(criterion: Criterion) -> str:
    """Return a criterion as it was laid down: its rate, its brackets, its source."""
    parts = "; ".join(
        f"từ {short(each.at_least * 100)} %: "
        + ("điểm tối đa × tỷ lệ" if each.points is None else f"{short(each.points)} điểm")
        for each in criterion.brackets
    )
    checked = "" if criterion.verified else " Khung điểm CHƯA được đối chiếu với văn bản."
    return (
        f"{criterion.code}: {criterion.name} ({DEFINITIONS[criterion.rate][0]}), tối đa "
        f"{short(criterion.most)} điểm; {parts}. Nguồn: {criterion.source}.{checked}"
    )
