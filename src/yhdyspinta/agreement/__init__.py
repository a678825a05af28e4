"""The agreement: from its text to what is due and what is kept. Pure Python, no Django.

Text → charter (``read_agreement``) → duties → what is due → what is kept (``assess``).
"""

from __future__ import annotations

from yhdyspinta.agreement.assess import STATES, Assessment, Occurrence, assess
from yhdyspinta.agreement.blocks import Body, Goal, Law, Level, Party, Reading, Rule, Successor, Term, Theme
from yhdyspinta.agreement.charter import Annex, Charter, Clause, Part, Passage
from yhdyspinta.agreement.compose import (
    AgreementErrors,
    check,
    check_sources,
    digest_of,
    draft_of,
    file_name,
    json_schema,
    key_of_file,
    parse_agreement,
    read_agreement,
    sources_of,
)
from yhdyspinta.agreement.days import HELSINKI, parse_day, today
from yhdyspinta.agreement.duty import Duty, Right
from yhdyspinta.agreement.facts import KINDS, AnyFact, Fact, as_given, day_of, fact_of, fields_of, kind_of, recorded_on
from yhdyspinta.agreement.intake import FactErrors, Known, facts_of_objects, read_facts
from yhdyspinta.agreement.ledger import Ledger, View
from yhdyspinta.agreement.reader import Finding
from yhdyspinta.agreement.words import Words

__all__ = [
    "HELSINKI",
    "KINDS",
    "STATES",
    "AgreementErrors",
    "Annex",
    "AnyFact",
    "Assessment",
    "Body",
    "Charter",
    "Clause",
    "Duty",
    "Fact",
    "FactErrors",
    "Finding",
    "Goal",
    "Known",
    "Law",
    "Ledger",
    "Level",
    "Occurrence",
    "Part",
    "Party",
    "Passage",
    "Reading",
    "Right",
    "Rule",
    "Successor",
    "Term",
    "Theme",
    "View",
    "Words",
    "as_given",
    "assess",
    "check",
    "check_sources",
    "day_of",
    "digest_of",
    "draft_of",
    "fact_of",
    "facts_of_objects",
    "fields_of",
    "file_name",
    "json_schema",
    "key_of_file",
    "kind_of",
    "parse_agreement",
    "parse_day",
    "read_agreement",
    "read_facts",
    "recorded_on",
    "sources_of",
    "today",
]
