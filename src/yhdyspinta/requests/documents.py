"""What the room prints: the letter that asks, a draft of a party's own decision, the receipt of an answer.

Plain words come in, files go out; nothing is looked up here. The order of a letter is DOMAIN §5.5.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext, override, pgettext

from yhdyspinta.journal.wording import day
from yhdyspinta.printing.head import HOUSE, Head
from yhdyspinta.requests.paper import Block, Paper, Section, Setting, to_docx, to_pdf, to_text

_FOOTER_LENGTH = 100
_LINE_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class NominationAsked:
    """What a request for nominations asks beside its questions."""

    group: str
    task: str
    term: str
    seats: tuple[str, ...]
    """What is to be named: ``2 jäsentä``."""
    deputies: str
    """Whether deputies are asked for."""
    balance: str
    """The sentence on women and men (Act on Equality, 4 a §), where it applies."""
    data: tuple[str, ...]
    """What is to be told of each person."""
    privacy: str
    """How the persons' data is handled."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A request as a letter to one of its recipients, in the words of who asks."""

    language: str
    made: dt.date
    heading: str
    """What document it is: ``Nimeämispyyntö``."""
    title: str
    sender: str
    sender_lines: tuple[str, ...]
    register_number: str
    recipient: str
    recipients: tuple[str, ...]
    """Everybody who gets the same letter."""
    basis: str
    """The clause of the agreement that it rests on."""
    background: tuple[str, ...]
    questions: tuple[str, ...]
    """Without numbers: the document numbers them."""
    nomination: NominationAsked | None
    deadline: str
    """Ready: ``viimeistään 15.9.2026 klo 16.00``."""
    reply_to: tuple[str, ...]
    contact: tuple[str, ...]
    attachments: tuple[str, ...]
    example: str
    """That the data is invented, where it is (DESIGN §5)."""


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """A draft of the decision that a party makes on a request, to take into its own case system."""

    language: str
    made: dt.date
    organ: str
    """Who decides: ``Kunnanhallitus``."""
    title: str
    register_number: str
    background: tuple[str, ...]
    proposal: tuple[str, ...]
    """Without numbers: the document numbers them."""
    delivery: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """That an answer was received, and what it said."""

    language: str
    made: dt.date
    number: str
    """The receipt's own."""
    request_title: str
    request_kind: str
    register_number: str
    """That of who asked."""
    party: str
    outcome: str
    given: str
    """When: ``24.11.2026 klo 9.15``."""
    given_by: str
    late: str
    """The sentence on an answer that came after its deadline, where it did."""
    decision: tuple[tuple[str, str], ...]
    """Label and value: organ, day, §, register number of the party's own decision."""
    replies: tuple[tuple[str, str], ...]
    """Question and answer."""
    nominees: tuple[tuple[str, ...], ...]
    nominee_head: tuple[str, ...]
    attachments: tuple[tuple[str, str], ...]
    """Name and SHA-256."""
    note: str
    example: str


# --- What the rooms ask for


def letter_pdf(letter: Letter) -> bytes:
    """Return a letter as PDF/A-3a, accessible. For tasks and commands: see ``printing.pdf``."""
    return to_pdf(_of_letter(letter), "letter.typ")


def letter_docx(letter: Letter) -> bytes:
    """Return a letter as a Word file."""
    return to_docx(_of_letter(letter))


def letter_text(letter: Letter) -> str:
    """Return a letter as plain text, to paste into a case system or a message."""
    return to_text(_of_letter(letter))


def decision_docx(draft: DecisionDraft) -> bytes:
    """Return the draft of a decision as a Word file."""
    return to_docx(_of_decision(draft))


def decision_text(draft: DecisionDraft) -> str:
    """Return the draft of a decision as plain text, to paste into a case system."""
    return to_text(_of_decision(draft))


def receipt_pdf(receipt: Receipt) -> bytes:
    """Return a receipt as PDF/A-3a, accessible. For tasks and commands: see ``printing.pdf``."""
    return to_pdf(_of_receipt(receipt), "receipt.typ")


def receipt_docx(receipt: Receipt) -> bytes:
    """Return a receipt as a Word file."""
    return to_docx(_of_receipt(receipt))


# --- What each of them says, in its order


def _of_letter(letter: Letter) -> Paper:
    with override(letter.language):
        copies = len(_filled(*letter.recipients))
        others = ngettext("%(count)s recipient, named at the end", "%(count)s recipients, all named at the end", copies)
        return Paper(
            language=letter.language,
            made=letter.made,
            kind=_clean(letter.heading),
            title=_clean(letter.title) or _clean(letter.heading) or gettext("Request"),
            sender=_filled(letter.sender, *letter.sender_lines),
            marks=_marks(letter.made, letter.register_number),
            recipient=_filled(letter.recipient, others % {"count": copies} if copies > 1 else ""),
            sections=tuple(_letter_sections(letter)),
            head=Head(
                made=" · ".join(_filled(day(letter.made), letter.register_number)),
                footer=_footer(letter.heading, letter.title),
                example=_clean(letter.example),
                house=_clean(letter.sender),
            ),
        )


def _letter_sections(letter: Letter) -> Iterator[Section]:
    asked = letter.nomination
    yield from _section(gettext("Background"), _block("text", letter.background))
    yield from _section(gettext("Basis in the agreement"), _block("text", [letter.basis]))
    yield from _section(
        gettext("What is asked"),
        *(_nomination(asked) if asked else ()),
        _block("numbered", letter.questions),
    )
    yield from _section(gettext("Deadline"), _block("strong", [letter.deadline]))
    yield from _section(gettext("How to answer"), _block("lines", letter.reply_to))
    if asked:
        yield from _section(gettext("To be told of each person"), _block("items", asked.data))
        yield from _section(gettext("Personal data"), _block("text", [asked.privacy]))
    yield from _section(gettext("Contact"), _block("lines", letter.contact))
    yield from _section(gettext("Attachments"), _block("lines", letter.attachments))
    yield from _section(pgettext("letter", "Distribution"), _block("names", letter.recipients))


def _nomination(asked: NominationAsked) -> tuple[Block, Block]:
    facts = _facts(
        (gettext("Group"), asked.group),
        (pgettext("group", "Task"), asked.task),
        (gettext("Term"), asked.term),
        (gettext("To be named"), "\n".join(asked.seats)),
        (gettext("Deputies"), asked.deputies),
    )
    return facts, _block("text", [asked.balance])


def _of_decision(draft: DecisionDraft) -> Paper:
    with override(draft.language):
        kind = gettext("Draft decision")
        sections = (
            *_section(gettext("Reasons"), _block("text", draft.background)),
            *_section(gettext("Proposed decision"), _block("numbered", draft.proposal)),
            *_section(gettext("To be informed"), _block("lines", draft.delivery)),
        )
        return Paper(
            language=draft.language,
            made=draft.made,
            kind=kind,
            title=_clean(draft.title) or kind,
            sender=_filled(draft.organ),
            marks=_marks(draft.made, draft.register_number),
            recipient=(),
            sections=sections,
            head=Head(made=day(draft.made), footer=_footer(kind, draft.title), example=_clean(draft.example)),
        )


def _of_receipt(receipt: Receipt) -> Paper:
    with override(receipt.language):
        kind = gettext("Receipt of an answer")
        return Paper(
            language=receipt.language,
            made=receipt.made,
            kind=kind,
            title=_clean(receipt.request_title) or kind,
            sender=(HOUSE,),
            marks=_filled(receipt.number, day(receipt.made)),
            recipient=_filled(receipt.party),
            sections=tuple(_receipt_sections(receipt)),
            head=Head(
                made=" · ".join(_filled(day(receipt.made), receipt.number)),
                footer=_footer(kind, receipt.request_title),
                example=_clean(receipt.example),
            ),
        )


def _receipt_sections(receipt: Receipt) -> Iterator[Section]:
    yield from _section(
        gettext("Request"),
        _facts(
            (pgettext("request", "Kind"), receipt.request_kind), (gettext("Register number"), receipt.register_number)
        ),
    )
    yield from _section(
        gettext("Answer"),
        _block("strong", [receipt.outcome]),
        _facts((gettext("Received"), receipt.given), (gettext("Given by"), receipt.given_by)),
        _block("text", [receipt.late]),
    )
    yield from _section(gettext("The party's decision"), _facts(*receipt.decision))
    for number, (question, answer) in enumerate(receipt.replies, start=1):
        label = pgettext("request", "Question %(number)s") % {"number": number}
        yield from _section(label, _block("strong", [question]), _block("text", [answer or "–"]))
    yield from _section(gettext("Persons named"), _table(receipt.nominee_head, receipt.nominees))
    yield from _section(gettext("Attachments"), Block("files", _rows(*receipt.attachments)))
    yield from _section(gettext("Note"), _block("text", [receipt.note]))


def _marks(made: dt.date, register_number: str) -> tuple[str, ...]:
    label = gettext("Register number")
    number = f"{label} {register_number}" if register_number.strip() else ""
    return _filled(day(made), number)


def _footer(kind: str, title: str) -> str:
    return Truncator(": ".join(_filled(kind, " ".join(title.split())))).chars(_FOOTER_LENGTH)


def _section(heading: str, *blocks: Block) -> Iterator[Section]:
    """Give a section of the blocks that say something; without one, none."""
    said = tuple(block for block in blocks if block.rows)
    if said:
        yield Section(heading, said)


def _block(kind: Setting, words: Sequence[str]) -> Block:
    return Block(kind, tuple((each,) for each in _filled(*words)))


def _facts(*rows: tuple[str, str]) -> Block:
    return Block("facts", tuple(row for row in _rows(*rows) if row[1]))


def _table(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Block:
    """Set rows below a head, each as wide as the widest; a head alone is no table."""
    width = max(map(len, (head, *rows)))
    return Block("table", _rows(*(row + ("",) * (width - len(row)) for row in (head, *rows))) if rows else ())


def _rows(*rows: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_clean(cell) for cell in row) for row in rows)


def _filled(*words: str) -> tuple[str, ...]:
    return tuple(cleaned for each in words if (cleaned := _clean(each)))


def _clean(words: str) -> str:
    """Return words without control characters: they show nothing, and neither PDF nor Word may hold them."""
    return _CONTROL.sub("", _LINE_BREAK.sub("\n", words)).replace("\t", " ").strip()
