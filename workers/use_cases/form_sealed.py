"""What form II.06a says of its seal: number and hash of that of these very figures, or that it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workers.use_cases.seal_question import Question
from workers.use_cases.sealing import corrected_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workers.reports.form_06a import Form06a
    from workers.store.seals import Seal
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.as_of import Frame

HASH_SHOWN: Final = 16


def sealed_words(work: UnitOfWork, frame: Frame, form: Form06a) -> str:
    """Return the line under the form: of the newest seal of its period that was not corrected.

    A seal whose figures on the form are others is named as such: the paper must not pass for the sealed one.
    """
    seals = work.seals.all()
    corrected = corrected_by(seals)
    fitting = [one for one in seals if one.number not in corrected and _is_of(one, frame)]
    if not fitting:
        return "Chưa niêm phong."
    seal = fitting[-1]
    name = f"số {seal.number}, SHA-256 {seal.hash[:HASH_SHOWN]}…"
    if _figures(seal.document["figures"]) != _printed(form):
        return (
            f"Kỳ này đã niêm phong ({name}) với số liệu khác biểu này: xem dunghan seal check {seal.number}."
        )
    return f"Đã niêm phong: {name}, {seal.document['reason']}."


def _is_of(seal: Seal, frame: Frame) -> bool:
    question = Question.of_json(seal.document["question"])
    its = question.frame
    asked = (frame.begin, frame.end, frame.cohort, frame.against)
    return question.form and (its.begin, its.end, its.cohort, its.against) == asked


def _figures(figures: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    return {line["field"]: dict(line["columns"]) for line in figures["form"] if line["columns"]}


def _printed(form: Form06a) -> dict[str, dict[str, int]]:
    lines = {line.label: {str(name): n for name, n in line.cells.items() if n} for line in form.lines}
    return {label: cells for label, cells in lines.items() if cells}
