"""What a configuration means, as a value that can be compared: all but its texts and how they are written."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from config.sla_spellings import Spellings

if TYPE_CHECKING:
    from config.sla import Sla

_WRITTEN: Final = {"files", "digest", "line", "column"}


def meaning_of(sla: Sla) -> Any:
    """Return the configuration without its texts; the order of tables says nothing, that of lists does."""
    return _plain(sla)


def _plain(value: Any) -> Any:
    if isinstance(
        value, Spellings
    ):  # several of one name: which is meant is asked of the day, never of the order
        return {
            entry.name: {
                key: sorted(map(str, _listed(found))) for key, found in getattr(value, entry.name).items()
            }
            for entry in fields(value)
        }
    if is_dataclass(value) and not isinstance(value, type):
        shown = {
            entry.name: _plain(getattr(value, entry.name)) for entry in fields(value) if _means(entry.name)
        }
        return {"": type(value).__name__, **shown}
    if hasattr(value, "items"):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(map(str, value))
    if isinstance(value, (list, tuple)) and not isinstance(value, Enum):
        return [_plain(item) for item in value]
    return str(value)


def _listed(value: Any) -> list[Any]:
    return [_plain(item) for item in value] if isinstance(value, tuple) else [value]


def _means(name: str) -> bool:
    return name not in _WRITTEN and not name.startswith("_")
