"""Proofs that found differences: ops hear of each once, with the first of what differs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from workers.notify.office_views import ProofView
from workers.use_cases.office_matter import Matter, Passed, addressed
from workers.use_cases.proof_record import proof_record
from workers.use_cases.unlike import KINDS

if TYPE_CHECKING:
    from datetime import datetime

    from domain.deadline import Language
    from workers.store.notices import Notice
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.office import Office
    from workers.use_cases.proof_record import Proof

MOST_DAYS: Final = timedelta(days=7)
"""For how long a proof that differed is looked at: ops who come later are told of the later ones."""
_MARK: Final = "differs"


def proof_matters(work: UnitOfWork, office: Office, *, now: datetime) -> list[Matter]:
    """Return a matter for every proof of the last days that found differences."""
    return [
        Matter(topic=topic_of(proof, office), kind=ProofView.kind, marks=(Passed(_MARK, 1, proof.at),))
        for proof in proof_record(work).differing
        if proof.at > now - MOST_DAYS
    ]


def topic_of(proof: Proof, office: Office) -> str:
    """Return what the notices about a proof are kept under: the day after the last it is about."""
    return f"doi-chieu/{office.calendar.local(proof.end).date().isoformat()}"


def proof_view(notice: Notice, work: UnitOfWork, office: Office, now: datetime) -> ProofView | None:  # noqa: ARG001 - the signature of every teller
    """Return what the letter says; None of a proof too long ago to be remembered."""
    kept = proof_record(work).differing
    proof = next((entry for entry in kept if topic_of(entry, office) == notice.code), None)
    if proof is None:
        return None
    calendar, about = office.calendar, addressed(notice, office)
    lang = about["lang"]
    lines, count = _lines(proof, lang), proof.unlike.total()
    return ProofView(
        **about,
        first_day=calendar.local(proof.begin).date(),
        last_day=calendar.local(proof.end).date() - timedelta(days=1),
        count=count,
        due=proof.due,
        sums=tuple(
            f"{words[lang != 'vi']}: {proof.unlike[kind]}"
            for kind, words in KINDS.items()
            if proof.unlike[kind]
        ),
        lines=lines,
        more=count - len(lines),
    )


def _lines(proof: Proof, lang: Language) -> tuple[str, ...]:
    return tuple(
        f"{code} – {words[lang != 'vi']}" + (f", {rung}" if rung else "")
        for kind, code, rung in proof.first
        for words in [_WORDS.get(kind, (kind, kind))]
    )


_WORDS: Final[dict[str, tuple[str, str]]] = dict(KINDS.items())
