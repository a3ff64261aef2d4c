from textwrap import dedent

from confiture.models.migration import Migration

GRANTS = """
    -- ñ counts as one character
    GRANT SELECT ON usres TO PUBLIC;
"""


class Rename(Migration):
    version = "0001"
    name = "rename"

    def up(self):
        self.execute("ALTER TABLE users RENAME nick_name TO nick")
        self.execute("""
            ALTER TABLE users
              ADD COLUMN email text,
              ALTER COLUMN nick_name SET NOT NULL;
            CREATE INDEX ON userz (email);
        """)
        self.execute(GRANTS)
        self.execute(
            dedent(
                """\
                UPDATE users
                SET nik = 'x'
                """
            )
        )
        for table in ("users", "missing"):
            self.execute(f"ALTER TABLE {table} ADD COLUMN at date")
        self.execute("SELECT nick FROM users WHERE nope = %s", ("é",))

    def down(self):
        self.execute("ALTER TABLE users RENAME nick TO nick_name")
