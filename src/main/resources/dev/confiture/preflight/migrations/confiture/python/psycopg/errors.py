"""The exceptions of DB-API; those of single SQLSTATEs are made when they are named."""


class Warning(Exception):
    pass


class Error(Exception):
    sqlstate = None


class InterfaceError(Error):
    pass


class DatabaseError(Error):
    pass


class DataError(DatabaseError):
    pass


class OperationalError(DatabaseError):
    pass


class IntegrityError(DatabaseError):
    pass


class InternalError(DatabaseError):
    pass


class ProgrammingError(DatabaseError):
    pass


class NotSupportedError(DatabaseError):
    pass


def __getattr__(name):
    if not name[:1].isupper():
        raise AttributeError("module 'psycopg.errors' has no attribute %r" % name)
    made = type(name, (DatabaseError,), {"__module__": __name__})
    globals()[name] = made
    return made
