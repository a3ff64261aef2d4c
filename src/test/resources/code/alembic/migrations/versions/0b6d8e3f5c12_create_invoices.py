"""create invoices

Revision ID: 0b6d8e3f5c12
Revises: f47b13ac9e05
Create Date: 2024-04-11 09:14:00

"""
from alembic import op
import sqlalchemy as sa


revision = '0b6d8e3f5c12'
down_revision = 'f47b13ac9e05'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invoices",
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("visit_id", sa.BigInteger, sa.ForeignKey("visits.id"), nullable=False),
        sa.Column("amount_cents", sa.Integer, nullable=False),
        sa.Column("paid_on", sa.Date),
    )


def downgrade() -> None:
    op.drop_table("invoices")
