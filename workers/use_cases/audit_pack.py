"""The audit pack of a period: gathered from the dossiers, in the order an ISO 9001 auditor asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workers.reports.on_time_table import grouped
from workers.reports.pack import Pack
from workers.use_cases.pack_control import control
from workers.use_cases.pack_facts import gather, scope_of
from workers.use_cases.pack_overdue import overdue_of
from workers.use_cases.pack_rates import by_unit, objectives
from workers.use_cases.pack_register import apologies, causes, register
from workers.use_cases.pack_samples import sampled, signs
from workers.use_cases.pack_scores import scores
from workers.use_cases.pack_times import times

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from domain.audit_sample import Sample
    from domain.period import Period
    from domain.tally import Counted, Stand
    from workers.store.unit_of_work import Store
    from workers.use_cases.office import Office
    from workers.use_cases.pack_facts import Facts, Scope
    from workers.use_cases.pack_scores import Points

SAMPLE: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Hold what a pack is asked for.

    Only what had been recorded at `known` counts, None: all that is; `as_of` is that moment, or now. `seed`
    and `size` are those of the sample.
    """

    period: Period
    as_of: datetime
    known: datetime | None
    seed: str
    size: int = SAMPLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Hold a pack and what its list of files says of it."""

    pack: Pack
    scope: Scope
    sample: Sample


def make_pack(
    store: Store,
    office: Office,
    asked: Asked,
    *,
    tell: Callable[[Counted, Stand], None],
    score: Callable[[Points], None],
    say: Callable[[str], None],
) -> Made:
    """Return the pack of a period; `tell` is given every dossier of it, `say` what is being done.

    `score` is given the points of every dossier that has any.

    Raises FiguresError with the dossiers that stand nowhere or cannot be replayed.
    """
    scope = scope_of(office, asked.period, as_of=asked.as_of, known=asked.known)
    with store.read(office.sla.code) as work:
        say("Đang đếm hồ sơ…")
        facts = gather(work, scope, tell)
        say("Đang xem hồ sơ quá hạn…")
        overdue = overdue_of(work, scope, facts)
        first = (objectives(scope, facts), by_unit(scope, facts), control(scope, facts))
        say("Đang tính thời gian…")
        timed = (times(work, scope, facts), scores(work, scope, facts, tell=score))
        treated = (causes(overdue), register(work, scope, overdue), apologies(overdue))
        say("Đang lấy mẫu, tìm dấu hiệu…")
        section, sample = sampled(work, scope, facts, seed=asked.seed, size=asked.size)
        seen = signs(work, scope, facts)
    pack = Pack(
        office_name=office.sla.name,
        place=office.sla.place,
        period=_named(asked.period),
        as_of=office.calendar.local(asked.as_of),
        facts=_facts(asked, scope, facts, sample),
        sections=(*first, *timed, *treated, section, seen),
    )
    return Made(pack=pack, scope=scope, sample=sample)


def _named(period: Period) -> str:
    return f"Kỳ {period.name} (từ {period.first:%d/%m/%Y} đến hết {period.last:%d/%m/%Y})"


def _facts(asked: Asked, scope: Scope, facts: Facts, sample: Sample) -> tuple[tuple[str, str], ...]:
    office, local = scope.office, scope.office.calendar.local
    known = (
        "Mọi điều đã ghi đến lúc lập"
        if asked.known is None
        else f"Chỉ những điều đã xảy ra và đã ghi đến {local(asked.known):%H:%M %d/%m/%Y}"
    )
    versions = ", ".join(
        f"{number} ({grouped(facts.versions[number])} hồ sơ)" for number in sorted(facts.versions)
    )
    return (
        ("Cơ quan", f"{office.sla.name} ({office.sla.code})"),
        ("Kỳ", _named(asked.period)),
        ("Số liệu", f"{known}; tình trạng xét lúc {local(scope.frame.at):%H:%M %d/%m/%Y}"),
        ("Hồ sơ của kỳ", f"{grouped(sample.population)} (kỳ trước chuyển qua và tiếp nhận trong kỳ)"),
        ("Cấu hình đang dùng", f"phiên bản {office.version}, SHA-256 {office.sla.digest}"),
        ("Cấu hình khi tiếp nhận", versions or "không có hồ sơ"),
        ("Mầm của mẫu", f"{sample.seed}, {len(sample.codes)} hồ sơ"),
        ("Toàn vẹn", "SHA-256 của mọi tệp trong manifest.json; lịch sử hồ sơ: dunghan db rebuild --check"),
    )
