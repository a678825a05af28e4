"""How the names of public bodies are inflected where the language leaves no choice, and how they are put in order."""

from __future__ import annotations

from collections.abc import Mapping

# Swedish names that end so take no s in the genitive; an apostrophe is not used in names.
_HISSING = ("s", "x", "z")
_FINNISH_ENDINGS = {
    "hyvinvointialue": ("hyvinvointialueen", "hyvinvointialueella"),
    "liitto": ("liiton", "liitossa"),
    "hallitus": ("hallituksen", "hallituksessa"),
}
_ALPHABET = str.maketrans({"å": "{", "ä": "|", "ö": "}", "æ": "|", "ø": "}", "-": " ", "w": "v"})


def alphabetical(name: str) -> tuple[str, str]:
    """Return the key of the Finnish and Swedish alphabet: å, ä and ö last, a hyphen as a space, w among the v's."""
    return name.casefold().translate(_ALPHABET), name


def swedish_genitive(name: str) -> str:
    """Return the Swedish genitive of a name: "Jyväskyläs", but "Laukas" and "Kontiolax" as they are."""
    return name if name.endswith(_HISSING) else f"{name}s"


def municipality_genitive(finnish: str, swedish: str, english: str) -> dict[str, str]:
    """Return a municipality's genitive in three languages; the Finnish one is known and not derived."""
    return {"fi": finnish, "sv": swedish_genitive(swedish), "en": f"{english}'s"}


def authority_genitive(name: Mapping[str, str]) -> dict[str, str]:
    """Return the genitive of a county's, regional council's or government's name."""
    return {
        "fi": _finnish(name["fi"], 0),
        "sv": swedish_genitive(name["sv"]),
        "en": f"the {name['en']}'s",
    }


def authority_local(name: Mapping[str, str], *, area: bool) -> dict[str, str]:
    """Return where something is: in an area, or at an organisation that is none."""
    return {
        "fi": _finnish(name["fi"], 1),
        "sv": f"{'i' if area else 'vid'} {name['sv']}",
        "en": f"{'in' if area else 'at'} the {name['en']}",
    }


def _finnish(name: str, form: int) -> str:
    for ending, inflected in _FINNISH_ENDINGS.items():
        if name.endswith(ending):
            return name.removesuffix(ending) + inflected[form]
    raise ValueError(f"no inflection for `{name}`")
