"""What the arguments of tasks should be: each check says what was expected, or nothing when it fits."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from domain.errors import DomainError
from domain.period import period_of
from workers.queues import QUEUES
from workers.tasks import context

_LONGEST: Final = 200
"""No code of a dossier is longer."""
_LARGEST: Final = 2**63


def an_office(found: object) -> str:
    """Expect the code of an office of this installation."""
    known = context.known_offices()
    if isinstance(found, str) and (found in known or found in context.known_offices(again=True)):
        return ""
    return f"one of the offices: {', '.join(context.known_offices()) or 'none'}"


def some_codes(found: object) -> str:
    """Expect a list of codes of dossiers."""
    fits = isinstance(found, list) and all(map(_is_code, found))
    return "" if fits else f"a list of codes, each of at most {_LONGEST} letters one can see"


def some_ids(found: object) -> str:
    """Expect a list of numbers of notices."""
    return "" if isinstance(found, list) and all(map(_is_id, found)) else "a list of numbers of notices"


def a_moment_if_any(found: object) -> str:
    """Expect an instant with its zone, or nothing."""
    return "" if found is None or _is_moment(found) else "a moment such as 2019-06-13T07:02:00+00:00"


def a_queue(found: object) -> str:
    """Expect the name of a queue."""
    return "" if isinstance(found, str) and found in QUEUES else f"one of the queues: {', '.join(QUEUES)}"


def a_period(found: object) -> str:
    """Expect a period as reports name it."""
    try:
        fits = isinstance(found, str) and period_of(found) is not None
    except DomainError:
        fits = False
    return "" if fits else "a period such as 2019-06, 2019-Q2 or admin:2019-06"


def yes_or_no_if_any(found: object) -> str:
    """Expect true or false, or nothing."""
    return "" if found is None or isinstance(found, bool) else "true or false"


def _is_code(found: object) -> bool:
    return isinstance(found, str) and 0 < len(found) <= _LONGEST and found.isprintable()


def _is_id(found: object) -> bool:
    return type(found) is int and 0 < found < _LARGEST


def _is_moment(found: object) -> bool:
    try:
        return isinstance(found, str) and datetime.fromisoformat(found).tzinfo is not None
    except ValueError:
        return False
