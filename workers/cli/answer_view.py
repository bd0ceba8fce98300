"""What a dossier's notices say of acknowledgement, in few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.acknowledgement import went_up

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from domain.deadline import Language
    from domain.ladder import Rung
    from workers.store.notices import Notice

_WORDS: Final = {
    "given": ("đã xác nhận {at}", "acknowledged {at}"),
    "asked": ("chờ xác nhận đến {at}", "to be acknowledged by {at}"),
    "goes_up": ("chưa ai xác nhận {rung}: báo lên cấp trên", "nobody acknowledged {rung}: goes up the line"),
}
_SILENT: Final = ("covered", "cancelled")


def answer_to(notice: Notice, show: Callable[[datetime], str], lang: Language, *, is_open: bool) -> str:
    """Return since when a notice is acknowledged, or until when somebody is asked to; empty: nobody is.

    By whom stands in the history, once for all the notices it answers.
    """
    if notice.state in _SILENT:
        return ""
    if notice.acknowledged_at is not None:
        return _say("given", lang, at=show(notice.acknowledged_at))
    if notice.asked_until is None or not is_open:
        return ""
    return _say("asked", lang, at=show(notice.asked_until))


def why_it_goes_up(rung: Rung, lang: Language) -> str:
    """Return why a rung is told that stands in no ladder; empty for one that does."""
    code, levels = went_up(rung.code)
    return _say("goes_up", lang, rung=code) if levels else ""


def _say(key: str, lang: Language, **found: object) -> str:
    return _WORDS[key][lang == "en"].format(**found)
