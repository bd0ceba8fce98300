"""Whether a sealed report still comes out: as it was known then, and by what has been recorded since."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from domain.errors import SealError
from domain.seal import DEFINITION, figures_of, moved
from workers.use_cases.seal_question import Question, places_of
from workers.use_cases.sealing import corrected_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from domain.seal import Moved
    from workers.store.events import Entry
    from workers.store.seals import Seal
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office

_BATCH: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """Hold a dossier that what was recorded after the seal moved to another place, and the events that did.

    No events: nothing recorded explains it, and `dunghan audit verify` is the next question.
    """

    moved: Moved
    events: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Hold one seal held against the record.

    `unlike`: what comes out otherwise as of its own moment, which nothing recorded later can explain. `late`:
    what comes out otherwise by now. `figures` are those of now, None where nothing moved. `corrected_by` is
    the seal that corrects it: then only that one is held against now. `definition`: it was sealed by other
    definitions than this program has, so nothing is compared.
    """

    seal: Seal
    unlike: tuple[Moved, ...] = ()
    late: tuple[Late, ...] = ()
    figures: dict[str, Any] | None = None
    corrected_by: int | None = None
    definition: bool = False

    @property
    def holds(self) -> bool:
        """Say whether the seal still says what the record says."""
        return not (self.unlike or self.late or self.definition)


def check_seals(
    store: Store,
    office: Office,
    number: int | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[Checked]:
    """Yield every seal, or the one asked for, held against the record; a seal's dossiers are in memory.

    An unknown number raises SealError.
    """
    with store.read(office.sla.code) as work:
        seals = work.seals.all()
    later, chosen = corrected_by(seals), [one for one in seals if number in (None, one.number)]
    if number is not None and not chosen:
        raise SealError("no_seal", number=number)
    for one in chosen:
        progress(one.number)
        with store.read(office.sla.code) as work:
            yield _checked(work, office, one, later.get(one.number))


def unlike_then(work: UnitOfWork, office: Office, seal: Seal) -> tuple[Moved, ...]:
    """Return the dossiers that do not come out as they were sealed, as of the moment they were."""
    question = Question.of_json(seal.document["question"])
    return tuple(moved(dict(work.seals.places(seal.number)), places_of(work, office, question)))


def _checked(work: UnitOfWork, office: Office, seal: Seal, corrected: int | None) -> Checked:
    if seal.document["versions"]["definition"] != DEFINITION:
        return Checked(seal=seal, corrected_by=corrected, definition=True)
    unlike = unlike_then(work, office, seal)
    if corrected is not None:
        return Checked(seal=seal, unlike=unlike, corrected_by=corrected)
    question = Question.of_json(seal.document["question"])
    now = places_of(work, office, question.known_now())
    found = moved(dict(work.seals.places(seal.number)), now)
    figures = figures_of(now.values()) if found else None
    return Checked(seal=seal, unlike=unlike, late=tuple(_late(work, question, found)), figures=figures)


def _late(work: UnitOfWork, question: Question, found: Sequence[Moved]) -> Iterator[Late]:
    rest = iter(found)
    while batch := list(islice(rest, _BATCH)):
        codes = [one.code for one in batch]
        histories = work.events.histories(codes)
        then = work.events.histories(codes, last_id=question.frame.last_id)
        for one in batch:
            known = {entry.seq for entry in then.get(one.code, ()) if _was_known(entry, question)}
            yield Late(
                moved=one,
                events=tuple(
                    entry
                    for entry in histories.get(one.code, ())
                    if entry.seq not in known and entry.event.occurred_at < question.frame.until
                ),
            )


def _was_known(entry: Entry, question: Question) -> bool:
    known = question.frame.known
    return known is None or entry.recorded_at <= known
