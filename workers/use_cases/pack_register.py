"""The pack's overdue dossiers: causes in Pareto order, the register of their treatment, the apologies."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from domain.catalogue import say
from domain.nonconformity import FROM_APOLOGY, NAMES, STATES
from domain.pareto import pareto
from workers.reports.pack import Chart, Head, Section, Series, Table
from workers.use_cases.dimensions import Breakdown
from workers.use_cases.form_06a_view import due_day
from workers.use_cases.nonconformities import open_matters
from workers.use_cases.pack_overdue import APOLOGIES, causes_of, is_caused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.nonconformity import Treatment
    from workers.reports.pack import Cell
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.pack_facts import Scope
    from workers.use_cases.pack_overdue import Overdue

_CAUSES: Final = (
    *(Head("STT", 6, "center"), Head("Nguyên nhân", 70), Head("Số hồ sơ", 11, "right")),
    *(Head("Cộng dồn", 11, "right"), Head("Chủ yếu", 12, "center")),
)
TREATED: Final = (
    *(Head(NAMES["cause"], 26), Head(NAMES["correction"], 26), Head(NAMES["action"], 26)),
    *(Head(NAMES["role"], 18), Head(NAMES["due_on"], 14, "center"), Head(NAMES["effective"], 9, "center")),
    *(Head(NAMES["checked_on"], 14, "center"), Head(NAMES["evidence"], 20)),
)
"""The columns that are filled in and taken back: `dunghan audit actions --file`."""
CODE: Final = Head("Mã hồ sơ", 28, paper=20)
_REGISTER: Final = (
    *(CODE, Head("Thủ tục", 14), Head("Đơn vị", 22), Head("Hạn", 14, "center")),
    *(Head("Có kết quả", 14, "center"), Head("Xin lỗi", 15), *TREATED, Head("Tình trạng", 16)),
)
_OPEN: Final = (CODE, *TREATED, Head("Tình trạng", 18))
_STATES: Final = (Head("Tình trạng xử lý", 40), Head("Số hồ sơ", 12, "right"), Head("Tỷ lệ", 12, "right"))
_LETTERS: Final = (Head("Thư xin lỗi", 40), Head("Số hồ sơ", 12, "right"), Head("Tỷ lệ", 12, "right"))


def causes(overdue: Sequence[Overdue]) -> Section:
    """Return the causes of the overdue dossiers in Pareto order (clause 10.2)."""
    bars = pareto(causes_of(overdue))
    rows = tuple(
        (place, bar.name, bar.number, bar.cumulative, "x" if bar.vital else "")
        for place, bar in enumerate(bars, 1)
    )
    series = (Series("Số hồ sơ", 2, "bars"), Series("Cộng dồn", 3, "cumulative"))
    chart = Chart(title="Pareto nguyên nhân quá hạn", series=series, first=0, last=min(len(rows), 10) - 1)
    return Section(
        title="Nguyên nhân quá hạn",
        clause="10.2.1 b)",
        says=(
            (
                "Nguyên nhân ghi khi xử lý sự không phù hợp; chưa có thì lý do trong thư xin lỗi gần "
                "nhất, như đã viết. "
                "“Chủ yếu”: những nguyên nhân đầu làm nên 80 % số hồ sơ. Số trên trục ngang là STT trong "
                "bảng."
            ),
        ),
        tables=(
            Table(
                code="nguyen-nhan",
                sheet="Nguyên nhân",
                title="Hồ sơ trễ hạn và đang quá hạn trong kỳ",
                heads=_CAUSES,
                rows=rows,
                charts=(chart,) if rows else (),
            ),
        ),
    )


def register(work: UnitOfWork, scope: Scope, overdue: Sequence[Overdue]) -> Section:
    """Return the register of the overdue dossiers and what was done about each (clause 10.2)."""
    today = scope.office.calendar.local(scope.frame.as_of).date()
    states = Counter(each.treatment.state(today=today) for each in overdue)
    shares = tuple((STATES[state], states[state], _share(states[state], len(overdue))) for state in STATES)
    names = _Names(scope)
    here = {each.counted.code for each in overdue}
    others = [
        each for each in open_matters(work, today=today, known=scope.frame.known) if each.code not in here
    ]
    return Section(
        title="Sổ hồ sơ quá hạn (sự không phù hợp)",
        clause="10.2",
        says=(
            (
                "Mỗi hồ sơ quá hạn: nguyên nhân, khắc phục, hành động để không lặp lại, chức danh chịu "
                "trách nhiệm, thời "
                "hạn, kiểm tra hiệu lực. Điền các cột này trong tệp csv rồi nhận lại: dunghan audit "
                "actions --file. Đã "
                "ghi thì không sửa, không xóa được; ghi thêm thì lời sau thay lời trước."
            ),
        ),
        tables=(
            Table(
                code="tinh-trang", sheet="Tình trạng xử lý", title="Tình trạng", heads=_STATES, rows=shares
            ),
            Table(
                code="so-qua-han",
                sheet="Sổ quá hạn",
                title="Hồ sơ quá hạn trong kỳ",
                heads=_REGISTER,
                rows=tuple(names.row(each, today) for each in overdue),
            ),
            Table(
                code="con-mo",
                sheet="Còn mở ngoài kỳ",
                title="Hành động còn mở của hồ sơ ngoài kỳ",
                heads=_OPEN,
                rows=tuple(
                    (each.code, *names.treated(each.treatment), STATES[each.state]) for each in others
                ),
            ),
        ),
    )


def apologies(overdue: Sequence[Overdue]) -> Section:
    """Return how many overdue dossiers have an apology, and one in time (Decree 61/2018 art. 19.9)."""
    found = Counter(each.apology for each in overdue)
    rows = tuple((words, found[name], _share(found[name], len(overdue))) for name, words in APOLOGIES.items())
    return Section(
        title="Thư xin lỗi",
        clause="8.2.1",
        says=(
            (
                "NĐ 61/2018/NĐ-CP Điều 19.9: xin lỗi và hẹn lại chậm nhất hết ngày làm việc trước ngày "
                "hết hạn, một lần. "
                "Từng hồ sơ: cột “Xin lỗi” của sổ hồ sơ quá hạn."
            ),
        ),
        tables=(
            Table(
                code="xin-loi",
                sheet="Xin lỗi",
                title="Thư xin lỗi của hồ sơ quá hạn",
                heads=_LETTERS,
                rows=rows,
            ),
        ),
    )


def _share(number: int, whole: int) -> Fraction | None:
    return Fraction(number, whole) if whole else None


def day_text(day: date | None) -> str:
    """Show a day, or nothing."""
    return f"{day:%d/%m/%Y}" if day else ""


def _told(each: Overdue) -> str:
    """Return the cause an apology told, marked as such: nobody has said it of the nonconformity."""
    return f"{FROM_APOLOGY}{each.cause}" if is_caused(each) else ""


class _Names:
    """Write one overdue dossier as cells."""

    def __init__(self, scope: Scope) -> None:
        self._office, self._units = scope.office, Breakdown(("unit",), scope.office)

    def row(self, each: Overdue, today: date) -> tuple[Cell, ...]:
        counted, local = each.counted, self._office.calendar.local
        finished = local(counted.finished_at).date() if counted.finished_at else None
        return (
            *(counted.code, counted.procedure, self._units.label((counted.unit,))),
            *(day_text(due_day(counted, self._office)), day_text(finished) or say(each.stand)),
            *(APOLOGIES[each.apology], *self.treated(each.treatment, _told(each))),
            STATES[each.treatment.state(today=today)],
        )

    def treated(self, treatment: Treatment, cause: str = "") -> tuple[Cell, ...]:
        role = treatment.role and self._office.sla.role_titles.get(treatment.role, treatment.role)
        effective = {None: "", True: "có", False: "không"}[treatment.effective]
        return (
            *(treatment.cause or cause, treatment.correction or "", treatment.action or "", role or ""),
            *(
                day_text(treatment.due_on),
                effective,
                day_text(treatment.checked_on),
                treatment.evidence or "",
            ),
        )
