"""From a draft in which nothing is left to mend to the charter (DESIGN §2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from markdown_it.token import Token

from yhdyspinta.agreement.blocks import Body, Theme
from yhdyspinta.agreement.charter import Annex, Charter, Clause, Part, Passage
from yhdyspinta.agreement.draft import BLOCKS, Draft, Placed, sentence_numbers
from yhdyspinta.agreement.reader import RawHeading, render
from yhdyspinta.agreement.words import Words


def charter_of(draft: Draft, digest: str) -> Charter:
    """Build the charter of a draft in which nothing is left to mend; ``digest`` names its texts."""
    front = draft.front
    groups = {level.number for level in front.levels if level.groups}
    bodies = {body.id: body.grouped(group=body.level in groups) for body in (p.block for p in draft.of("body"))}
    for theme in (placed.block for placed in draft.of("theme")):
        if theme.group:
            bodies[theme.id] = _group_of(theme).grouped(group=theme.group.level in groups, theme=theme.id)
    return Charter(
        front=front,
        languages=draft.languages,
        digest=digest,
        parts=tuple(_parts(draft)),
        parties=_by_id(draft, "parties"),
        bodies=bodies,
        themes=_by_id(draft, "theme"),
        terms=_by_id(draft, "terms"),
        duties={placed.block.id: placed.block for placed in draft.of("duty", "right")},
        rules=_by_id(draft, "rule"),
        goals=_by_id(draft, "goal"),
        laws=_by_id(draft, "law"),
        readings=_by_id(draft, "reading"),
        written={placed.block.id: placed.raw.data for placed in draft.of("duty")},
        annexes={
            text.annex: Annex(text.annex, text.front.title, text.front.instrument)
            for text in draft.annexes
            if text.front
        },
    )


def _by_id(draft: Draft, kind: str) -> dict[str, Any]:
    return {placed.block.id: placed.block for placed in draft.of(kind)}


def _group_of(theme: Theme) -> Body:
    """Return the body that a theme's group is; its id is the theme's."""
    assert theme.group
    group = Body(
        id=theme.id,
        level=theme.group.level,
        name=theme.group.name,
        has=theme.group.has,
        roles=theme.group.roles,
        **{"convened-by": theme.group.convened_by, "unspecified": theme.group.unspecified},
    )
    return group.placed(theme.clause)


def _parts(draft: Draft) -> Iterator[Part]:
    """Yield the document: parts with their clauses, in every language; those of annexes follow the agreement's."""
    anchors = _anchors(draft)
    under: dict[str, list[Placed]] = defaultdict(list)
    for placed in draft.of(*BLOCKS):
        under[placed.heading.id].append(placed)
    for text in draft.texts:
        headings = {language: {heading.id: heading for heading in raw.headings} for language, raw in text.files.items()}
        for heading, below in _grouped(text.authority.headings):
            clauses = (
                _clause(
                    each,
                    under[each.id],
                    part=heading.id,
                    title=_titles(each.id, headings),
                    prose=_prose(each.id, headings, anchors),
                )
                for each in below
            )
            prose = _prose(heading.id, headings, anchors)
            yield Part(heading.id, _titles(heading.id, headings), prose, tuple(clauses), text.annex)


def _grouped(headings: list[RawHeading]) -> list[tuple[RawHeading, list[RawHeading]]]:
    """Return each part's heading with those of its clauses; a text that begins with a clause has it for its part."""
    parts: list[tuple[RawHeading, list[RawHeading]]] = []
    for heading in headings:
        if heading.depth == 1:
            parts.append((heading, []))
        elif not parts:
            parts.append((heading, [heading]))
        else:
            parts[-1][1].append(heading)
    return parts


def _clause(heading: RawHeading, under: list[Placed], *, part: str, title: Words, prose: Mapping[str, str]) -> Clause:
    def ids(*kinds: str) -> tuple[str, ...]:
        return tuple(placed.block.id for placed in under if placed.raw.kind in kinds)

    official = heading.attributes.get("official")
    passage = Passage(official, sentence_numbers(heading.attributes.get("sentences", ""))) if official else None
    return Clause(
        id=heading.id,
        ref=heading.attributes.get("ref", ""),
        title=title,
        kind=heading.kind or "principle",
        part=part,
        official=passage,
        prose=prose,
        duties=ids("duty", "right"),
        rules=ids("rule"),
        goals=ids("goal"),
        laws=ids("law"),
        readings=ids("reading"),
        bodies=ids("body"),
        themes=ids("theme"),
        depth=heading.depth,
    )


def _titles(id: str, prose: dict[str, dict[str, RawHeading]]) -> Words:
    return Words({language: headings[id].title for language, headings in prose.items()})


def _prose(id: str, prose: dict[str, dict[str, RawHeading]], anchors: dict[str, str]) -> dict[str, str]:
    return {language: render(_anchored(headings[id].prose, anchors)) for language, headings in prose.items()}


def _anchors(draft: Draft) -> dict[str, str]:
    """Return the kind of block that each id of a linkable block names."""
    linkable = ("duty", "right", "rule", "goal", "law", "reading")
    kinds = {placed.block.id: kind for kind in linkable for placed in draft.of(kind)}
    return {id: "duty" if kind == "right" else kind for id, kind in kinds.items()}


def _anchored(tokens: list[Token], anchors: dict[str, str]) -> list[Token]:
    """Point links in the prose to where a page shows the duty or rule; sentences that bind are marked."""
    return [
        token.copy(children=[_pointed(child, anchors) for child in token.children]) if token.children else token
        for token in tokens
    ]


def _pointed(token: Token, anchors: dict[str, str]) -> Token:
    target = str(token.attrGet("href") or "").removeprefix("#") if token.type == "link_open" else ""
    kind = anchors.get(target)
    if not kind:
        return token
    binding = {"class": "binding", f"data-{kind}": target} if kind in {"duty", "rule"} else {}
    return token.copy(attrs={**token.attrs, "href": f"#{kind}-{target}", **binding})
