"""A stand-in for confiture 0.9.4: as much of it as migration files use.

As there, Migration is not to be had from here, but from confiture.models.migration.
"""

import importlib

import preflight

__version__ = "0.9.4"

_NOT_EXPORTED = ("Migration", "SQLMigration", "FileSQLMigration")

_EXPORTED = {
    "confiture.exceptions": (
        "ConfiturError",
        "ConfigurationError",
        "MigrationError",
        "SchemaError",
        "SQLError",
        "RollbackError",
        "SeedError",
        "RestoreError",
        "PreconditionError",
        "PreconditionValidationError",
    ),
    "confiture.core.large_tables": (
        "BatchedMigration",
        "BatchConfig",
        "BatchProgress",
        "OnlineIndexBuilder",
        "TableSizeEstimator",
    ),
}


def __getattr__(name):
    for module, names in _EXPORTED.items():
        if name in names:
            return getattr(importlib.import_module(module), name)
    if name in _NOT_EXPORTED:
        raise AttributeError("module 'confiture' has no attribute %r" % name)
    raise preflight.missing(__name__, name)
