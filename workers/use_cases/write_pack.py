"""Writing the audit pack of a period into a folder: every file, and the list of their hashes, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from domain.catalogue import say as word
from domain.scoring_tt01 import INDICES, OF_DOSSIERS
from workers.reports.pack_files import DOSSIERS, SCORES, whole_folder, write_pack
from workers.reports.rows import RowFile
from workers.use_cases.audit_pack import make_pack
from workers.use_cases.form_06a_view import due_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from domain.tally import Counted, Stand
    from workers.store.unit_of_work import Store
    from workers.use_cases.audit_pack import Asked, Made
    from workers.use_cases.office import Office
    from workers.use_cases.pack_scores import Points

_HEADS: Final = {
    "code": "Mã hồ sơ",
    "procedure": "Mã thủ tục",
    "unit": "Mã đơn vị",
    "officer": "Người thụ lý",
    "channel": "Hình thức",
    "accepted": "Tiếp nhận",
    "due": "Hạn",
    "finished": "Có kết quả",
    "returned": "Trả kết quả",
    "stand": "Tình trạng",
    "version": "Phiên bản cấu hình",
}

_POINTS: Final = {
    "code": "Mã hồ sơ",
    "unit": "Mã đơn vị",
    "officer": "Người thụ lý",
    **{str(index): f"Chỉ số {index}: {INDICES[index]}" for index in OF_DOSSIERS},
}


def write_audit_pack(
    store: Store, office: Office, asked: Asked, folder: Path, *, say: Callable[[str], None] = lambda _: None
) -> Made:
    """Write the pack of a period to `folder`, new or empty, whole or not at all; the same twice is the same.

    Raises FiguresError with the dossiers at fault, FileExistsError for a folder that holds anything,
    LookupError without the extra `reports`, OSError when a file cannot be written.
    """
    with whole_folder(folder) as part:
        with RowFile(part / DOSSIERS, _HEADS) as rows, RowFile(part / SCORES, _POINTS) as points:

            def tell(counted: Counted, stand: Stand) -> None:
                rows.write(_row(counted, stand, office))

            def score(each: Points) -> None:
                points.write(_scored(each))

            made = make_pack(store, office, asked, tell=tell, score=score, say=say)
        say("Đang ghi tệp…")
        write_pack(made.pack, part, _about(made, asked, office))
    return made


def _scored(each: Points) -> dict[str, str]:
    dossier = each.dossier
    points = {str(index): str(each.scored.get(index, "")) for index in OF_DOSSIERS}
    return {"code": dossier.code, "unit": dossier.unit, "officer": dossier.officer or "", **points}


def _row(counted: Counted, stand: Stand, office: Office) -> dict[str, str]:
    due = due_day(counted, office)
    return {
        "code": counted.code,
        "procedure": counted.procedure,
        "unit": counted.unit,
        "officer": counted.officer or "",
        "channel": counted.channel or "",
        "accepted": _moment(counted.accepted_at, office),
        "due": f"{due:%d/%m/%Y}" if due else "",
        "finished": _moment(counted.finished_at, office),
        "returned": _moment(counted.returned_at, office),
        "stand": word(stand),
        "version": str(counted.sla_version),
    }


def _moment(moment: datetime | None, office: Office) -> str:
    return f"{office.calendar.local(moment):%d/%m/%Y %H:%M}" if moment else ""


def _about(made: Made, asked: Asked, office: Office) -> dict[str, Any]:
    """Return what has to be known to make the very same pack again."""
    local, period = office.calendar.local, asked.period
    return {
        "office": office.sla.code,
        "period": {"name": period.name, "first": str(period.first), "last": str(period.last)},
        "as_of": local(asked.as_of).isoformat(),
        "known": local(asked.known).isoformat() if asked.known else None,
        "configuration": {"version": office.version, "sha256": office.sla.digest},
        "sample": {
            "seed": made.sample.seed,
            "population": made.sample.population,
            "population_sha256": made.sample.digest,
            "codes": list(made.sample.codes),
        },
    }
