from confiture.exceptions import MigrationError
from confiture.models.migration import Migration


class Guard(Migration):
    version = "0001"
    name = "guard"

    def up(self):
        self.execute("CREATE TABLE kept (id integer)")
        self.check("kept")

    def check(self, table):
        raise MigrationError(f"{table} is reserved")

    def down(self):
        pass
