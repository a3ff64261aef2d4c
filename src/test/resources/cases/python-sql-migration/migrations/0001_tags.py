from confiture.models.migration import SQLMigration


class AddTags(SQLMigration):
    version = "0001"
    name = "tags"
    up_sql = """
        CREATE TABLE tags (id integer);
        CREATE TABLE user_tags (tag integer REFERENCES tags (id));
    """
    down_sql = "DROP TABLE user_tags, tags"
