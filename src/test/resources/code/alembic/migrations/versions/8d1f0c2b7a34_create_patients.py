"""create patients

Revision ID: 8d1f0c2b7a34
Revises: 
Create Date: 2024-01-11 09:11:00

"""
from alembic import op
import sqlalchemy as sa


revision = '8d1f0c2b7a34'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "patients",
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("first_name", sa.String(80), nullable=False),
        sa.Column("last_name", sa.String(80), nullable=False),
        sa.Column("born_on", sa.Date),
    )


def downgrade() -> None:
    op.drop_table("patients")
