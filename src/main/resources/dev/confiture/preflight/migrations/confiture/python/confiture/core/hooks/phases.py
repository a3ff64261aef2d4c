"""When hooks run."""

from enum import Enum

HookPhase = Enum(
    "HookPhase",
    {
        (when + "_" + what).upper(): when + "_" + what
        for what in (
            "analyze_schema",
            "diff_schemas",
            "plan_migration",
            "dry_run",
            "execute",
            "validate",
            "rollback",
            "rebuild",
        )
        for when in ("before", "after")
    },
)

HookEvent = Enum(
    "HookEvent",
    {
        "MIGRATION_" + what: "migration_" + what.lower()
        for what in (
            "STARTED",
            "PAUSED",
            "RESUMED",
            "COMPLETED",
            "FAILED",
            "ROLLED_BACK",
            "CANCELLED",
        )
    },
)

HookAlert = Enum(
    "HookAlert",
    {
        what: what.lower()
        for what in (
            "DATA_ANOMALY_DETECTED",
            "LOCK_TIMEOUT_EXCEEDED",
            "PERFORMANCE_DEGRADED",
            "MEMORY_THRESHOLD_EXCEEDED",
            "LONG_TRANSACTION_DETECTED",
            "CONNECTION_POOL_EXHAUSTED",
        )
    },
)
