"""The part of a draft that hangs together already: what a preview can show while something is left to mend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from yhdyspinta.agreement.charter import Charter
from yhdyspinta.agreement.compose import check_sources, parse_agreement
from yhdyspinta.agreement.manuscript.blocks import remove_block, set_front, unlinked, without_unread
from yhdyspinta.agreement.manuscript.sections import Manuscript

_ROUNDS = 12


def sound_part(sources: Mapping[str, str], *, today: dt.date) -> tuple[Charter | None, list[tuple[str, str]]]:
    """Return what can be read of a draft, and what was left out as (kind, id); None where too little can be read.

    Blocks with something to mend are left out, and then what named them, and links that lead nowhere; a translation
    that does not follow is left out whole. Where the first day or the levels are not said yet, today and a single
    level stand in: kind `front`.
    """
    manuscript = Manuscript.read(sources)
    left_out: list[tuple[str, str]] = []
    for _round in range(_ROUNDS):
        findings = check_sources(manuscript.sources)
        if not findings:
            return parse_agreement(manuscript.sources), left_out
        wrong = dict.fromkeys(each.block for each in findings if each.block and each.block[0] != "front matter")
        before = manuscript
        for kind, id in wrong:
            if id in manuscript.things(kind):
                manuscript = remove_block(manuscript, kind, id)
                left_out.append((kind, id))
        for kind, clause in dict.fromkeys((each.block[0], each.clause) for each in findings if each.block):
            shorter = without_unread(manuscript, clause) if clause else manuscript
            if shorter is not manuscript:
                manuscript = shorter
                left_out.append((kind, clause))
        for target in dict.fromkeys(each.where[1] for each in findings if each.where[:1] == ("link",)):
            manuscript = unlinked(manuscript, str(target))
            left_out.append(("link", str(target)))
        if manuscript is before:
            manuscript = (
                _filled_in(manuscript, left_out, today) or _without_translations(manuscript, left_out) or before
            )
        if manuscript is before:
            break
    return None, left_out


def _filled_in(manuscript: Manuscript, left_out: list[tuple[str, str]], today: dt.date) -> Manuscript | None:
    """Let today and one level stand in for what the front matter does not say."""
    words = dict.fromkeys(manuscript.languages, "–")
    wanted = {
        "title": words,
        "short-title": words,
        "instrument": words,
        "from": today,
        "levels": [{"number": 1, "name": words}],
    }
    missing = {key: value for key, value in wanted.items() if not manuscript.front.get(key)}
    if not missing:
        return None
    left_out += [("front", key) for key in missing]
    return set_front(manuscript, missing)


def _without_translations(manuscript: Manuscript, left_out: list[tuple[str, str]]) -> Manuscript | None:
    own = manuscript.authority
    kept = {key: file for key, file in manuscript.files.items() if key.rpartition(".")[2] == own}
    if len(kept) == len(manuscript.files):
        return None
    left_out += [("language", key) for key in manuscript.files if key not in kept]
    return Manuscript(kept)
