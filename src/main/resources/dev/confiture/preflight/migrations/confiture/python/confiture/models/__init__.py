"""The base classes of migrations."""

from confiture.models.migration import Migration, SQLMigration

__all__ = ["Migration", "SQLMigration"]
