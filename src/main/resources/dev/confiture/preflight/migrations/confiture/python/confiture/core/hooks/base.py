"""What a hook is built from."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Dict, Generic, Optional, TypeVar

T = TypeVar("T")


class HookError(Exception):
    def __init__(self, message, hook_id=None, hook_name=None, phase=None, cause=None):
        super().__init__(message)
        self.hook_id = hook_id
        self.hook_name = hook_name
        self.phase = phase
        self.cause = cause


@dataclass
class HookResult:
    success: bool
    rows_affected: int = 0
    stats: Optional[Dict[str, Any]] = None
    error: Optional[str] = None


class Hook(ABC, Generic[T]):
    def __init__(self, hook_id, name, priority=5, depends_on=None):
        self.id = hook_id
        self.name = name
        self.priority = priority
        self.depends_on = depends_on or []

    @abstractmethod
    async def execute(self, context):
        """Never called in a rehearsal."""
