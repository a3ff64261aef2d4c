"""patient language

Revision ID: 5e20b9f3a8c7
Revises: 91a4d7c6e2b0
Create Date: 2024-06-11 09:16:00

"""
from alembic import op
import sqlalchemy as sa


revision = '5e20b9f3a8c7'
down_revision = '91a4d7c6e2b0'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "patients",
        sa.Column("preferred_language", sa.String(8), server_default="en", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("patients", "preferred_language")
