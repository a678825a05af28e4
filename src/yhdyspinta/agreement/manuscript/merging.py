"""What somebody changed, done again on a text that others have changed meanwhile; nothing is written over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from yhdyspinta.agreement.manuscript.sections import File, Manuscript


class Clash(Exception):
    """Two people changed the same piece; ``pieces`` names each as (file, section)."""

    def __init__(self, pieces: list[tuple[str, str]]) -> None:
        """Keep what both changed, in the order of the text."""
        self.pieces = pieces
        super().__init__(", ".join("/".join(piece) for piece in pieces))


def replayed(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """Return ``theirs`` with the changes that lead from ``base`` to ``mine``: section by section, in each file.

    Taking a change back is this too, with the text after it as ``base`` and the one before it as ``mine``.

    Raises:
        Clash: what was changed, moved or taken away between base and mine is otherwise in theirs as well.

    """
    found: dict[str, str] = {}
    clashes: list[tuple[str, str]] = []
    for key in dict.fromkeys((*theirs, *mine)):
        old, ours, other = base.get(key), mine.get(key), theirs.get(key)
        if ours == old:
            merged = other
        elif other in (old, ours):
            merged = ours
        elif None in (old, ours, other):
            clashes.append((key, ""))
            continue
        else:
            merged = _merged(key, str(old), str(ours), str(other), clashes)
        if merged is not None:
            found[key] = merged
    if clashes:
        raise Clash(clashes)
    return found


def _merged(key: str, base: str, mine: str, theirs: str, clashes: list[tuple[str, str]]) -> str:
    old, ours, other = (_pieces(key, text) for text in (base, mine, theirs))
    changed = [id for id in dict.fromkeys((*old, *ours, *other)) if ours.get(id) != old.get(id)]
    clashes += [(key, id) for id in changed if other.get(id) not in (old.get(id), ours.get(id))]
    order = _order(list(old), list(ours), list(other))
    if order is None:
        clashes.append((key, ""))
        return theirs
    pieces = {id: ours.get(id) if ours.get(id) != old.get(id) else other.get(id) for id in order}
    return "".join(piece for piece in pieces.values() if piece is not None)


def _order(base: list[str], mine: list[str], theirs: list[str]) -> list[str] | None:
    """Return the order of all pieces: of whoever moved some, with the other's new ones below their neighbours."""
    if _moved(base, mine) and _moved(base, theirs):
        return None
    lead, follow = (mine, theirs) if _moved(base, mine) else (theirs, mine)
    below: dict[str | None, list[str]] = {}
    there, before = set(lead), None
    for id in follow:
        if id in there:
            before = id
        else:
            below.setdefault(before, []).append(id)
    order = below.get(None, [])
    for id in lead:
        order += [id, *below.get(id, ())]
    return order


def _moved(base: list[str], now: list[str]) -> bool:
    """Tell whether pieces that were there before stand in another order."""
    before, after = set(base), set(now)
    return [id for id in now if id in before] != [id for id in base if id in after]


def _pieces(key: str, text: str) -> dict[str, str]:
    """Return the sections of a file by id, the front matter under an empty one; a double id counts its place."""
    file: File = Manuscript.read({key: text}).files[key]
    pieces = {"": file.preamble}
    seen: Counter[str] = Counter()
    for section in file.sections:
        name = section.id or section.title
        while name in pieces:
            seen[section.id] += 1
            name = f"{section.id or section.title}+{seen[section.id]}"
        pieces[name] = section.source
    return pieces
