"""Alembic's environment: it is called by `workers.store.schema` with an open connection, never by itself."""

from __future__ import annotations

from alembic import context

from workers.store.tables import metadata


def run() -> None:
    """Run the migrations in one transaction on the connection handed over."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=False,
        compare_type=True,
    )
    if connection.dialect.name == "postgresql":
        # A migration that cannot have its lock at once fails, instead of making the office wait behind it.
        connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
    context.run_migrations()


run()
