"""Verifications that found something altered: ops hear of each once, with the first of the places."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from domain.hash_chain import SEPARATOR
from workers.notify.office_views import AlteredView
from workers.use_cases.office_matter import Matter, Passed, addressed
from workers.use_cases.verify_record import verify_record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.deadline import Language
    from workers.store.notices import Notice
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.office import Office
    from workers.use_cases.verify_record import Told, Verified

MOST_DAYS: Final = timedelta(days=7)
"""For how long a verification that found something is looked at: ops who come later hear of later ones."""
_MARK: Final = "altered"
TABLES: Final[Mapping[str, tuple[str, str]]] = {
    "dossier_events": ("sự kiện", "event"),
    "dossiers": ("bảng hồ sơ", "table of dossiers"),
    "clocks": ("bảng đồng hồ hạn", "table of clocks"),
    "steps": ("bảng bước xử lý", "table of steps"),
    "anchors": ("mốc neo", "anchor"),
    "report_seals": ("niêm phong", "seal"),
    "sealed_dossiers": ("danh sách niêm phong", "list of a seal"),
    "sla_versions": ("cấu hình", "configuration"),
    "reform_events": ("sổ kế hoạch cải cách", "record of the reform plan"),
    "nonconformity_entries": ("sổ hành động khắc phục", "record of corrective actions"),
}
"""What holds each kind of row, in both languages."""
_WHATS: Final[Mapping[str, tuple[str, str]]] = {
    "altered": ("Bị sửa", "Altered"),
    "missing": ("Bị mất", "Missing"),
    "inserted": ("Thêm vào", "Put in"),
    "differs": ("Không khớp", "Differs"),
    "unexplained": ("Không dựng lại được", "Not explained"),
}


def altered_matters(work: UnitOfWork, office: Office, *, now: datetime) -> list[Matter]:
    """Return a matter for every verification of the last days that found something."""
    return [
        Matter(topic=topic_of(one, office), kind=AlteredView.kind, marks=(Passed(_MARK, 1, one.at),))
        for one in verify_record(work).differing
        if one.at > now - MOST_DAYS
    ]


def topic_of(one: Verified, office: Office) -> str:
    """Return what the notices about a verification are kept under: the local day it began."""
    return f"kiem-tra/{office.calendar.local(one.begun).date().isoformat()}"


def altered_view(notice: Notice, work: UnitOfWork, office: Office, now: datetime) -> AlteredView | None:  # noqa: ARG001 - the signature of every teller
    """Return what the letter says; None of a verification too long ago to be remembered."""
    kept = verify_record(work).differing
    one = next((entry for entry in kept if topic_of(entry, office) == notice.code), None)
    if one is None:
        return None
    about, count = addressed(notice, office), one.found.total()
    lang = about["lang"]
    return AlteredView(
        **about,
        day=office.calendar.local(one.begun).date(),
        count=count,
        dossiers=one.counted["dossiers"],
        events=one.counted["events"],
        lines=tuple(_line(told, lang) for told in one.first),
        more=count - len(one.first),
    )


def _line(told: Told, lang: Language) -> str:
    vi = lang == "vi"
    what, table = _WHATS[told.what][not vi], TABLES[told.table][not vi]
    of, number = told.chain.rsplit(SEPARATOR, 1)[-1], told.number
    where = f"{table} {'của' if vi else 'of'} {of}"
    if number is not None:
        where += f", {'số' if vi else 'number'} {number}"
    column = f", {'cột' if vi else 'column'} {told.column}" if told.column else ""
    return f"{what}: {where}{column}"
