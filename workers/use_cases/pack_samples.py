"""The pack's random sample with its checklist, and the signs that an auditor should look at."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from domain.audit_sample import ALGORITHM, draw
from domain.catalogue import say
from domain.gaming_signs import SIGNS, USUAL
from domain.tally import stand_of
from workers.reports.pack import Head, Section, Table
from workers.use_cases.as_of import counted_then
from workers.use_cases.dimensions import Breakdown
from workers.use_cases.form_06a_view import due_day
from workers.use_cases.pack_register import CODE, day_text
from workers.use_cases.pack_signs import keyed, signs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.audit_sample import Sample
    from workers.reports.pack import Cell
    from workers.store.events import Entry
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.pack_facts import Facts, Scope

CHECKLIST: Final = (
    "Giấy tiếp nhận có trong hồ sơ; ngày hẹn trên giấy đúng hạn theo luật (dunghan explain MÃ).",
    "Thành phần hồ sơ đủ theo thủ tục; yêu cầu bổ sung nhiều nhất một lần, có văn bản và lý do.",
    "Mỗi lần tạm dừng có căn cứ pháp luật và văn bản; thời gian dừng khớp với giấy tờ.",
    "Từng bước do đúng đơn vị, đúng người làm; giấy bàn giao khớp với lịch sử (dunghan dossier MÃ).",
    "Trễ hạn thì có thư xin lỗi trong hạn, có nguyên nhân và hành động khắc phục.",
    "Kết quả đúng thẩm quyền, đã trả cho người nộp; ngày có kết quả khớp với văn bản.",
)
_BATCH: Final = 500
_BOXES: Final = tuple(Head(str(number), 5, "center") for number in range(1, len(CHECKLIST) + 1))
_SAMPLE: Final = (
    *(Head("STT", 6, "center"), CODE, Head("Thủ tục", 14), Head("Đơn vị", 26)),
    *(Head("Tiếp nhận", 12, "center"), Head("Hạn", 12, "center"), Head("Có kết quả", 12, "center")),
    *(Head("Tình trạng", 20), Head("Băm của sự kiện cuối", 20), *_BOXES),
)
_KINDS: Final = (Head("Dấu hiệu", 50), Head("Cách đo", 90), Head("Số hồ sơ", 10, "right"))
_SIGNS: Final = (Head("Dấu hiệu", 44), CODE, Head("Lúc", 18, "center"), Head("Thấy gì", 70))


def sampled(work: UnitOfWork, scope: Scope, facts: Facts, *, seed: str, size: int) -> tuple[Section, Sample]:
    """Return the sample of the period's dossiers with a checklist (clause 9.2), and what was drawn."""
    sample = draw(facts.codes, seed=seed, size=size)
    rows = tuple(
        (place, *row, *("" for _ in _BOXES)) for place, row in enumerate(_drawn(work, scope, sample), start=1)
    )
    local = scope.office.calendar.local(scope.frame.as_of)
    section = Section(
        title="Mẫu kiểm tra ngẫu nhiên",
        clause="9.2.2",
        says=(
            (
                f"Mầm “{sample.seed}”; tổng thể {sample.population} hồ sơ của kỳ, xét lúc "
                f"{local:%H:%M %d/%m/%Y}; "
                f"SHA-256 của danh sách mã (xếp theo ký tự, mỗi mã một dòng): {sample.digest}."
            ),
            ALGORITHM,
            *(f"({number}) {text}" for number, text in enumerate(CHECKLIST, 1)),
        ),
        tables=(
            Table(
                code="mau",
                sheet="Mẫu",
                title=f"{len(rows)} hồ sơ, đánh dấu từng mục",
                heads=_SAMPLE,
                rows=rows,
            ),
        ),
    )
    return section, sample


def _drawn(work: UnitOfWork, scope: Scope, sample: Sample) -> Iterator[tuple[Cell, ...]]:
    units, codes = Breakdown(("unit",), scope.office), iter(sample.codes)
    while batch := list(islice(codes, _BATCH)):
        histories = work.events.histories(batch)
        for code in batch:
            yield _one(code, histories[code], scope, units)


def _one(code: str, entries: Sequence[Entry], scope: Scope, units: Breakdown) -> tuple[Cell, ...]:
    frame, office = scope.frame, scope.office
    counted = counted_then(entries, office, until=frame.until, known=frame.known)
    if counted is None:  # it was there a moment ago
        return (code, "", "", "", "", "", "", "")
    local, stand = office.calendar.local, stand_of(counted, at=frame.at)
    last = [entry for entry in entries if frame.known is None or entry.recorded_at <= frame.known][-1]
    return (
        *(code, counted.procedure, units.label((counted.unit,)), f"{local(counted.accepted_at):%d/%m/%Y}"),
        day_text(due_day(counted, office)),
        f"{local(counted.finished_at):%d/%m/%Y}" if counted.finished_at else "",
        *(say(stand) if stand else "", last.hash[:16]),
    )


def signs(work: UnitOfWork, scope: Scope, facts: Facts) -> Section:
    """Return the signs of the period, each with its dossiers and how it is measured."""
    found, words, local = signs_of(work, scope, facts), USUAL.words(), scope.office.calendar.local
    numbers = Counter(each.sign for each in found)
    number = keyed(work, scope)
    unmeasured = (
        f"“{SIGNS['registered_again']}”: chỉ thấy được khi phần mềm một cửa gửi mã ẩn danh của người nộp "
        f"(applicant_key); trong kỳ có {number} hồ sơ mang mã ấy."
    )
    return Section(
        title="Dấu hiệu cần xem lại",
        clause="9.1.3",
        says=(
            (
                "Mỗi dòng là một dấu hiệu để xem lại, không phải kết luận rằng ai đã làm sai: nhiều "
                "trường hợp có lý do "
                "chính đáng."
            ),
            unmeasured,
        ),
        tables=(
            Table(
                code="dau-hieu-cach-do",
                sheet="Cách đo dấu hiệu",
                title="Các dấu hiệu và cách đo",
                heads=_KINDS,
                rows=tuple((SIGNS[sign], words[sign], numbers[sign]) for sign in SIGNS),
            ),
            Table(
                code="dau-hieu",
                sheet="Dấu hiệu",
                title="Từng hồ sơ",
                heads=_SIGNS,
                rows=tuple(
                    (SIGNS[each.sign], each.code, f"{local(each.at):%H:%M %d/%m/%Y}", each.text)
                    for each in found
                ),
            ),
        ),
    )
