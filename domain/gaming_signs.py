"""Signs that figures may have been helped (dấu hiệu cần xem lại): each is to be looked at, none accuses."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from domain.deadline import is_past
from domain.part_of_limit import moment_of_part
from domain.rung_terms import PartOfLimit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from domain.deadline import Deadline
    from domain.pauses import Pause
    from domain.working_calendar import WorkingCalendar

Sign = Literal["registered_again", "asked_late", "rush", "told_late"]
SIGNS: Final[Mapping[Sign, str]] = {
    "registered_again": "Nộp lại cùng thủ tục ngay sau khi hồ sơ trước đóng mà không có kết quả",
    "asked_late": "Yêu cầu bổ sung trong phần cuối của thời hạn",
    "rush": "Nhiều hồ sơ có kết quả cùng ngày, ngay trước lúc chốt số liệu",
    "told_late": "Kết quả ghi sau khi hạn đã qua, hiệu lực lùi về trước hạn",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Hold from where on something is a sign.

    `again_days`: calendar days after a dossier closed without a result within which the same applicant comes
    with the same procedure; `last_part`: percent of the limit after which papers were asked for; `rush_least`
    and `rush_times`: results of a unit on the last working day before a cut-off, at least so many and at
    least so many times the mean of its other working days.
    """

    again_days: int = 30
    last_part: int = 80
    rush_least: int = 10
    rush_times: int = 3

    def words(self) -> Mapping[Sign, str]:
        """Return in one sentence each how the signs are measured."""
        return {
            "registered_again": (
                f"cùng người nộp (mã ẩn danh do phần mềm một cửa gửi) và cùng thủ tục, tiếp nhận lại trong "
                f"{self.again_days} ngày sau khi hồ sơ trước bị rút hoặc từ chối"
            ),
            "asked_late": f"yêu cầu sau khi đã dùng {self.last_part} % thời hạn, kể cả sau hạn",
            "rush": (
                f"ngày làm việc cuối của tháng có ít nhất {self.rush_least} kết quả của một đơn vị và "
                f"ít nhất gấp {self.rush_times} lần trung bình các ngày làm việc khác của tháng đó"
            ),
            "told_late": "ghi muộn hơn ngày làm việc tiếp theo sau ngày hiệu lực, khi hạn đã qua",
        }


USUAL: Final = Measures()


def is_asked_late(
    asked_at: datetime,
    deadline: Deadline,
    calendar: WorkingCalendar,
    *,
    counting_from: datetime,
    pauses: Sequence[Pause] = (),
    measures: Measures = USUAL,
) -> bool:
    """Say whether papers were asked for in the last part of the limit, or after it; instants are aware."""
    part = PartOfLimit(measures.last_part)
    begins = moment_of_part(part, deadline, calendar, counting_from=counting_from, pauses=pauses)
    return is_past(begins, now=asked_at)


def is_told_late(occurred_at: datetime, recorded_at: datetime, calendar: WorkingCalendar) -> bool:
    """Say whether a result was recorded later than the working day after the one it is dated."""
    day = calendar.local(occurred_at).date()
    return is_past(calendar.end_of(calendar.add_days(day, 1)), now=recorded_at)


def is_registered_again(closed_at: datetime, accepted_at: datetime, measures: Measures = USUAL) -> bool:
    """Say whether a dossier came soon after another one closed, or at that moment; instants are aware."""
    return 0 <= (accepted_at - closed_at).total_seconds() <= measures.again_days * 86_400


def is_rush(
    results: Mapping[date, int], last: date, days: Iterable[date], measures: Measures = USUAL
) -> bool:
    """Say whether a unit's results pile up on the last working day before a cut-off.

    `results` are its results by local day, `days` the other working days of the month.
    """
    others = [results.get(day, 0) for day in days]
    found = results.get(last, 0)
    mean = Fraction(sum(others), len(others)) if others else Fraction(0)
    return found >= measures.rush_least and found >= measures.rush_times * mean
