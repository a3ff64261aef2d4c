from confiture.models.migration import Migration


class Half(Migration):
    version = "0003"
    name = "half"
    transactional = False

    def up(self):
        self.execute("ALTER TABLE users ADD COLUMN half integer")
        self.execute("CREATE INDEX CONCURRENTLY users_whole ON users (whole)")
        self.execute("DROP INDEX CONCURRENTLY users_nick")

    def down(self):
        pass
