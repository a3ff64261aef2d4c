from confiture.models.migration import Migration


class Other(Migration):
    version = "0003"
    name = "other"

    def up(self):
        self.execute("ALTER TABLE nowhere ADD COLUMN a integer")
        self.connection.commit()

    def down(self):
        pass
