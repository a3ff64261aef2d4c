"""What hooks name in their annotations."""

from typing import Generic, TypeVar

T = TypeVar("T")


class HookContext(Generic[T]):
    pass


class ExecutionContext:
    pass


class MigrationPlanContext:
    pass


class MigrationStep:
    pass


class RiskAssessment:
    pass


class RollbackContext:
    pass


class Schema:
    pass


class SchemaAnalysisContext:
    pass


class SchemaDiffContext:
    pass


class SchemaDifference:
    pass


class ValidationContext:
    pass
