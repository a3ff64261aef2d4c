"""patient phone

Revision ID: 91a4d7c6e2b0
Revises: 0b6d8e3f5c12
Create Date: 2024-05-11 09:15:00

"""
from alembic import op
import sqlalchemy as sa


revision = '91a4d7c6e2b0'
down_revision = '0b6d8e3f5c12'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("patients", sa.Column("phone", sa.String(40)))


def downgrade() -> None:
    op.drop_column("patients", "phone")
