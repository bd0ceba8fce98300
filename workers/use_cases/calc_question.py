"""A person's question to the calculator: which limit, from when, by whose rules; and what those rest upon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.basis import counting
from domain.errors import CalendarError, LimitError
from domain.pauses import Pause, merge
from workers.use_cases.calc_due import day_in_words, limit_in_words, read_limit, read_moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from config.sla import Sla
    from domain.deadline import Language
    from domain.procedure import ProcedureVersion
    from domain.time_limit import CountingRules, TimeLimit
    from domain.working_calendar import WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Hold what was asked, resolved; `procedure` is None where only a limit was given."""

    limit: TimeLimit
    start: datetime
    calendar: WorkingCalendar
    rules: CountingRules
    pauses: tuple[Pause, ...] = ()
    procedure: ProcedureVersion | None = None


def read_question(
    office: Sla,
    received: str,
    *,
    limit: str | None = None,
    procedure: str | None = None,
    case: str | None = None,
    calendar: str | None = None,
    pauses: Sequence[str] = (),
) -> Question:
    """Read a question: a limit in words, or the procedure of the office that has one (and its case).

    A pause is two moments joined by "/". Raises LimitError or CalendarError, in a sentence for a person.
    """
    named = _calendar(office, calendar)
    start = read_moment(received, named or office.calendar)
    version = None if procedure is None else _version(office, procedure, start)
    if (limit is None) == (version is None):
        raise LimitError("Hãy cho đúng một trong hai: --limit hoặc --procedure")
    own = office.calendar if version is None else office.calendar_of(version)
    return Question(
        limit=version.limit_for(_case(office, version, case)) if version else read_limit(limit or ""),
        start=start,
        calendar=named or own,
        rules=version.rules if version else office.counting,
        pauses=merge(_pause(text, own) for text in pauses),
        procedure=version,
    )


def _calendar(office: Sla, code: str | None) -> WorkingCalendar | None:
    if code is None or code == office.code:
        return None
    if code not in office.calendars:
        known = ", ".join(office.calendars)
        raise CalendarError(f"Không có lịch {code!r}; các lịch của cơ quan: {known}")
    return office.calendars[code]


def _version(office: Sla, text: str, start: datetime) -> ProcedureVersion:
    day = office.calendar.local(start).date()
    found = office.procedure_for(text, day)
    if found is None:
        raise LimitError(f"Không có thủ tục {text!r} còn hiệu lực ngày {day:%d/%m/%Y}")
    return found


def _case(office: Sla, version: ProcedureVersion, text: str | None) -> str | None:
    if text is None:
        return None
    found = office.case_code(version, text)
    if found is None:
        known = ", ".join(case.code for case in version.cases) or "không có"
        raise LimitError(f"Thủ tục {version.code} không có trường hợp {text!r}; các trường hợp: {known}")
    return found


def _pause(text: str, calendar: WorkingCalendar) -> Pause:
    begin, _, end = text.partition("/")
    return read_moment(begin, calendar), read_moment(end, calendar)


def in_words(question: Question, lang: Language) -> str:
    """Say what was asked: the limit, and the local moment of receipt (midnight: the day alone)."""
    start = question.calendar.local(question.start)
    received = day_in_words(start.date(), lang)
    if start.time() != start.min.time():
        received = f"{start:%H:%M} {received}"
    words = limit_in_words(question.limit, lang)
    if lang == "vi":
        return f"Tiếp nhận: {received}. Thời hạn: {words}."
    return f"Received: {received}. Limit: {words}."


def basis(question: Question, lang: Language) -> Iterator[tuple[str, str]]:
    """Yield (title, words) of what the answer rests upon: procedure and version, counting, calendar."""
    english, procedure, calendar = lang == "en", question.procedure, question.calendar
    if procedure is not None:
        since = f"{procedure.in_force_from:%d/%m/%Y}"
        version = f"version in force from {since}" if english else f"bản có hiệu lực từ {since}"
        words = f"{procedure.code} {procedure.name}; {version}; {procedure.legal_basis}"
        yield "Procedure" if english else "Thủ tục", words
    yield "Counting" if english else "Cách đếm", counting(question.limit, question.rules, lang)
    if calendar.known_from and calendar.known_until:
        years = f"{calendar.known_from.year}–{calendar.known_until.year}"
        known = f"days off known for {years}" if english else f"ngày nghỉ đã công bố {years}"
        yield "Calendar" if english else "Lịch", f"{calendar.code}, {known}"


def as_json(question: Question, lang: Language) -> dict[str, Any]:
    """Return what was asked and what the answer rests upon, for programs."""
    procedure = question.procedure
    return {
        "from": question.calendar.local(question.start).isoformat(),
        "limit": limit_in_words(question.limit, lang),
        "calendar": question.calendar.code,
        "procedure": None
        if procedure is None
        else {
            "code": procedure.code,
            "version": procedure.version,
            "legal_basis": procedure.legal_basis,
        },
    }
