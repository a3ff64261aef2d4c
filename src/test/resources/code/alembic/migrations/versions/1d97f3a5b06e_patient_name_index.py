"""index on the names of patients

Revision ID: 1d97f3a5b06e
Revises: e6b2c80d4f97
Create Date: 2024-10-11 09:10:00

"""
from alembic import op
import sqlalchemy as sa


revision = '1d97f3a5b06e'
down_revision = 'e6b2c80d4f97'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_patients_last_name",
            "patients",
            ["last_name", "first_name"],
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    op.drop_index("ix_patients_last_name", "patients")
