"""What a score looks like in words: numbers the Vietnamese way, grades, what is left out and why."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from domain.grading_tt01 import OFFICER, UNIT
from domain.on_time_rate import DEFINITIONS
from domain.score_766 import MOST, RATE
from workers.reports.on_time_table import grouped
from workers.use_cases.dimensions import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.grading_tt01 import Scale
    from domain.on_time_rate import Counts
    from domain.par_index import Criterion
    from domain.period import Period
    from workers.use_cases.as_of import Frame
    from workers.use_cases.office import Office
    from workers.use_cases.scores import Holder, Scores

SCALES: Final[dict[Holder, Scale]] = {"unit": UNIT, "officer": OFFICER}
HEADS: Final[dict[Holder, str]] = {"unit": "Đơn vị", "officer": "Người thụ lý"}
WHOLE: Final = "Toàn cơ quan"
NOTHING_SCORED: Final = "Không có kết quả nào để chấm."
_OUTSIDE: Final = "không tính hồ sơ rút, hồ sơ không có thời hạn"
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


def period_words(period: Period, frame: Frame, office: Office) -> str:
    """Return the period and the cut-off in words."""
    bounds = (("từ", period.first), ("đến", period.last))
    days = " ".join(f"{word} {day:%d/%m/%Y}" for word, day in bounds if day) or "từ trước đến nay"
    return f"Kết quả {days}; số liệu đến {office.calendar.local(frame.as_of):%H:%M %d/%m/%Y}."


def graded_words(found: Scores) -> str:
    """Return of how many indices a grade is, the most they bring, and the most that was measured."""
    scale = SCALES[found.by]
    return (
        f"Theo đủ {len(scale.indices)} chỉ số, tối đa {scale.most} điểm; "
        f"đo được nhiều nhất {found.whole.score.most} điểm."
    )


def rate_words_766() -> str:
    """Return how the progress score of Decision 766 follows from its rate."""
    return f"QĐ 766: {MOST} × tỷ lệ {DEFINITIONS[RATE][0]}; {_OUTSIDE}."


def not_scored(counts: Counts) -> str:
    """Return how many dossiers of the report have no result that could be scored."""
    pending = counts.pending + counts.pending_no_limit
    return (
        f"Chưa chấm: đang giải quyết {grouped(pending)}, trong đó quá hạn {grouped(counts.pending_overdue)}; "
        f"rút {grouped(counts.withdrawn)}. Không quy định thời hạn, không có chỉ số 1: "
        f"{grouped(counts.resolved_no_limit)}."
    )


def bracket_words(criterion: Criterion) -> str:
    """Return a criterion as it was laid down: its rate, its brackets, its source."""
    checked = "" if criterion.verified else " Khung điểm CHƯA được đối chiếu với văn bản."
    return (
        f"{criterion.code}: {criterion.name} ({DEFINITIONS[criterion.rate][0]}), tối đa "
        f"{short(criterion.most)} điểm; {'; '.join(_brackets(criterion))}. "
        f"Nguồn: {criterion.source}.{checked}"
    )


def _brackets(criterion: Criterion) -> Iterator[str]:
    above = ""
    for each in criterion.brackets:
        at_least = f"{short(each.at_least * 100)} %"
        where = f"từ {at_least}" if each.at_least else ""
        bounds = " ".join(part for part in (where, above and f"dưới {above}") if part) or "mọi tỷ lệ"
        points = "điểm tối đa × tỷ lệ" if each.points is None else f"{short(each.points)} điểm"
        yield f"{bounds}: {points}"
        above = at_least
