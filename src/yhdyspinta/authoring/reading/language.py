"""Which language a text is of, by the small words that names of places and bodies do not have."""

from __future__ import annotations

import re
from collections import Counter

_WORDS = {
    "fi": "ja on ei se että tai sekä eli joka jotka joiden kun jos niin myös ovat olla sen tämä tämän tässä kuin "
    "mukaan kanssa välillä osalta osapuolet osapuolten sopimus sopimuksen kunta kunnan kuntien vähintään",
    "sv": "och att är som av för med det den ett inte till från ska skall eller har om vid sina samt mellan enligt när "
    "på avtal avtalet avtalets parterna parternas kommun kommunen kommunerna välfärdsområdet minst",
    "en": "the of and to in is are for that with by shall this be or not as between which from their agreement "
    "parties party municipality municipalities county under within its",
}
_COMMON = {word: language for language, words in _WORDS.items() for word in words.split()}
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """Return ``fi``, ``sv`` or ``en``. A text with no common word of any is taken for Finnish, the first language."""
    found = Counter(_COMMON[word] for word in _WORD.findall(text.casefold()) if word in _COMMON)
    return max(_WORDS, key=lambda language: found[language])
