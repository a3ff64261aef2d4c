from confiture.models.migration import Migration


class Index(Migration):
    version = "0001"
    name = "index"
    transactional = False

    def up(self):
        self.execute("CREATE INDEX CONCURRENTLY users_nick ON users (nick_name)")
        self.execute("CREATE INDEX CONCURRENTLY users_id ON users (id)")

    def down(self):
        self.execute("DROP INDEX CONCURRENTLY users_nick")
