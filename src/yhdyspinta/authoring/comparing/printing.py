"""A comparison on paper: as DOCX at once, as PDF by a task."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import get_language, gettext, pgettext

from yhdyspinta.agreement.compare import compare
from yhdyspinta.agreement.days import today
from yhdyspinta.authoring.comparing.sources import charter_by_key, comparable, day_of
from yhdyspinta.authoring.comparing.words import ClauseTold, DutyTold, PartyTold, Said, Told, tell
from yhdyspinta.journal.wording import day, listed
from yhdyspinta.papers.actions import keep_file
from yhdyspinta.parties.models import Account
from yhdyspinta.printing.docx import Run, WordDocument
from yhdyspinta.printing.head import Head
from yhdyspinta.printing.pdf import make_pdf
from yhdyspinta.tasks.doing import Steps

TEMPLATE = Path(__file__).parents[1] / "documents" / "comparison.typ"
_STEPS = 3


def print_comparison(
    progress: Steps, *, before: str, after: str, party: str, account: int | None = None
) -> dict[str, Any]:
    """Make the comparison of two texts as PDF and keep it; the work of a task.

    Raises:
        ValidationError: one of the texts is not there, or no longer for this account.

    """
    user = None if account is None else Account.objects.filter(pk=account).first()
    language = get_language() or "fi"
    labels = dict(comparable(user))
    first, second = charter_by_key(user, before), charter_by_key(user, after)
    if first is None or second is None or before not in labels or after not in labels:
        raise ValidationError(gettext("One of the texts is no longer there."))
    progress.step(1, _STEPS)
    found = compare(first, second, day_of(after))
    told = tell(found, language, before=labels[before], after=labels[after], party=party)
    progress.step(2, _STEPS)
    content = to_pdf(told, language=language, made=today())
    file = keep_file(ContentFile(content, name=file_name(today(), "pdf")))
    progress.step(_STEPS, _STEPS)
    return {"file": file.pk}


def file_name(day: dt.date, ending: str) -> str:
    """Return what a comparison's file is called."""
    name = gettext("comparison")
    return f"{name}-{day.isoformat()}.{ending}"


def title_of(told: Told) -> str:
    """Return what the document is called: what changes, and for whom where one party was asked about."""
    if told.party:
        return gettext("What changes for this party: %(party)s") % {"party": told.party}
    return gettext("What changes")


def to_pdf(told: Told, *, language: str, made: dt.date) -> bytes:
    """Return the comparison as PDF/A-3a, accessible. For tasks and commands: see ``printing.pdf``."""
    data = {"told": asdict(told), "words": _words(), "unchanged": _unchanged(told)}
    return make_pdf(TEMPLATE, data, title=title_of(told), language=language, made=made, head=_head(told, made))


def to_docx(told: Told, *, language: str, made: dt.date) -> bytes:
    """Return the comparison as a Word file."""
    words = _words()
    paper = WordDocument(title_of(told), language=language, made=made, head=_head(told, made))
    paper.table(
        [pgettext("comparison", "Before"), pgettext("comparison", "After")],
        [[told.before, told.after], *([f"{s.label}: {s.before}", f"{s.label}: {s.after}"] for s in told.about)],
    )
    if told.nothing:
        paper.paragraph(words["nothing"])
    else:
        _changes(paper, told, words)
    return paper.save()


def _changes(paper: WordDocument, told: Told, words: dict[str, str]) -> None:
    for count in told.counts:
        paper.item(count.words)
    paper.heading(words["parties"], 1)
    for party in told.parties:
        _party(paper, party, words)
    if told.members or told.bodies:
        paper.heading(words["about"], 1)
        for word, name in (*told.members, *told.bodies):
            paper.item(f"{word}: {name}")
    if told.duties:
        paper.heading(words["duties"], 1)
        _duties(paper, told.duties)
    paper.heading(words["clauses"], 1)
    paper.paragraph(words["legend"])
    for clause in told.clauses:
        if clause.change != "same":
            _clause(paper, clause)
    if said := _unchanged(told):
        paper.paragraph(said)


def _party(paper: WordDocument, party: PartyTold, words: dict[str, str]) -> None:
    paper.heading(party.names, 2)
    for said in (party.status, words["nothing-for-you"] if party.nothing else ""):
        if said:
            paper.paragraph(said)
    _duties(paper, party.duties)
    if party.rest:
        paper.paragraph(party.rest)


def _duties(paper: WordDocument, duties: tuple[DutyTold, ...]) -> None:
    if duties:
        head = [pgettext("comparison", "Change"), gettext("Commitment"), gettext("What it says")]
        paper.table(head, [[_change(duty), _name(duty), _facts(duty.said)] for duty in duties])


def _change(duty: DutyTold) -> str:
    return f"{duty.word}, {duty.day}" if duty.day else duty.word


def _name(duty: DutyTold) -> str:
    return f"{duty.name} ({', '.join(filter(None, (duty.kind.lower(), duty.clause)))})"


def _facts(said: tuple[Said, ...]) -> list[Run]:
    """Return what a duty says as one redline: "Who: old new; When: …"."""
    runs: list[Run] = []
    for at, each in enumerate(said):
        end = ";" if at + 1 < len(said) else ""
        runs.append(("same", f"{each.label}:"))
        if each.before and each.after:
            runs += [("gone", each.before), ("added", f"{each.after}{end}")]
        else:
            runs.append(("same", f"{each.before or each.after}{end}"))
    return runs


def _clause(paper: WordDocument, clause: ClauseTold) -> None:
    number: list[Run] = [("same", clause.number)] if clause.number else []
    paper.heading([*number, *clause.title], 2)
    paper.paragraph(". ".join((clause.word, *clause.notes)) + ".")
    for line in clause.lines:
        write = paper.item if line.kind == "item" else paper.paragraph
        # A clause that is new or left out whole is easier to read without marks; the word above says which it is.
        write(line.runs if clause.change == "changed" else [("same", words) for _, words in line.runs])


def _unchanged(told: Told) -> str:
    """Return which clauses stay as they are: in print they are not repeated."""
    names = [
        clause.number or " ".join(words for _, words in clause.title)
        for clause in told.clauses
        if clause.change == "same"
    ]
    if told.nothing or not names:
        return ""
    return gettext("These clauses stay the same: %(clauses)s.") % {"clauses": listed(names)}


def _head(told: Told, made: dt.date) -> Head:
    return Head(
        made=gettext("Made %(day)s") % {"day": day(made)},
        footer=f"{title_of(told)}: {told.before} → {told.after}",
        example=gettext("EXAMPLE – the records are invented") if told.example else "",
    )


def _words() -> dict[str, str]:
    return {
        "before": gettext("Before:"),
        "after": gettext("After:"),
        "nothing": gettext("The two texts say the same"),
        "nothing-for-you": gettext("Nothing changes."),
        "parties": gettext("What changes for each party"),
        "about": gettext("The agreement, its parties and bodies"),
        "duties": gettext("Commitments and rights"),
        "clauses": gettext("Clauses"),
        "legend": gettext("Words that are added are underlined and bold; words that are left out are struck through."),
    }
