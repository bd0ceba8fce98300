"""The scores of a period: of the office and each unit or officer, and back from one to its dossiers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Literal

from domain.on_time_rate import Counts, rates
from domain.scoring_tt01 import Score, Scoreboard, shares
from domain.tally import counts_of
from workers.use_cases.as_of import population
from workers.use_cases.handled import handled, resolved
from workers.use_cases.tally import placed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from domain.on_time_rate import Rate
    from domain.par_index import Criterion
    from domain.scoring_tt01 import Handled, Scored
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.as_of import Frame
    from workers.use_cases.office import Office

Holder = Literal["unit", "officer"]
NOTHING: Final = Counts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Hold the score of one unit, officer or dossier, or of the office, by its code ("": nobody named).

    `counts` are those of the report: what is still pending is among them, and in no index.
    """

    key: str
    score: Score
    counts: Counts = NOTHING

    @property
    def rates(self) -> dict[str, Rate]:
        """Return the official rates of the counts by name."""
        return {rate.name: rate for rate in rates(self.counts)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Hold the scores of a period by unit or officer, of the whole office, and the criteria in force."""

    by: Holder
    lines: tuple[Line, ...]
    whole: Line
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredDossiers:
    """Hold the dossiers behind a score, the first by code, how many there are, and their score together."""

    lines: tuple[Line, ...]
    number: int
    score: Score


def scores(
    store: Store,
    office: Office,
    frame: Frame,
    by: Holder,
    *,
    day: date,
    progress: Callable[[int], None] = lambda _: None,
) -> Scores:
    """Return the scores of a period; `day` chooses the criteria. Raises FiguresError with who is at fault.

    `progress` is told how many dossiers have been scored.
    """
    board, whole = Scoreboard(), Scoreboard()
    with store.read(office.sla.code) as work:
        counts, dossiers = _counted(work, office, frame, by)
        for number, each in enumerate(handled(work, office, frame, dossiers), start=1):
            board.add(shares(each, by))
            whole.add({"": shares(each, "dossier").get(each.code, {})})
            progress(number)
    found = board.scores()
    return Scores(
        by=by,
        lines=tuple(_line(key, found, counts.get(key)) for key in sorted(counts.keys() | found.keys())),
        whole=_line("", whole.scores(), sum(counts.values(), NOTHING)),
        criteria=tuple(each for each in office.sla.scoring.criteria if each.is_valid_on(day)),
    )


def _counted(
    work: UnitOfWork, office: Office, frame: Frame, by: Holder
) -> tuple[dict[str, Counts], list[Handled]]:
    found: Counter[tuple[str, Counts]] = Counter()
    dossiers = []
    for each, stand in placed(population(work, office, frame), frame):
        holder = each.unit if by == "unit" else each.officer or ""
        found[holder, counts_of(each, stand, begin=frame.begin)] += 1
        if (one := resolved(each)) is not None:
            dossiers.append(one)
    sums: dict[str, Counts] = {}
    for (key, counts), number in found.items():
        sums[key] = sums.get(key, NOTHING) + counts.times(number)
    return sums, dossiers


def _line(key: str, found: Mapping[str, Score], counts: Counts | None) -> Line:
    return Line(key=key, score=found.get(key, Score({})), counts=counts or NOTHING)


def scored_dossiers(
    store: Store,
    office: Office,
    frame: Frame,
    *,
    of: tuple[Holder, str] | None,
    limit: int,
    progress: Callable[[int], None] = lambda _: None,
) -> ScoredDossiers:
    """Return the dossiers that were scored, all or for one unit or officer; their score is that line's."""
    board, lines, number = Scoreboard(), list[Line](), 0
    with store.read(office.sla.code) as work:
        for seen, (code, scored) in enumerate(_scored(work, office, frame, of), start=1):
            progress(seen)
            board.add({"": scored})
            number += bool(scored)
            if scored and number <= limit:
                lines.append(Line(key=code, score=Score.of_one(scored)))
    together = board.scores().get("", Score({}))
    return ScoredDossiers(lines=tuple(lines), number=number, score=together)


def _scored(
    work: UnitOfWork, office: Office, frame: Frame, of: tuple[Holder, str] | None
) -> Iterator[tuple[str, Scored]]:
    """Yield the points of each dossier with a result, by code: its own, or those of whoever is asked for."""
    found = filter(None, map(resolved, population(work, office, frame)))
    for each in handled(work, office, frame, sorted(found, key=attrgetter("code"))):
        by, name = of or ("dossier", each.code)
        yield each.code, shares(each, by).get(name, {})
