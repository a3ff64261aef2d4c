from confiture.core.preconditions import ColumnType, TableExists, TableNotExists
from confiture.models.migration import Migration


class Met(Migration):
    version = "0001"
    name = "met"
    up_preconditions = [
        TableExists("users"),
        TableNotExists("nicks"),
        ColumnType("users", "id", "int"),
    ]

    def up(self):
        self.execute("CREATE TABLE nicks (id integer)")

    def down(self):
        pass
