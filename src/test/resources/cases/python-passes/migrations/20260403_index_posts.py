from confiture.models.migration import Migration


class IndexPosts(Migration):
    version = "20260403"
    name = "index_posts"

    def up(self):
        for column in ("author", "title"):
            self.execute(f"CREATE INDEX posts_{column} ON posts ({column})")

    def down(self):
        pass
