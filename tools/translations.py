"""The translations of the user interface: collect, compile, check. Needs no gettext.

    python tools/translations.py collect   # bring web/locale/*/LC_MESSAGES/django.po up to date with the sources
    python tools/translations.py compile   # make the .mo files that the application reads
    python tools/translations.py check     # say what is missing; exit 1 when anything is

The messages in the sources are English; Finnish and Swedish must be whole.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "yhdyspinta"
LOCALES = SOURCES / "web" / "locale"
LANGUAGES = ("fi", "sv")
KEYWORDS = DEFAULT_KEYWORDS | {
    "Said": None,
    "said_in": ((1, "c"), 2),
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Key = tuple[str | None, str | tuple[str, ...] | list[str]]  # context and message, or its singular and plural
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalog_path(language: str) -> Path:
    """Return the file that holds a language's translations."""
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def messages() -> Catalog:
    """Return every message of the code and the templates, without translations."""
    if not settings.configured:
        settings.configure()
    found = Catalog(domain="django")
    for path in sorted(SOURCES.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or {"vendor", "migrations"} & set(path.parts):
            continue
        for context, identity, comments in _messages_in(path):
            found.add(
                identity,
                context=context,
                locations=[(str(path.relative_to(ROOT)), 0)],
                auto_comments=comments,
            )
    return found


def _messages_in(path: Path) -> Iterator[tuple[str | None, str | tuple[str, ...], list[str]]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # A template becomes calls among X's; in brackets its indentation means nothing to the tokenizer
        source = f"({templatize(source)})"
    for _line, identity, comments, context in extract(
        "python",
        io.BytesIO(source.encode()),
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    ):
        if identity:
            yield context, identity, comments


def read(language: str) -> Catalog:
    """Return a language's translations as they stand; an empty catalogue when there is no file yet."""
    path = catalog_path(language)
    if not path.exists():
        return Catalog(locale=language, domain="django")
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def write(catalog: Catalog, language: str) -> None:
    """Write a language's translations, sorted, without line numbers or dates: only what changed shows in a diff."""
    path = catalog_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalog, omit_header=True, sort_output=True, include_lineno=False, ignore_obsolete=True, width=0)
    forms = f"nplurals={catalog.num_plurals}; plural={catalog.plural_expr};"
    head = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Language: {language}\\n"\n"Plural-Forms: {forms}\\n"\n\n'
    )
    path.write_bytes(head.encode() + buffer.getvalue())


def collect() -> list[str]:
    """Bring every catalogue up to date: new messages are added untranslated, those that are gone leave."""
    template = messages()
    for language in LANGUAGES:
        catalog = read(language)
        catalog.update(template, no_fuzzy_matching=True)
        write(catalog, language)
    return []


def compile_all() -> list[str]:
    """Make the files that the application reads."""
    for language in LANGUAGES:
        if catalog_path(language).exists():
            with catalog_path(language).with_suffix(".mo").open("wb") as file:
                write_mo(file, read(language))
    return []


def check() -> list[str]:
    """Return what is missing, a line each."""
    wanted = {(message.context, message.id): message for message in messages() if message.id}
    hidden = [finding for path in sorted(SOURCES.rglob("*.py")) for finding in _hidden_in(path)]
    return [*hidden, *(finding for language in LANGUAGES for finding in _gaps(read(language), wanted, language))]


def _hidden_in(path: Path) -> Iterator[str]:
    """Yield the messages inside f-strings: before Python 3.12 the tokenizer, and so the collecting, misses them."""
    source = path.read_text(encoding="utf-8")
    strings = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr))
    inside = {call for string in strings for call in ast.walk(string) if isinstance(call, ast.Call)}
    for call in sorted(inside, key=lambda call: (call.lineno, call.col_offset)):
        name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
        if name in KEYWORDS and call.args and isinstance(call.args[0], ast.Constant):
            where = f"{path.relative_to(ROOT)}:{call.lineno}"
            yield f"inside an f-string, where it is not collected: {call.args[0].value!r} ({where})"


def _gaps(catalog: Catalog, wanted: dict[Key, Message], language: str) -> Iterator[str]:
    present = {(message.context, message.id): message for message in catalog if message.id}
    for key, message in wanted.items():
        found = present.get(key)
        texts = _texts(found.string) if found else []
        where = message.locations[0][0] if message.locations else ""
        if found is None or not texts or not all(texts):
            yield f"{language}: not translated: {message.id!r} ({where})"
        elif found.fuzzy:
            yield f"{language}: marked fuzzy: {message.id!r} ({where})"
        elif not all(_fits(text, message) for text in texts):
            yield f"{language}: other placeholders than the message: {message.id!r} ({where})"
    for key in present.keys() - wanted.keys():
        yield f"{language}: no longer used: {key[1]!r} (make messages)"


def _texts(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [string] if isinstance(string, str) else list(string or ())


def _fits(text: str, message: Message) -> bool:
    """A translation has the message's placeholders; a plural's singular may leave the number out."""
    allowed = [set(_PLACEHOLDER.findall(identity)) for identity in _texts(message.id)]
    return set(_PLACEHOLDER.findall(text)) in allowed


def main() -> int:
    """Do what the first argument says; print findings to standard error."""
    doing = {"collect": collect, "compile": compile_all, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in doing:
        sys.stderr.write(__doc__ or "")
        return 2
    findings = doing[sys.argv[1]]()
    sys.stderr.writelines(f"{finding}\n" for finding in findings)
    return 1 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
