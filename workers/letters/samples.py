"""Samples of everything a form can say: with them each template of an office is tried before it is used."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from config.errors import ConfigError
from workers.letters.filling import fill
from workers.letters.pdf import as_pdf
from workers.letters.templates import missing_for, own_template
from workers.letters.view import KINDS, HandOver, LetterView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from config.errors import Problem
    from workers.letters.view import FormKind

_LEAST: Final = LetterView(
    kind="receipt",
    code="000.00.01.H01-190603-0001",
    office_name="Ủy ban nhân dân huyện Ví Dụ",
    unit_name="Phòng Ví dụ",
    procedure_name="Thủ tục ví dụ",
    field="Lĩnh vực ví dụ",
    written_on=date(2019, 6, 12),
    accepted=date(2019, 6, 3),
)
_DUE: Final = datetime(2019, 6, 17, 10, tzinfo=UTC)
_MOST: Final = replace(
    _LEAST,
    place="Ví Dụ",
    accepted=datetime(2019, 6, 3, 1, tzinfo=UTC),
    limit="10 ngày làm việc",
    promised=_DUE,
    due_on=_DUE.date(),
    appointment=_DUE,
    appointed=datetime(2019, 6, 24, 10, tzinfo=UTC),
    document="12/VD",
    reason="lý do ví dụ",
    items=("giấy tờ thứ nhất", "giấy tờ thứ hai"),
    officer_role="Công chức thụ lý",
    signer_role="Thủ trưởng đơn vị",
    agency="Sở Ví dụ",
    asked_on=date(2019, 6, 5),
    asked_document="45/VD",
    reply_by=date(2019, 6, 10),
    days_late=2,
    handovers=(HandOver("bên giao", "bên nhận", _DUE, "đúng hạn", "ghi chú"),),
    moved_from=date(2019, 6, 14),
    applicant="người nộp hồ sơ",
    address="địa chỉ",
    phone="số điện thoại",
    email="vidu@example.invalid",
)


def samples(kind: FormKind) -> Iterator[LetterView]:
    """Yield the least and the most that a form can be given."""
    yield replace(_LEAST, kind=kind)
    yield replace(_MOST, kind=kind)


def check_forms(folder: Path | None) -> list[Problem]:
    """Return what is wrong with the forms that an office keeps in its `templates/`, as docx and as pdf.

    Without the extra `reports` no form can be written, and none can be tried.
    """
    if missing_for(".pdf"):
        return []
    problems: list[Problem] = []
    for kind in KINDS:
        for view in samples(kind) if own_template(kind, folder) else ():
            try:
                as_pdf(view, fill(view, folder), folder)
            except ConfigError as error:
                problems += [problem for problem in error.problems if problem not in problems]
    return problems
