"""What a verification found: for a person in sentences, for programs by stable names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.text import Text

from domain.hash_chain import SEPARATOR
from workers.cli.screen import columns, number, print_json, screen
from workers.cli.seal_words import NOWHERE
from workers.use_cases.verify_matter import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.tampering import Alteration
    from workers.use_cases.verify_totals import Totals

_REGISTERS: Final = ("tasks", "treatments")
_LONGEST: Final = 200
_AROUND: Final = 40


def print_verified(office_code: str, totals: Totals, rows: Sequence[Alteration]) -> None:
    """Print the verification for programs; `alterations` holds the first ones only."""
    names = ("dossiers", "events", "anchors", "anchored", "last_anchor", "seals", "sealed", *_REGISTERS)
    print_json(
        {
            "office": office_code,
            "totals": {name: getattr(totals, name) for name in names},
            "altered": dict(totals.found),
            "alterations": [_plain(one) for one in rows],
        }
    )


def _plain(one: Alteration) -> dict[str, Any]:
    return one._asdict() | {"chain": _of(one), "text": said(one)}


def show_verified(office_code: str, totals: Totals, rows: Sequence[Alteration]) -> None:
    """Print the verification for a person."""
    console = screen()
    console.print(Text(f"Kiểm tra {office_code}", style="bold"))
    table = columns("", "", right=(1,))
    left = totals.events - totals.anchored
    for words, count in (
        ("hồ sơ", totals.dossiers),
        ("sự kiện", totals.events),
        ("trong đó chưa vào mốc neo nào", max(left, 0)),
        ("mốc neo", totals.anchors),
        ("niêm phong", totals.seals),
        ("dòng trong danh sách niêm phong", totals.sealed),
        ("việc ghi của kế hoạch cải cách", totals.tasks),
        ("lời ghi về hành động khắc phục", totals.treatments),
    ):
        table.add_row(words, number(count))
    console.print(table)
    found = totals.found.total()
    if not found:
        console.print(Text("\nKhông có gì bị sửa sau khi ghi.", style="green"))
        return
    console.print(Text(f"\n{number(found)} chỗ không còn như đã ghi:", style="bold red"))
    for one in rows:
        console.print(Text(f"• {said(one)}"))
    if len(rows) < found:
        console.print(Text(f"… và {number(found - len(rows))} chỗ nữa: --limit lớn hơn.", style="dim"))


def said(one: Alteration) -> str:
    """Return in one Vietnamese sentence what was done where."""
    return f"{_where(one)}: {_WORDS[one.what](one)}."


def _of(one: Alteration) -> str:
    return one.chain.split(SEPARATOR)[-1]


def _where(one: Alteration) -> str:
    of = _of(one)
    if one.table == "dossier_events":
        return f"Hồ sơ {of}" if one.number is None else f"Hồ sơ {of}, sự kiện số {one.number}"
    if one.table == "sealed_dossiers":
        return f"Niêm phong số {of}, dòng {one.number}"
    names = {
        "report_seals": "Niêm phong số",
        "anchors": "Mốc neo số",
        "sla_versions": "Cấu hình phiên bản",
        "reform_events": "Kế hoạch cải cách, dòng ghi số",
        "nonconformity_entries": "Hành động khắc phục, dòng ghi số",
    }
    if one.table in names:
        return f"{names[one.table]} {one.number if one.number is not None else '?'}"
    return f"Hồ sơ {of}, {TABLES[one.table][0]}"


def _altered(one: Alteration) -> str:
    if not one.column:
        return "nội dung đã bị sửa, không còn khớp mã băm; sửa nhiều nên không nói được lẽ ra là gì"
    found, expected = _where_unlike(one.found, one.expected)
    return f"cột {one.column} bị sửa, có {_quoted(found)}, lẽ ra {_quoted(expected)}"


def _where_unlike(found: str, expected: str) -> tuple[str, str]:
    """Return both texts, of long ones the part around the first letter that is another."""
    if max(len(found), len(expected)) <= _LONGEST:
        return found, expected
    pairs = enumerate(zip(found, expected, strict=False))
    at = next((index for index, (one, two) in pairs if one != two), min(len(found), len(expected)))
    begin, end = max(at - _AROUND, 0), at + _AROUND
    return f"…{found[begin:end]}…", f"…{expected[begin:end]}…"


def _missing(one: Alteration) -> str:
    return f"bị mất, đến hết số {one.expected}" if one.expected else "bị mất"


def _inserted(one: Alteration) -> str:
    if not one.found:
        return "có dòng mà hồ sơ không có sự kiện nào"
    return f"dòng thêm vào, không thuộc chuỗi nào: {_quoted(one.found)}"


def _differs(one: Alteration) -> str:
    if one.table == "report_seals" and one.column == "figures":
        listed = _quoted(one.expected)
        return f"số liệu không khớp danh sách của nó, có {_quoted(one.found)}, theo danh sách {listed}"
    if one.table == "report_seals" and one.column != "hash":
        was, now = (_quoted(text) if text else NOWHERE for text in (one.expected, one.found))
        return f"tính lại đến lúc chốt, hồ sơ {one.column} ra {now}, đã chốt {was}"
    if one.column == "hash":
        return f"không phải dòng đã ghi nhớ, có {_quoted(one.found)}, lẽ ra {_quoted(one.expected)}"
    return f"cột {one.column} có {_quoted(one.found)}, theo sự kiện là {_quoted(one.expected)}"


def _unexplained(one: Alteration) -> str:
    if one.table == "anchors" and one.expected == one.found:
        return f"{one.found} sự kiện của mốc không còn như lúc neo (nội dung, thứ tự hay số id)"
    if one.table == "anchors":
        return f"lúc neo có {one.expected} sự kiện, nay {one.found}"
    if one.table == "sla_versions" and one.expected:
        column = f", cột {one.column} không khớp digest" if one.column else ""
        return f"cấu hình đến phiên bản này không còn như lúc neo{column}"
    return f"không dựng lại được: {one.found}"


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}”"


_WORDS: Final[dict[str, Callable[[Alteration], str]]] = {
    "altered": _altered,
    "missing": _missing,
    "inserted": _inserted,
    "differs": _differs,
    "unexplained": _unexplained,
}
