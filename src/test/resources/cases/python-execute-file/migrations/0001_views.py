from confiture.models.migration import Migration


class Views(Migration):
    version = "0001"
    name = "views"

    def up(self):
        self.execute_file("src/test/resources/cases/python-execute-file/migrations/users.sql")

    def down(self):
        pass
