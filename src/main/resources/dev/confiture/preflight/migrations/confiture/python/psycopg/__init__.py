"""A stand-in for psycopg 3, which confiture brings along: names to import, and its sql module."""

import preflight
from psycopg import errors
from psycopg.errors import (
    DatabaseError,
    DataError,
    Error,
    IntegrityError,
    InterfaceError,
    InternalError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
    Warning,
)

__all__ = [
    "DataError",
    "DatabaseError",
    "Error",
    "IntegrityError",
    "InterfaceError",
    "InternalError",
    "NotSupportedError",
    "OperationalError",
    "ProgrammingError",
    "Warning",
    "errors",
]


class _Live:
    def __init__(self, *_, **__):
        raise preflight.unverifiable("the file needs a live connection: it connects to a database itself")

    @classmethod
    def connect(cls, *_, **__):
        raise preflight.unverifiable("the file needs a live connection: it connects to a database itself")


class Connection(_Live):
    pass


class AsyncConnection(_Live):
    pass


class Cursor(_Live):
    pass


class AsyncCursor(_Live):
    pass


connect = Connection.connect


def __getattr__(name):
    raise preflight.missing(__name__, name)
