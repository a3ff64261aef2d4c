from confiture.models.migration import Migration


class Backfill(Migration):
    version = "0001"
    name = "backfill"

    def up(self):
        self.execute("CREATE TABLE tags (id integer)")
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM users")
            if cursor.fetchone()[0]:
                self.execute("CREATE TABLE user_tags (id integer)")

    def down(self):
        self.execute("DROP TABLE tags")
