"""Scoring how dossiers are handled (chấm điểm giải quyết TTHC): Circular 01/2018/TT-VPCP art. 13–15.

Nine indices of 0, 1 or 2 points. What cannot be measured is left out and said so, never taken for 0 or 2.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.on_time_rate import Timing

MEASURED: Final[Mapping[int, str]] = {
    1: "tổng thời gian so với thời gian pháp luật cho phép",
    2: "thời gian của từng đơn vị, kể cả đơn vị phối hợp",
    3: "số lần phải liên hệ để hoàn thiện hồ sơ",
}
LEFT_OUT: Final[Mapping[int, str]] = {
    4: "số cơ quan phải liên hệ: phần mềm không biết người nộp đã đi đâu",
    5: "tổ chức tiếp nhận tại Bộ phận Một cửa: hồ sơ nhận nơi khác không có trong số liệu",
    6: "công khai thủ tục: xét bằng mắt",
    7: "thái độ: không có số liệu phản ánh, kiến nghị",
    8: "xử lý phản ánh, kiến nghị: không có số liệu",
    9: "dịch vụ công trực tuyến: không có mức độ 3, 4 của từng thủ tục",
}
_POINTS: Final[Mapping[Timing, int]] = {"early": 2, "on_time": 1, "late": 0}
_MOST: Final = 2
_TENTHS: Final = 10


class Score(NamedTuple):
    """Add up the points of one index over dossiers or stays."""

    points: int = 0
    number: int = 0

    def plus(self, points: int | None) -> Score:
        """Return the sum with one more; None has not been measured and counts nowhere."""
        return self if points is None else Score(self.points + points, self.number + 1)

    @property
    def mean(self) -> Fraction | None:
        """Return the score of the index: the mean to one decimal, half up (art. 15); None of nothing."""
        if not self.number:
            return None
        return Fraction(int(Fraction(self.points * _TENTHS, self.number) + Fraction(1, 2)), _TENTHS)


def time_points(timing: Timing) -> int | None:
    """Return the points of a time: shorter than allowed 2, equal 1, longer 0; None without a limit.

    Equal is the due day of a limit in days, the due minute of one in hours. Indices 1 and 2 (art. 13).
    """
    return _POINTS.get(timing)


def contact_points(requests: int) -> int:
    """Return the points of index 3: the applicant was asked for papers never 2, once 1, more often 0.

    Whose fault it was is not known, so that a request for a fault of the applicant's counts too.
    """
    return max(_MOST - requests, 0)
