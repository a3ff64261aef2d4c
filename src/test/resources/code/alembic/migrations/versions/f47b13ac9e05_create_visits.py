"""create visits

Revision ID: f47b13ac9e05
Revises: 2c9e5a71d0f8
Create Date: 2024-03-11 09:13:00

"""
from alembic import op
import sqlalchemy as sa


revision = 'f47b13ac9e05'
down_revision = '2c9e5a71d0f8'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visits",
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("patient_id", sa.BigInteger, sa.ForeignKey("patients.id"), nullable=False),
        sa.Column("doctor_id", sa.BigInteger, sa.ForeignKey("doctors.id"), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("visits")
