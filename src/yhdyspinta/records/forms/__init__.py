"""What a person fills in. Forms check shape and say what is wrong at the field; actions check rules."""

from __future__ import annotations

from yhdyspinta.records.forms.fact import FactForm
from yhdyspinta.records.forms.other import (
    AnswerForm,
    CorrectionRequestForm,
    FilterForm,
    RemarkForm,
    UploadForm,
    WithdrawForm,
)
from yhdyspinta.records.forms.proof import ProofForm
from yhdyspinta.records.forms.sections import Section, sections_at, sections_of

__all__ = [
    "AnswerForm",
    "CorrectionRequestForm",
    "FactForm",
    "FilterForm",
    "ProofForm",
    "RemarkForm",
    "Section",
    "UploadForm",
    "WithdrawForm",
    "sections_at",
    "sections_of",
]
