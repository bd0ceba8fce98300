"""The schema of the database: bring it up to date, and say whether it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from workers.store.engines import make_engine
from workers.store.errors import in_words
from workers.store.fact_tables import on_time_facts
from workers.store.journal_tables import heartbeats
from workers.store.quality_tables import nonconformity_entries
from workers.store.reform_tables import reform_events
from workers.store.rule_tables import sla_versions
from workers.store.seal_tables import report_seals

if TYPE_CHECKING:
    from sqlalchemy import Connection

# All tables share it; one of each other module of them is named, so that those are known by then.
_EVERY_TABLE: Final = {
    table.metadata
    for table in (
        *(heartbeats, nonconformity_entries, on_time_facts),
        *(reform_events, sla_versions, report_seals),
    )
}.pop()


def upgrade(url: str) -> None:
    """Bring the database to the newest schema, from an empty one or any earlier one; harmless when it is."""
    engine = make_engine(url)
    try:
        with in_words(), engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                # Two upgrades at once (two containers starting): the second waits and finds nothing to do.
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('dunghan schema'))")
            command.upgrade(_config(connection), "head")
    finally:
        engine.dispose()


def is_current(url: str) -> bool:
    """Say whether the database has the newest schema; False for an empty one."""
    engine = make_engine(url, writes=False)
    try:
        with in_words(), engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
            return current == ScriptDirectory.from_config(_config(connection)).get_current_head()
    finally:
        engine.dispose()


def differences(url: str) -> list[Any]:
    """Return what the database has otherwise than the tables in code say; empty when they agree."""
    engine = make_engine(url, writes=False)
    try:
        with in_words(), engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            found: list[Any] = compare_metadata(context, _EVERY_TABLE)
            return found
    finally:
        engine.dispose()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
