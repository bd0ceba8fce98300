"""Instants as the database keeps them: aware, in UTC, in the order of time on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import DateTime, String, TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine


class Instant(TypeDecorator[datetime]):
    """Store an aware instant: timestamptz on PostgreSQL, sortable ISO text in UTC on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime] | TypeEngine[str]:
        """Choose the column type of the database in use."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(32))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """Refuse naive moments; write UTC."""
        if value is None:
            return None
        return iso(value) if dialect.name == "sqlite" else _aware(value)

    def process_result_value(self, value: datetime | str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Read UTC."""
        if value is None:
            return None
        return datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(UTC)


@lru_cache(maxsize=16_384)  # a batch asks for each of its instants several times
def iso(instant: datetime) -> str:
    """Return an instant as text of one width, so that the order of the text is the order of time.

    A naive moment raises ValueError: the machine's own zone must not stand in for the office's.
    """
    in_utc = instant if instant.tzinfo is UTC else _aware(instant).astimezone(UTC)
    return in_utc.isoformat(timespec="microseconds")


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no time zone and cannot be stored")
    return instant
