"""The errors of the ground floor: each message is a sentence the office understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.catalogue import sentence

if TYPE_CHECKING:
    from datetime import tzinfo


class DomainError(Exception):
    """Say in one sentence what the law or the history of a dossier does not allow.

    `code` is a stable word for programs (dead letters, JSON answers). The message is a key of the catalogue
    with what was found, or plain text; `said` is the same sentence for the office.
    """

    code = "domain_error"

    def __init__(self, message: str, **found: object) -> None:
        self.message, self.found = message, found
        super().__init__(sentence(message, "en", found))

    def said(self, zone: tzinfo, lang: str = "vi") -> str:
        """Return the sentence in a language ("vi", "en"), its times in the office's zone."""
        return sentence(self.message, lang, self.found, zone)


class CalendarError(DomainError):
    """Refuse a calendar that cannot answer: it never works, or a window ends before it begins."""

    code = "calendar"


class LimitError(DomainError):
    """Refuse a time limit that cannot land: a wrong unit, a negative amount, a naive moment."""

    code = "limit"


class HistoryError(DomainError):
    """Refuse an event that the history of its dossier does not allow."""

    code = "history"


class ContradictionError(HistoryError):
    """Refuse a row that says otherwise than the history does; history stays as it is."""

    code = "contradiction"


class RoutingError(DomainError):
    """Refuse a notice that nobody could receive."""

    code = "routing"


class SealError(DomainError):
    """Refuse a seal that may not be made: sealed before, corrected before, nothing to correct."""

    code = "seal"


class FiguresError(DomainError):
    """Stop a report whose figures do not agree; the sentence names the dossiers at fault."""

    code = "figures"
