"""Every change of the records, one verb each. Forms check shape, these check rules and who may."""

from __future__ import annotations

from yhdyspinta.records.actions.histories import bring_in_facts, bring_in_history, discard_history, preview_history
from yhdyspinta.records.actions.recording import Proof, correct_record, record_done, withdraw_record
from yhdyspinta.records.actions.remarking import answer_request, ask_for_correction, withdraw_remark, write_remark

__all__ = [
    "Proof",
    "answer_request",
    "ask_for_correction",
    "bring_in_facts",
    "bring_in_history",
    "correct_record",
    "discard_history",
    "preview_history",
    "record_done",
    "withdraw_record",
    "withdraw_remark",
    "write_remark",
]
