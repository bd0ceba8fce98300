"""A notice for programs: what every command says of it first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from workers.store.notices import Notice

_ALWAYS: Final = (
    *("id", "code", "step", "rung", "kind", "level"),
    *("role", "recipient", "state", "way", "attempts"),
)


def notice_json(notice: Notice, **more: Any) -> dict[str, Any]:
    """Return what identifies a notice and how far it is, and what the command says besides."""
    of_whole_dossier = {} if notice.step else {"step": None}
    return {name: getattr(notice, name) for name in _ALWAYS} | of_whole_dossier | more
