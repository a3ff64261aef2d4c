"""create doctors

Revision ID: 2c9e5a71d0f8
Revises: 8d1f0c2b7a34
Create Date: 2024-02-11 09:12:00

"""
from alembic import op
import sqlalchemy as sa


revision = '2c9e5a71d0f8'
down_revision = '8d1f0c2b7a34'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "doctors",
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("name", sa.String(120), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("doctors")
