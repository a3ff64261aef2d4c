"""Hooks: they can be declared, and are not executed."""

from confiture.core.hooks.base import Hook, HookError, HookResult
from confiture.core.hooks.context import (
    ExecutionContext,
    HookContext,
    MigrationPlanContext,
    MigrationStep,
    RiskAssessment,
    RollbackContext,
    Schema,
    SchemaAnalysisContext,
    SchemaDiffContext,
    SchemaDifference,
    ValidationContext,
)
from confiture.core.hooks.phases import HookAlert, HookEvent, HookPhase

__all__ = [
    "ExecutionContext",
    "Hook",
    "HookAlert",
    "HookContext",
    "HookError",
    "HookEvent",
    "HookPhase",
    "HookResult",
    "MigrationPlanContext",
    "MigrationStep",
    "RiskAssessment",
    "RollbackContext",
    "Schema",
    "SchemaAnalysisContext",
    "SchemaDiffContext",
    "SchemaDifference",
    "ValidationContext",
]
