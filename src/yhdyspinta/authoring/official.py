"""The official passages of a draft's clauses, as far as they are found in the texts that were brought in."""

from __future__ import annotations

from yhdyspinta.agreement.manuscript import Manuscript
from yhdyspinta.agreement.manuscript.writing import numbers_of
from yhdyspinta.agreement.official import passages_in
from yhdyspinta.authoring.models import Draft


def passages_of(draft: Draft, manuscript: Manuscript) -> dict[str, str]:
    """Return the official passage of each clause that names one which its text has. One query."""
    texts = dict(draft.brought.values_list("annex", "content"))
    named: dict[str, dict[str, tuple[str, tuple[int, ...]]]] = {}
    for section in manuscript.sections if texts else ():
        if heading := section.attributes.get("official"):
            annex = manuscript.home_of(section.id).rpartition(".")[0]
            named.setdefault(annex, {})[section.id] = (heading, tuple(numbers_of(section.sentences)))
    found: dict[str, str] = {}
    for annex, wanted in named.items():
        found |= passages_in(texts[annex], wanted) if annex in texts else {}
    return found
