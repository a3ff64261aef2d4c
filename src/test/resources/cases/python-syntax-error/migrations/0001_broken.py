from confiture.models.migration import Migration


class Broken(Migration):
    version = "0001"
    name = "broken"

    def up(self):
        self.execute("CREATE TABLE made (id integer)"

    def down(self):
        pass
