"""What a score is called (xếp loại): Circular 01/2018/TT-VPCP art. 15.3, as far as the score is known."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.scoring_tt01 import CONTACTS, INDICES, MOST

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from domain.scoring_tt01 import By, Index, Score


class Grade(NamedTuple):
    """Hold a grade and the total from which on it is given, inclusive."""

    at_least: Fraction
    name: str


class Grades(NamedTuple):
    """Hold the lowest and the highest grade a score can have, whatever the indices left out would bring."""

    lowest: Grade
    highest: Grade

    @property
    def settled(self) -> bool:
        """Say whether the grade is known although indices are left out."""
        return self.lowest == self.highest

    def said(self) -> str:
        """Return the grade in Vietnamese, or between which it lies as long as indices are left out."""
        if self.settled:
            return self.lowest.name
        return f"chưa xếp được: từ “{self.lowest.name}” đến “{self.highest.name}”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Hold the indices whose sum is graded, and the grades, the highest first and the last from 0 on."""

    indices: tuple[Index, ...]
    grades: tuple[Grade, ...]

    @property
    def most(self) -> int:
        """Return the most points there are when every index is measured."""
        return MOST * len(self.indices)

    def left_out(self, score: Score) -> tuple[Index, ...]:
        """Return the indices of the scale that were not measured."""
        return tuple(index for index in self.indices if index not in score.indices)

    def grades_of(self, score: Score) -> Grades:
        """Return between which grades a score lies: each index left out may bring nothing or two points.

        The thresholds of the circular are those of all indices, so they are not lowered when one is missing.
        """
        missing = MOST * len(self.left_out(score))
        return Grades(self._grade(score.total), self._grade(score.total + missing))

    def _grade(self, total: Fraction) -> Grade:
        return next(grade for grade in self.grades if total >= grade.at_least)


# Art. 15.3: 15 and more, 12 to below 15, 9 to below 12, 6 to below 9, below 6.
UNIT: Final = Scale(
    indices=tuple(INDICES),
    grades=(
        Grade(Fraction(15), "xuất sắc"),
        Grade(Fraction(12), "tốt"),
        Grade(Fraction(9), "khá"),
        Grade(Fraction(6), "trung bình"),
        Grade(Fraction(0), "yếu"),
    ),
)
# Art. 15.3: 5 and more, 3.5 to below 5, below 3.5. An officer is taken to be scored by the indices that are
# averaged over dossiers (art. 15.2); the paragraph that lists an officer's own indices was not at hand.
OFFICER: Final = Scale(
    indices=(1, 2, 3, 4, 7),
    grades=(
        Grade(Fraction(5), "hoàn thành 100 % nhiệm vụ"),
        Grade(Fraction(7, 2), "hoàn thành từ 70 % đến dưới 100 %"),
        Grade(Fraction(0), "hoàn thành dưới 70 %"),
    ),
)

NOT_RECORDED: Final[Mapping[Index, str]] = {
    1: "không có kết quả nào của thủ tục có thời hạn",
    2: "không bước nào của quy trình có thời gian dự kiến",
    3: "chưa chắc mọi lần yêu cầu bổ sung đều được ghi (contacts trong scores.toml)",
    4: "không ghi người nộp đã phải liên hệ những cơ quan nào",
    5: "không ghi thủ tục nào được tiếp nhận ngoài Bộ phận Một cửa",
    6: "không ghi việc niêm yết, công khai thủ tục",
    7: "không ghi phản ánh, kiến nghị về thái độ",
    8: "không ghi phản ánh, kiến nghị và hạn trả lời",
    9: "không ghi mức độ trực tuyến của từng thủ tục",
}
"""Why an index is left out."""
STANDS: Final = (
    "Chấm hồ sơ có kết quả trong kỳ, kể cả từ chối khi thẩm định; đang giải quyết, rút: chưa chấm.",
    "Ngắn hơn, bằng, dài hơn (2, 1, 0 điểm) là trước hạn, đúng hạn, quá hạn của báo cáo, theo hạn của luật.",
    "Chỉ số 1 và 3 của đơn vị, người giữ hồ sơ khi có kết quả; chỉ số 2 của mọi nơi hồ sơ đã qua.",
    "Chỉ số 2: chậm ở một bước là dài hơn; ngắn hơn khi mọi bước có thời gian dự kiến đều trước hạn.",
    "Điểm một chỉ số = tổng điểm / số hồ sơ, làm tròn một chữ số (Điều 15); tổng cộng các điểm ấy.",
    "Chỉ số không đo được thì không cộng, không tính là 0 hay 2; điểm tối đa giảm theo.",
)
OF_OFFICERS: Final = (
    "Điểm của một người cộng các chỉ số tính theo hồ sơ (1, 2, 3, 4, 7): cách hiểu Điều 15, chưa đối chiếu."
)
COUNTED_CONTACTS: Final = (
    "Chỉ số 3: mỗi lần yêu cầu bổ sung là một lần liên hệ; lỗi của người nộp không được ghi riêng."
)


def why_left_out(measured: Collection[Index]) -> list[str]:
    """Return each index that was measured of nobody, and why."""
    missing = [index for index in INDICES if index not in measured]
    return [f"{index}. {INDICES[index]}: {NOT_RECORDED[index]}." for index in missing]


def stands(measured: Collection[Index], *by: By) -> tuple[str, ...]:
    """Return the stands that were taken in scores of units, officers or both."""
    contacts = (COUNTED_CONTACTS,) if CONTACTS in measured else ()
    return (*STANDS, *contacts, *((OF_OFFICERS,) if "officer" in by else ()))
