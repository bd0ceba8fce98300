"""Add to whom a notice was passed on whose recipient is away.

Revision: 0005, after 0004. Only adds: code of 0004 still running does not know the new column, and it need
not be filled.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("notices", sa.Column("passed_to", sa.String(128)))


def downgrade() -> None:
    """Refuse: who was told in whose place would be lost."""
    raise RuntimeError("this migration cannot be undone: who was told in whose place would be lost")
