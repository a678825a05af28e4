"""What the records room stores: records and their facts, remarks, and histories brought in."""

from __future__ import annotations

from yhdyspinta.records.models.history import BroughtIn, BroughtInLine
from yhdyspinta.records.models.record import Record, RecordedFact
from yhdyspinta.records.models.remark import Remark

__all__ = ["BroughtIn", "BroughtInLine", "Record", "RecordedFact", "Remark"]
