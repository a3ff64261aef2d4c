"""The preconditions that a migration may declare; they are evaluated elsewhere."""

from dataclasses import dataclass, field

import preflight
from confiture.exceptions import PreconditionError, PreconditionValidationError

__all__ = ["PreconditionError", "PreconditionValidationError"]


@dataclass
class Precondition:
    def check(self, connection):
        raise preflight.unverifiable("the file needs a live connection: it checks a precondition")


@dataclass
class TableExists(Precondition):
    table: str
    schema: str = "public"


@dataclass
class TableNotExists(Precondition):
    table: str
    schema: str = "public"


@dataclass
class ColumnExists(Precondition):
    table: str
    column: str
    schema: str = "public"


@dataclass
class ColumnNotExists(Precondition):
    table: str
    column: str
    schema: str = "public"


@dataclass
class ColumnType(Precondition):
    table: str
    column: str
    expected_type: str
    schema: str = "public"


@dataclass
class ConstraintExists(Precondition):
    table: str
    constraint: str
    schema: str = "public"


@dataclass
class ConstraintNotExists(Precondition):
    table: str
    constraint: str
    schema: str = "public"


@dataclass
class ForeignKeyExists(Precondition):
    table: str
    column: str
    references_table: str
    references_column: str
    schema: str = "public"
    references_schema: str = "public"


@dataclass
class IndexExists(Precondition):
    table: str
    index: str
    schema: str = "public"


@dataclass
class IndexNotExists(Precondition):
    table: str
    index: str
    schema: str = "public"


@dataclass
class SchemaExists(Precondition):
    schema: str


@dataclass
class SchemaNotExists(Precondition):
    schema: str


@dataclass
class RowCountEquals(Precondition):
    table: str
    expected_count: int
    schema: str = "public"


@dataclass
class RowCountGreaterThan(Precondition):
    table: str
    min_count: int
    schema: str = "public"


@dataclass
class TableIsEmpty(Precondition):
    table: str
    schema: str = "public"


@dataclass
class CustomSQL(Precondition):
    sql: str
    description: str
    params: tuple = field(default_factory=tuple)


class PreconditionValidator:
    def __init__(self, connection):
        raise preflight.unverifiable("the file needs a live connection: it checks preconditions")
