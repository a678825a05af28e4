"""Every proposal says why it is made, in words; everything done to a draft has a name."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

from yhdyspinta.agreement.proposing import RULES as FOUND
from yhdyspinta.agreement.proposing import in_force, parties
from yhdyspinta.authoring import words
from yhdyspinta.authoring.rules import RULES
from yhdyspinta.journal.actions import RESERVED

ROOM = Path(inspect.getfile(words)).parent


def test_every_rule_is_explained():
    said = {node.value for module in (parties, in_force) for node in _strings(module)}
    of_parties = {code for code in RULES if code not in FOUND}
    assert set(RULES) >= FOUND
    assert of_parties <= said  # none is explained that no rule has


def test_everything_done_to_a_draft_has_a_name():
    done = set()
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "deed" and isinstance(node.value, ast.Constant):
                done.add(node.value.value)
    assert "edit-block" in done
    assert done <= set(words.DEEDS)


def test_no_agreement_takes_the_address_of_drafts():
    assert {"luonnokset", "vertailu", "tehtavat"} <= RESERVED


def _strings(module):
    tree = ast.parse(inspect.getsource(module))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
