"""normalise phones

Revision ID: b8c41e60f2d9
Revises: 1d97f3a5b06e
Create Date: 2024-11-11 09:11:00

"""
from alembic import op
import sqlalchemy as sa


revision = 'b8c41e60f2d9'
down_revision = '1d97f3a5b06e'
branch_labels = None
depends_on = None


patients = sa.table("patients", sa.column("id"), sa.column("phone"))


def upgrade() -> None:
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(patients.c.id, patients.c.phone).where(patients.c.phone.isnot(None))
    )
    for row in rows.fetchall():
        phone = "".join(c for c in row.phone if c.isdigit() or c == "+")
        connection.execute(
            patients.update().where(patients.c.id == row.id).values(phone=phone)
        )


def downgrade() -> None:
    pass
