from confiture.models.migration import Migration


class Forgotten(Migration):
    version = "0002"
    name = "forgotten"

    def up(self):
        self.execute("CREATE INDEX CONCURRENTLY users_both ON users (id, nick_name)")

    def down(self):
        pass
