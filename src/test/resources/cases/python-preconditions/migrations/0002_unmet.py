from confiture.core.preconditions import TableExists, TableNotExists
from confiture.models.migration import Migration


class Unmet(Migration):
    version = "0002"
    name = "unmet"
    up_preconditions = [
        TableExists("users"),
        TableNotExists("nicks"),
    ]

    def up(self):
        self.execute("CREATE TABLE later (id integer)")

    def down(self):
        pass
