"""The exceptions that a migration file may raise or handle."""


class ConfiturError(Exception):
    def __init__(self, message="", *args, **details):
        super().__init__(message, *args)
        for name, value in details.items():
            setattr(self, name, value)


class ConfigurationError(ConfiturError):
    pass


class MigrationError(ConfiturError):
    def __init__(self, message="", version=None, migration_name=None, **details):
        super().__init__(message, version=version, migration_name=migration_name, **details)


class SchemaError(ConfiturError):
    pass


class ValidationError(ConfiturError):
    pass


class SeedError(ConfiturError):
    pass


class RestoreError(ConfiturError):
    pass


class RollbackError(ConfiturError):
    pass


class SQLError(ConfiturError):
    def __init__(self, sql, params, original_error):
        shown = str(sql).strip()
        parts = [
            "SQL execution failed",
            "SQL: " + shown[:100] + ("..." if len(shown) > 100 else ""),
        ]
        if params:
            parts.append("Parameters: %s" % (params,))
        parts.append("Error: %s" % original_error)
        super().__init__(" | ".join(parts))
        self.sql = sql
        self.params = params
        self.original_error = original_error


class PreconditionError(MigrationError):
    pass


class PreconditionValidationError(MigrationError):
    pass
