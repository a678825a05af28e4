"""Every change of drafts. A draft belongs to no agreement yet: what is written on it is kept as versions of its own,
and only its beginning, its end and who was let in are entries of the journal.
"""

from __future__ import annotations

from yhdyspinta.authoring.actions.beginning import begin_draft, begin_from_document, discard_draft, rename_draft
from yhdyspinta.authoring.actions.bringing import add_annex, bring_back, files_of
from yhdyspinta.authoring.actions.deciding import confirm_proposals, reconsider, refuse_proposals
from yhdyspinta.authoring.actions.editing import Sealed, edit_draft, take_back
from yhdyspinta.authoring.actions.loading import load_draft, refuse_other
from yhdyspinta.authoring.actions.sharing import let_in, let_out

__all__ = [
    "Sealed",
    "add_annex",
    "begin_draft",
    "begin_from_document",
    "bring_back",
    "confirm_proposals",
    "discard_draft",
    "edit_draft",
    "files_of",
    "let_in",
    "let_out",
    "load_draft",
    "reconsider",
    "refuse_other",
    "refuse_proposals",
    "rename_draft",
    "take_back",
]
