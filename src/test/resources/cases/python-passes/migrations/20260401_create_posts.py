"""Create posts."""

from confiture.models.migration import Migration


class CreatePosts(Migration):
    version = "20260401"
    name = "create_posts"

    def up(self) -> None:
        self.execute("""
            CREATE TABLE posts (
                id integer PRIMARY KEY,
                author integer NOT NULL
            )
        """)
        self.execute("INSERT INTO posts VALUES (%s, %s)", (1, 1))

    def down(self) -> None:
        self.execute("DROP TABLE posts")
