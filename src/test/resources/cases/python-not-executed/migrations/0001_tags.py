from confiture.models.migration import Migration


class Tags(Migration):
    version = "0001"
    name = "tags"

    def up(self):
        # CREATE TABLE commented (id integer)
        self.execute("CREATE TABLE tags (id integer)")

    def down(self):
        self.execute("DROP TABLE tags")
