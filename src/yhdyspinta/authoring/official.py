"""The official passages of a draft's clauses, as far as they are found in the texts that were brought in."""

from __future__ import annotations

from yhdyspinta.agreement.compose import file_name
from yhdyspinta.agreement.draft import sentence_numbers
from yhdyspinta.agreement.manuscript import Manuscript
from yhdyspinta.agreement.official import passages_in
from yhdyspinta.agreement.reader import Finding
from yhdyspinta.agreement.saying import Said
from yhdyspinta.authoring.models import Draft

Named = dict[str, tuple[str, tuple[int, ...]]]


def passages_of(draft: Draft, manuscript: Manuscript) -> dict[str, str]:
    """Return the official passage of each clause that names one which its text has. One query."""
    texts, named = _texts(draft), _named(manuscript)
    found: dict[str, str] = {}
    for annex in texts.keys() & named.keys():
        found |= passages_in(texts[annex], named[annex])
    return found


def missing_passages(draft: Draft, manuscript: Manuscript) -> list[Finding]:
    """Return a finding for each clause whose passage the text that was brought in does not have. One query."""
    texts, named = _texts(draft), _named(manuscript)
    found: list[Finding] = []
    for annex in sorted(texts.keys() & named.keys()):
        there = passages_in(texts[annex], named[annex])
        for clause, (heading, _sentences) in named[annex].items():
            if clause not in there:
                message = Said(
                    "the official text does not have what the clause names below “%(heading)s”", heading=heading
                )
                mend = Said("mend the heading or the numbers of its sentences, or leave both empty")
                key = manuscript.home_of(clause)
                found.append(Finding(file_name(key), 1, message, mend, ("sentences",), clause=clause))
    return found


def _texts(draft: Draft) -> dict[str, str]:
    return dict(draft.brought.values_list("annex", "content"))


def _named(manuscript: Manuscript) -> dict[str, Named]:
    """Return the passages that clauses name, by annex and clause."""
    named: dict[str, Named] = {}
    for section in manuscript.sections:
        if heading := section.attributes.get("official"):
            annex = manuscript.home_of(section.id).rpartition(".")[0]
            named.setdefault(annex, {})[section.id] = (heading, sentence_numbers(section.sentences))
    return named
