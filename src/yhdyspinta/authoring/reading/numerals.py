"""Numbers and bullets that are typed before a heading or an item: “2.1”, “3 §”, “§ 3”, “a)”, “IV.”, “–”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

Sort: TypeAlias = Literal["section", "decimal", "paren", "roman", "upper", "lower", "bullet", "automatic"]

_BULLETS = re.escape("-–—−•·▪■□▫●○◦‣►➢✓*\u00b7\uf0b7\uf0a7\uf02d\uf0d8\uf0fc")
_CAPITAL = r"(?=\s+[A-ZÅÄÖ])"
_PATTERNS: tuple[tuple[Sort, str], ...] = (
    ("section", rf"(?:§\s?\d{{1,3}}(?:\s?[a-z])?|\d{{1,3}}(?:\s?[a-z])?\.?\s?§)\.?{_CAPITAL}"),  # not "§ 6 (hyte)"
    ("decimal", r"\d{1,2}(?:\.\d{1,2}){1,5}\.?|\d{1,3}\."),
    ("decimal", rf"\d{{1,2}}{_CAPITAL}"),  # "2 Yleistä", but not "2 kuntaa" or "12 000"
    ("roman", rf"[IVX]{{1,6}}\.{_CAPITAL}|[IVX]{{1,6}}\)|\(?[ivx]{{1,5}}\)"),
    ("paren", r"\(?\d{1,3}\)"),
    ("upper", r"[A-ZÅÄÖ]\)"),
    ("lower", r"\(?[a-zåäö]\)|[a-zåäö]\."),
    ("bullet", rf"[{_BULLETS}]|o(?=\s+\w\w)"),
)
_NUMBERED = [(sort, re.compile(rf"(?P<number>{pattern})\s+(?P<rest>\S.*)", re.DOTALL)) for sort, pattern in _PATTERNS]
_DATE = re.compile(r"\d{1,2}\.(?:\d{1,2}\.(?:\d{4}|\s*[–-])|\s*[–-]|\s?\w+kuu(?:ta|n|ssa)\b)")  # "1. tammikuuta"
_SWEDISH_DATE = re.compile(r"\d{1,2}\.? (?:janu|febru|mars|april|maj|juni|juli|augu|septem|oktob|novem|decem)")
_LONGEST = 40  # signs
_NUMBER_ALONE = re.compile(r"§\s?\d{1,3}|\d{1,3}\s?§|\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}\.")


@dataclass(frozen=True, slots=True)
class Numbered:
    """What was typed before a text, and the text without it. ``depth`` is 2 for “2.1”."""

    number: str
    rest: str
    sort: Sort
    depth: int = 1


def taken_apart(text: str) -> Numbered | None:
    """Return the number or bullet that a text begins with, or None. “1.1.2023 alkaen” and “5 kuntaa” have none."""
    if not text or (text[0].isalpha() and text[1:2] not in {".", ")", " ", "I", "V", "X", "i", "v", "x"}):
        return None
    if _DATE.match(text) or _SWEDISH_DATE.match(text):
        return None
    for sort, pattern in _NUMBERED:
        found = pattern.fullmatch(text)
        if found:
            number = bullet(found["number"]) if sort == "bullet" else printed(found["number"])
            return Numbered(number, found["rest"], sort, depth_of(number) if sort == "decimal" else 1)
    return None


def bullet(sign: str) -> str:
    """Return a bullet as it is printed here: a dash or a dot, whatever font it was drawn from."""
    return "–" if sign and sign in "-–—−\uf02d" else "•"


def printed(number: str) -> str:
    """Return a number as paragraphs hold it: no dot at its end, one space, and of no more than its usual length."""
    return " ".join(number[:_LONGEST].split()).rstrip(".")


def depth_of(number: str) -> int:
    """Return 1 for “2”, 2 for “2.1” and so on."""
    return number.count(".") + 1


def is_number_alone(text: str) -> bool:
    """Say whether the text is nothing but a number, as where the words of a heading stand on the next line.

    A bare “3” is none: it may be the number of a page.
    """
    return bool(_NUMBER_ALONE.fullmatch(text.strip()))
