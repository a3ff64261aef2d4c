from confiture.models.migration import SQLMigration


class Tenants(SQLMigration):
    version = "0002"
    name = "tenants"
    up_sql = "CREATE TABLE tenants (id integer)"
    down_sql = "DROP TABLE tenants"
