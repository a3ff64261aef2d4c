"""waiting list

Revision ID: 4f7e9b25c8a1
Revises: b8c41e60f2d9
Create Date: 2024-12-11 09:12:00

"""
from alembic import op
import sqlalchemy as sa


revision = '4f7e9b25c8a1'
down_revision = 'b8c41e60f2d9'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "waiting_list",
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("patient_id", sa.BigInteger, sa.ForeignKey("patients.id"), nullable=False),
        sa.Column("asked_on", sa.Date, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("waiting_list")
