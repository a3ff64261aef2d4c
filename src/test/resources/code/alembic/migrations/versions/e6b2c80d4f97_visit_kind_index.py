"""index on the kind of a visit

Revision ID: e6b2c80d4f97
Revises: 7a0f46e9d1c3
Create Date: 2024-09-11 09:19:00

"""
from alembic import op
import sqlalchemy as sa


revision = 'e6b2c80d4f97'
down_revision = '7a0f46e9d1c3'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_visits_kind_code", "visits", ["kind_code"])


def downgrade() -> None:
    op.drop_index("ix_visits_kind_code", "visits")
