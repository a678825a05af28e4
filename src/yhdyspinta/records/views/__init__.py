"""The pages of the records room: views fetch what this person may see, ask, and render."""

from __future__ import annotations

from yhdyspinta.records.views.histories import apply, bring_in, discard, preview, records_from, template
from yhdyspinta.records.views.listing import export, file, listing, show
from yhdyspinta.records.views.recording import correct, new, withdraw
from yhdyspinta.records.views.remarking import answer, ask, remark

__all__ = [
    "answer",
    "apply",
    "ask",
    "bring_in",
    "correct",
    "discard",
    "export",
    "file",
    "listing",
    "new",
    "preview",
    "records_from",
    "remark",
    "show",
    "template",
    "withdraw",
]
