"""Words in several languages, and the ids that name things."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Field, RootModel, StringConstraints

LANGUAGES = ("fi", "sv", "en")

Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text: TypeAlias = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


def _as_list(written: Any) -> Any:
    return [written] if isinstance(written, str) else written


Ids: TypeAlias = Annotated[tuple[Id, ...], BeforeValidator(_as_list, json_schema_input_type=Id | tuple[Id, ...])]
"""One id or several; one needs no brackets."""


class Words(RootModel[dict[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")], Text]]):
    """The same words in the agreement's languages, by language code."""

    model_config = ConfigDict(frozen=True)
    root: Annotated[dict[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")], Text], Field(min_length=1)]

    def get(self, language: str) -> str:
        """Return the words in a language, or in the first language they are given in."""
        return self.root.get(language) or next(iter(self.root.values()))

    @property
    def fi(self) -> str:
        """The words in Finnish."""
        return self.get("fi")

    @property
    def sv(self) -> str:
        """The words in Swedish."""
        return self.get("sv")

    @property
    def en(self) -> str:
        """The words in English."""
        return self.get("en")

    def languages(self) -> set[str]:
        """Return the codes of the languages the words are given in."""
        return set(self.root)

    def __str__(self) -> str:
        """Return the words in their first language."""
        return self.get("")
