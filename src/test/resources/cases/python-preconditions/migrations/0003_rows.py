from confiture.core.preconditions import Precondition, RowCountGreaterThan
from confiture.models.migration import Migration


class Quiet(Precondition):
    def check(self, connection):
        return True, "quiet"


class Rows(Migration):
    version = "0003"
    name = "rows"
    up_preconditions = [RowCountGreaterThan("users", 5), Quiet()]

    def up(self):
        self.execute("CREATE TABLE many (id integer)")

    def down(self):
        pass
