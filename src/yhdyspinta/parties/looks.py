"""What the log of looks calls a page or file, in words, for those who read the log."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yhdyspinta.journal.queries import agreements, charter_of
from yhdyspinta.parties.models import Organisation

PAGES: Mapping[str, str | Promise] = {
    "coordinate": _("Those proposed for a group"),
    "counterparts": _("All counterparts"),
    "invite": _("Inviting a person"),
    "merge": _("Merging two records of one person"),
    "name": _("Naming for themes"),
    "name-member": _("Naming a member of a body"),
    "people": _("People of a party"),
    "people-table": _("A table of people that was brought"),
    "person": _("One person's details"),
    "representative": _("One person's memberships"),
    "representatives": _("Members of bodies"),
    "roster": _("Members of a body"),
    "theme": _("Counterparts in a theme"),
}
"""Every page that notes a look; a test looks for them in the rooms' code."""

_FILES = {"csv": "CSV", "vcf": "vCard", "xlsx": "XLSX"}


def in_words(what: str, organisation: Organisation | None, themes: Mapping[str, str]) -> str:
    """Return what was looked at, of which theme or whose people, and as what file; an older release's code as it is.

    ``what`` is as ``note_look`` has it (``theme:hyte``, ``people.csv:luhanka``); ``themes`` from ``names_of_themes``.
    """
    code, _colon, of = what.partition(":")
    page, _dot, file = code.partition(".")
    if page not in PAGES:
        return what
    words = str(PAGES[page])
    if page == "theme":
        of, _dot, file = of.partition(".")
        words += f": {themes.get(of, of)}"
    elif organisation is not None:
        words += f": {organisation.called()}"
    return f"{words} ({_FILES.get(file, file)})" if file else words


def codes_of_words(search: str, themes: Mapping[str, str]) -> list[str]:
    """Return with what the codes begin whose page or theme has the words in its name: ``people``, ``theme:hyte``."""
    sought = search.casefold()
    pages = [page for page, name in PAGES.items() if sought in str(name).casefold()]
    return pages + [f"theme:{theme}" for theme, name in themes.items() if sought in name.casefold()]


def names_of_themes() -> dict[str, str]:
    """Return what the themes of all agreements are called, by id. One query, one more for each agreement."""
    found: dict[str, list[str]] = {}
    for agreement in agreements():
        for theme, said in charter_of(agreement).themes.items():
            found.setdefault(theme, []).append(said.name.get(get_language() or ""))
    return {theme: " / ".join(dict.fromkeys(names)) for theme, names in found.items()}
