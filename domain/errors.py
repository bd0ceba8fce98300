"""The errors of the ground floor: each message is a sentence the office understands."""

from __future__ import annotations


class DomainError(Exception):
    """Say in one sentence what the law or the history of a dossier does not allow.

    `code` is a stable word for programs (dead letters, JSON answers); the message is for people.
    """

    code = "domain_error"


class CalendarError(DomainError):
    """Refuse a calendar that cannot answer: it never works, or a window ends before it begins."""

    code = "calendar"


class LimitError(DomainError):
    """Refuse a time limit that cannot land: a wrong unit, a negative amount, a naive moment."""

    code = "limit"


class HistoryError(DomainError):
    """Refuse an event that the history of its dossier does not allow."""

    code = "history"


class RoutingError(DomainError):
    """Refuse a notice that nobody could receive."""

    code = "routing"
