"""Work in batches, which goes by what the tables hold."""

from dataclasses import dataclass, field
from typing import Any, List

import preflight


@dataclass
class BatchConfig:
    batch_size: int = 10000
    sleep_between_batches: float = 0.1
    max_retries: int = 3
    progress_callback: Any = None
    checkpoint_callback: Any = None


@dataclass
class BatchProgress:
    total_rows: int
    processed_rows: int = 0
    current_batch: int = 0
    total_batches: int = 0
    elapsed_seconds: float = 0.0
    errors: List[str] = field(default_factory=list)


class BatchedMigration:
    def __init__(self, *_, **__):
        raise preflight.unverifiable("the file needs a live connection: it works in batches")


class OnlineIndexBuilder(BatchedMigration):
    pass


class TableSizeEstimator(BatchedMigration):
    pass
