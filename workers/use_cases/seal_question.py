"""What a sealed report asked: its period and cut-offs, its breakdown, the stands it took; asked again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain.form_06a import Stands, columns_of
from domain.period import Period
from domain.seal import canonical, place_of, place_on_form
from domain.tally import counts_of
from workers.use_cases.as_of import Frame, population
from workers.use_cases.dimensions import Breakdown
from workers.use_cases.tally import placed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from domain.tally import Counted, Stand
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.dimensions import Dimension
    from workers.use_cases.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Hold what is counted: the frame of a report, by which dimensions, and on form II.06a too, if asked."""

    period: Period
    frame: Frame
    by: tuple[Dimension, ...]
    form: bool = False
    stands: Stands

    @property
    def key(self) -> tuple[object, ...]:
        """Return what two seals of the same report have in common: all but what was known by when."""
        frame = self.frame
        until = (frame.begin, frame.end, frame.at, frame.cohort, frame.against)
        return (*until, self.by, self.form)

    def known_now(self) -> Question:
        """Return the same question about the same moments, by all that is recorded now."""
        return self.known_by(None, None)

    def known_by(self, known: datetime | None, last_id: int | None) -> Question:
        """Return the same question by what was recorded by a moment, and by the event with an id."""
        return replace(self, frame=replace(self.frame, known=known, last_id=last_id))

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values; instants are ISO texts."""
        frame = self.frame
        return {
            "period": self.period.name,
            "first": _iso(self.period.first),
            "last": _iso(self.period.last),
            "begin": _iso(frame.begin),
            "end": _iso(frame.end),
            "as_of": _iso(frame.as_of),
            "known": _iso(frame.known),
            "last_id": frame.last_id,
            "cohort": frame.cohort,
            "against": frame.against,
            "by": list(self.by),
            "form": self.form,
            "stands": asdict(self.stands),
        }

    @classmethod
    def of_json(cls, data: Mapping[str, Any]) -> Question:
        """Return what `as_json` made plain."""
        moments: dict[str, Any] = {name: _instant(data[name]) for name in ("begin", "end", "known")}
        as_of = datetime.fromisoformat(data["as_of"])
        more = {name: data[name] for name in ("cohort", "against", "last_id")}
        return cls(
            period=Period(first=_day(data["first"]), last=_day(data["last"]), name=data["period"]),
            frame=Frame(as_of=as_of, **(moments | more)),
            by=tuple(data["by"]),
            form=data["form"],
            stands=Stands(**data["stands"]),
        )


def places_of(work: UnitOfWork, office: Office, question: Question) -> dict[str, str]:
    """Return the place of every dossier of a report by its code; FiguresError names those at fault."""
    texts: dict[str, str] = {}
    place = _placing(office, question)
    found: dict[str, str] = {}
    for each, stand in placed(population(work, office, question.frame), question.frame):
        text = canonical(place(each, stand))
        # There are few places and many dossiers: each text is held once.
        found[each.code] = texts.setdefault(text, text)
    return found


def _placing(office: Office, question: Question) -> Callable[[Counted, Stand], dict[str, Any]]:
    breakdown, fields = Breakdown(question.by, office), Breakdown(("field",), office)
    frame, stands, zone = question.frame, question.stands, office.sla.zone

    def place(each: Counted, stand: Stand) -> dict[str, Any]:
        made = place_of(breakdown.key(each), counts_of(each, stand, begin=frame.begin))
        if not question.form:
            return made
        on_form = stands.stand_of(each, at=frame.at)
        columns = columns_of(each, on_form, begin=frame.begin)
        (field,) = fields.key(each)
        return made | {"form": place_on_form(field, columns, stands.annex(each, on_form, zone))}

    return place


def _iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
