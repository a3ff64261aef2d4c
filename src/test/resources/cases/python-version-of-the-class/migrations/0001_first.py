from confiture.models.migration import Migration


class First(Migration):
    version = "2026"
    name = "another_name"

    def up(self):
        self.execute("CREATE TABLE first (id integer)")

    def down(self):
        pass
