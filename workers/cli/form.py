"""`dunghan form`: a form on paper, filled from a dossier; what is an act of law is recorded with it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import INCOMPLETE, CommandError
from workers.cli.here import Desk, JsonOption, OfficeOption, actor, at_desk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from workers.use_cases.asked_form import Asked
    from workers.use_cases.write_form import Written


class Kind(StrEnum):
    """Name the forms."""

    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    APOLOGY = "apology"
    CHASING = "chasing"
    CONTROL = "control"
    RESCHEDULED = "rescheduled"


_FILES = {
    Kind.RECEIPT: "giay-tiep-nhan",
    Kind.SUPPLEMENT: "phieu-bo-sung",
    Kind.APOLOGY: "phieu-xin-loi",
    Kind.CHASING: "phieu-don-doc",
    Kind.CONTROL: "phieu-kiem-soat",
    Kind.RESCHEDULED: "thong-bao-doi-hen",
}
_ACTS = (Kind.SUPPLEMENT, Kind.APOLOGY)
_FOR = {
    "appointed": (Kind.APOLOGY,),
    "reason": _ACTS,
    "item": (Kind.RECEIPT, Kind.SUPPLEMENT),
    "agency": (Kind.CHASING,),
    "forced-by": _ACTS,
}
"""The forms an option is for, where it is not for all of them."""
_ONLY_HERE = "chỉ ghi vào phiếu, không lưu ở đâu khác"


def form(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="MÃ_HỒ_SƠ", help="Mã hồ sơ, hoặc mã của giấy tiếp nhận.")],
    kind: Annotated[
        Kind,
        typer.Argument(
            metavar="PHIẾU",
            help="receipt: tiếp nhận và hẹn trả (Mẫu 01); supplement: yêu cầu bổ sung (Mẫu 02); "
            "apology: xin lỗi và hẹn lại (Mẫu 04); chasing: đôn đốc trả lời ý kiến; "
            "control: kiểm soát quá trình (Mẫu 05); "
            "rescheduled: thông báo đổi ngày hẹn vì lịch, quy định thay đổi.",
        ),
    ],
    *,
    out: Annotated[
        list[Path] | None,
        typer.Option("--out", help="Tệp .docx hoặc .pdf, nhiều lần được; mặc định: cả hai, ở đây."),
    ] = None,
    appointed: Annotated[str | None, typer.Option("--appointed", help="Ngày hẹn lại (apology).")] = None,
    reason: Annotated[str, typer.Option("--reason", help="Lý do; được ghi vào lịch sử hồ sơ.")] = "",
    document: Annotated[str, typer.Option("--document", help="Số văn bản, ví dụ 12/PXL.")] = "",
    item: Annotated[
        list[str] | None,
        typer.Option("--item", help="Một giấy tờ (receipt, supplement); nhiều lần được."),
    ] = None,
    agency: Annotated[str, typer.Option("--agency", help="Cơ quan quá hạn trả lời (chasing).")] = "",
    signer: Annotated[str, typer.Option("--signer", help="Chức danh người ký, ví dụ “Trưởng phòng”.")] = "",
    applicant: Annotated[str, typer.Option("--applicant", help=f"Người nộp; {_ONLY_HERE}.")] = "",
    address: Annotated[str, typer.Option("--address", help=f"Địa chỉ; {_ONLY_HERE}.")] = "",
    phone: Annotated[str, typer.Option("--phone", help=f"Điện thoại; {_ONLY_HERE}.")] = "",
    email: Annotated[str, typer.Option("--email", help=f"Email; {_ONLY_HERE}.")] = "",
    at: Annotated[str | None, typer.Option("--at", help="Phiếu lập lúc nào; mặc định: bây giờ.")] = None,
    forced_by: Annotated[
        str, typer.Option("--forced-by", help="Ai chịu trách nhiệm khi ghi điều bất thường.")
    ] = "",
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lập phiếu Word, PDF điền từ hồ sơ (forms on paper).

    Phiếu xin lỗi ghi luôn việc hẹn lại, phiếu bổ sung ghi luôn việc yêu cầu bổ
    sung; bị từ chối thì không có phiếu (mã thoát 1). Chỗ nào dunghan không lưu,
    như người nộp, thì để trống cho viết tay. Đã ghi rồi thì gọi lại để in lại.

    Ví dụ: dunghan form 000.00.19.H51-190531-0001 receipt

    Ví dụ: dunghan form 000.00.19.H51-190531-0001 apology --appointed 20/06/2019
    --reason "chờ kết quả đo đạc" --document 12/PXL --out xin-loi.pdf

    Ví dụ: dunghan form 000.00.19.H51-190531-0001 supplement --item "Trích lục bản đồ"
    """
    from workers.cli.event_words import moment_of
    from workers.use_cases.asked_form import Asked
    from workers.use_cases.write_form import write_form

    given = {"appointed": appointed, "reason": reason, "item": item, "agency": agency, "forced-by": forced_by}
    _check_options(kind, [name for name, value in given.items() if value])
    code = code.strip()
    places = out or _both(kind, code)
    with at_desk(context, office) as desk:
        asked = Asked(
            kind=kind.value,
            code=code,
            at=moment_of(desk, code, at),
            is_now=at is None,
            appointed_on=_appointed(desk, appointed, reason=reason, document=document),
            reason=reason.strip(),
            document=document.strip(),
            items=tuple(item or ()),
            agency=agency,
            signer=signer,
            forced_by=forced_by.strip(),
            applicant=applicant,
            address=address,
            phone=phone,
            email=email,
        )
        written = write_form(
            desk.store,
            desk.office_code,
            asked,
            places,
            templates=desk.settings.home / "templates",
            actor=actor(),
            now=desk.now,
        )
        (_print_json if as_json else _show)(desk, asked, written, places)
    raise typer.Exit(INCOMPLETE if written.refused else 0)


def _check_options(kind: Kind, given: Sequence[str]) -> None:
    for name in given:
        if kind not in _FOR[name]:
            raise CommandError(f"--{name} chỉ dùng cho {', '.join(_FOR[name])}, không dùng cho {kind}.")


def _both(kind: Kind, code: str) -> list[Path]:
    stem = f"{_FILES[kind]}-{code.replace('/', '-')}"
    return [Path(f"{stem}.docx"), Path(f"{stem}.pdf")]


def _appointed(desk: Desk, appointed: str | None, *, reason: str, document: str) -> date | None:
    """Return the new day a person typed; without the rest of what the law asks for, say what is missing."""
    from datetime import date

    from workers.cli.event_words import data_of, kind_of

    if appointed is None:
        return None
    told = {"appointed_on": appointed, "reason": reason.strip(), "document": document.strip()}
    given = {name: text for name, text in told.items() if text}
    kind_of("reappointed", given)
    return date.fromisoformat(data_of(given, desk.office().sla.zone)["appointed_on"])


def _show(desk: Desk, asked: Asked, written: Written, places: Sequence[Path]) -> None:
    from domain.catalogue import say

    if written.refused is not None:
        sentence = written.refused.said(desk.office().calendar.zone)
        typer.echo(
            f"Từ chối: {sentence}. Không có phiếu nào được lập; đã giữ lại với lý do (dunghan letters).",
            err=True,
        )
        return
    typer.echo(f"{written.view.title}, hồ sơ {asked.code}: {', '.join(str(place) for place in places)}.")
    if written.event is not None:
        typer.echo(f"Đã ghi vào lịch sử: {say(written.event)}.")


def _print_json(desk: Desk, asked: Asked, written: Written, places: Sequence[Path]) -> None:
    from workers.cli.screen import print_json

    error = written.refused
    print_json(
        {
            "office": desk.office_code,
            "code": asked.code,
            "form": asked.kind,
            "files": [] if error else [str(place) for place in places],
            "event": written.event,
            "error": error.code if error else None,
            "message": error.said(desk.office().calendar.zone) if error else None,
        }
    )
