"""How wide words are in a picture, so that labels can be broken and kept apart without a browser."""

from __future__ import annotations

_NARROW = frozenset("iljtfrI.,:;'|!()[] ·-")
_WIDE = frozenset("mwMWÅÄÖOQGD%@—–&")
# Parts of an em in Inter, rounded up: a label may be narrower than counted, never wider.
_LEAST = 4
_EM_NARROW, _EM_USUAL, _EM_WIDE, _EM_CAPITAL = 0.36, 0.61, 0.92, 0.72


_VOWELS = frozenset("aeiouyåäö")
# Shorter words are left whole; of longer ones at least so many letters stay on either side of a break.
_LONG_WORD, _SIDE = 14, 4
SOFT_HYPHEN = "\u00ad"


def breakable(text: str) -> str:
    """Return Finnish text whose long words may be broken between syllables, for narrow columns.

    A syllable begins at a consonant that a vowel follows: ``yh-dys-pin-ta-koor-di-naat-to-ri``. Browsers, which have no
    word list for Finnish, break a word anywhere or not at all. A word with a hyphen of its own may break there.
    """
    return " ".join("-".join(map(_softened, word.split("-"))) for word in text.split(" "))


def _softened(word: str) -> str:
    if len(word) <= _LONG_WORD:
        return word
    letters = [word[0]]
    for number in range(1, len(word)):
        letter, after = word[number].lower(), word[number + 1 : number + 2].lower()
        begins = letter.isalpha() and letter not in _VOWELS and after in _VOWELS and after
        if begins and _SIDE <= number <= len(word) - _SIDE:
            letters.append(SOFT_HYPHEN)
        letters.append(word[number])
    return "".join(letters)


def width_of(text: str, size: float) -> float:
    """Return how many units a line of text takes at a font size, a little more rather than less."""
    ems = 0.0
    for letter in text:
        if letter in _NARROW:
            ems += _EM_NARROW
        elif letter in _WIDE:
            ems += _EM_WIDE
        elif letter.isupper():
            ems += _EM_CAPITAL
        else:
            ems += _EM_USUAL
    return ems * size


def lines_of(text: str, width: float, size: float, *, most: int) -> tuple[str, ...]:
    """Break text into at most ``most`` lines of a width; what does not fit ends in an ellipsis.

    A word longer than a line is broken after its own hyphen where it has one, otherwise with a new hyphen.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, width, size):
        # A piece that continues a hyphenated word follows without a space.
        space = "" if not line or (line.endswith("-") and piece.startswith("\u2060")) else " "
        joined = (line + space + piece).replace("\u2060", "")
        if line and width_of(joined, size) > width:
            lines.append(line)
            line = piece.replace("\u2060", "")
        else:
            line = joined
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], _shortened(lines[most - 1], width, size)]
    return tuple(lines)


def _pieces(text: str, width: float, size: float) -> list[str]:
    """Split text into words, and words too long for a line into hyphenated parts.

    Parts after the first begin with a word joiner, which tells ``lines_of`` to add no space before them.
    """
    pieces: list[str] = []
    for word in text.split():
        mark = ""
        rest = word
        while width_of(rest, size) > width and len(rest) > 4:
            cut = _cut(rest, width, size)
            pieces.append(mark + rest[:cut] + ("" if rest[cut - 1] == "-" else "-"))
            rest, mark = rest[cut:], "\u2060"
        pieces.append(mark + rest)
    return pieces


def _cut(word: str, width: float, size: float) -> int:
    """Return after how many letters to break a word: at its own hyphen if one fits, else where the line is full."""
    fitting = 1
    while fitting < len(word) - 1 and width_of(word[: fitting + 1] + "-", size) <= width:
        fitting += 1
    hyphen = word.rfind("-", 0, fitting)
    # No line begins with the last letter or two of a word.
    return hyphen + 1 if hyphen > 0 else max(min(fitting, len(word) - _LEAST), 2)


def _shortened(line: str, width: float, size: float) -> str:
    while line and width_of(line + "…", size) > width:
        line = line[:-1]
    return line.rstrip(" -,·") + "…"
