"""The base classes of migrations: their SQL is told to the recorder instead of being executed."""

from abc import ABC, abstractmethod

import preflight
from confiture.exceptions import SQLError
from preflight.parameters import interpolate
from psycopg.sql import Composable


class Migration(ABC):
    version: str
    name: str

    transactional = True
    strict_mode = False
    requires_superuser = False
    batch_config = None

    up_preconditions = []
    down_preconditions = []

    before_validation_hooks = []
    before_ddl_hooks = []
    after_ddl_hooks = []
    after_validation_hooks = []
    cleanup_hooks = []
    error_hooks = []

    def __init__(self, connection):
        self._require("version", "a")
        self._require("name", "a")

    def _require(self, attribute, article):
        if getattr(type(self), attribute, None) is None:
            raise TypeError(
                "%s must define %s '%s' class attribute"
                % (type(self).__name__, article, attribute)
            )

    def __getattr__(self, name):
        if name == "connection":
            raise preflight.unverifiable("the file needs a live connection: it uses self.connection")
        raise AttributeError("%r object has no attribute %r" % (type(self).__name__, name))

    @abstractmethod
    def up(self):
        raise NotImplementedError("%s.up() must be implemented" % type(self).__name__)

    @abstractmethod
    def down(self):
        raise NotImplementedError("%s.down() must be implemented" % type(self).__name__)

    def get_up_sql_statements(self):
        return []

    def execute(self, sql, params=None):
        return self._execute(sql, params, "")

    def execute_file(self, path):
        try:
            # As there: relative to the working directory.
            sql = preflight.read_file(path)
        except FileNotFoundError:
            raise FileNotFoundError("SQL file not found: %s" % path) from None
        if not sql.strip():
            raise ValueError("SQL file is empty: %s" % path)
        return self._execute(sql, None, str(path))

    def _execute(self, sql, params, file):
        try:
            text = sql.as_string(None) if isinstance(sql, Composable) else sql
            text = text.decode("utf-8") if isinstance(text, bytes) else text
            if not isinstance(text, str):
                raise TypeError("the query should be str or bytes, got %s" % type(sql).__name__)
            if params:
                text = interpolate(text, params)
            text.encode("utf-8")
        except Exception as wrong:
            raise SQLError(sql, params, wrong) from wrong
        preflight.executed(text, bool(params), file)
        return _Result()


class SQLMigration(Migration):
    up_sql: str
    down_sql: str

    def __init__(self, connection):
        super().__init__(connection)
        self._require("up_sql", "an")
        self._require("down_sql", "a")

    def up(self):
        self.execute(self.up_sql)

    def down(self):
        self.execute(self.down_sql)


class _Result:
    """What execute() gives: confiture's gives nothing, and only a live database had rows."""

    def _read(self, *_):
        raise preflight.unverifiable("the file needs a live connection: it reads what execute() gives")

    __getattr__ = __bool__ = __iter__ = __len__ = __getitem__ = __enter__ = __exit__ = _read
