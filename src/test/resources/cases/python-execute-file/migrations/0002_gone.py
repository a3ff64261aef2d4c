from confiture.models.migration import Migration


class Gone(Migration):
    version = "0002"
    name = "gone"

    def up(self):
        self.execute("CREATE TABLE before (id integer)")
        self.execute_file("src/test/resources/cases/gone.sql")

    def down(self):
        pass
