"""doctor licence number

Revision ID: 7a0f46e9d1c3
Revises: c3d85f7102be
Create Date: 2024-08-11 09:18:00

"""
from alembic import op
import sqlalchemy as sa


revision = '7a0f46e9d1c3'
down_revision = 'c3d85f7102be'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("doctors", sa.Column("licence_number", sa.String(40)))


def downgrade() -> None:
    op.drop_column("doctors", "licence_number")
