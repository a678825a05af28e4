"""Several people at one draft at the same moment: both write, one decides, one loads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from tests.journal.test_races import at_once
from yhdyspinta.agreement import manuscript as m
from yhdyspinta.authoring.actions import (
    Sealed,
    confirm_proposals,
    edit_draft,
    load_draft,
    refuse_proposals,
    take_back,
)
from yhdyspinta.authoring.models import Decision, Draft
from yhdyspinta.authoring.pieces import seal_of
from yhdyspinta.authoring.proposals import proposals_of
from yhdyspinta.journal.errors import Conflict
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.verify import verify
from yhdyspinta.tasks.actions import enqueue
from yhdyspinta.tasks.doing import do_due
from yhdyspinta.tasks.models import Task

pytestmark = pytest.mark.django_db(transaction=True)


def outcomes(*acts: Callable[[], object]) -> list[str]:
    """Do everything at once, and return what became of each: done, or what it was refused with."""
    came: list[str] = []

    def attempt(act: Callable[[], object]) -> None:
        try:
            act()
        except (Conflict, ValidationError) as refused:
            came.append(type(refused).__name__)
        else:
            came.append("done")

    at_once(*[lambda act=act: attempt(act) for act in acts])
    return sorted(came)


def writer(draft, clause, words, by, *, sealed=None):
    """Return what writes a clause of a draft as it was fetched before."""
    own = Draft.objects.get(pk=draft.pk)

    def write():
        edit_draft(
            own,
            lambda manuscript: m.rewrite_section(manuscript, clause, prose={"fi": words}),
            deed="edit-clause",
            by=by,
            sealed=sealed,
        )

    return write


def test_two_who_write_on_different_clauses_at_once_both_stay(draft, administrator):
    clauses = ["tasavertaisuus", "tarkoitus", "kuntakokous", "viestinta-kokous"]
    clauses = [each for each in clauses if each in draft.manuscript().ids()][:3]
    assert outcomes(*[writer(draft, each, f"Teksti {each}.", administrator) for each in clauses]) == ["done"] * 3
    kept = Draft.objects.get()
    assert [kept.manuscript().section(each).text for each in clauses] == [f"Teksti {each}." for each in clauses]
    assert [version.number for version in kept.versions.all()] == [4, 3, 2, 1]


def test_of_two_who_write_on_one_clause_at_once_one_is_shown_both(draft, administrator):
    sealed = Sealed("section:tarkoitus", seal_of(draft.manuscript(), "section:tarkoitus"))
    acts = [writer(draft, "tarkoitus", words, administrator, sealed=sealed) for words in ("Yksi.", "Kaksi.")]
    assert outcomes(*acts) == ["Conflict", "done"]
    assert Draft.objects.get().version == 2


def test_a_proposal_is_decided_once(read_draft, administrator):
    found = [each for each in proposals_of(read_draft).open if each.kind == "parties"]
    came = outcomes(
        lambda: confirm_proposals(Draft.objects.get(), found, by=administrator),
        lambda: refuse_proposals(Draft.objects.get(), found, by=administrator),
    )
    assert came == ["ValidationError", "done"]
    assert Decision.objects.values("confirmed").distinct().count() == 1


def test_a_draft_is_loaded_once_and_not_while_somebody_writes(draft, administrator):
    came = outcomes(
        lambda: load_draft(Draft.objects.get(), version=1, by=administrator),
        lambda: load_draft(Draft.objects.get(), version=1, by=administrator),
    )
    assert came == ["ValidationError", "done"]
    assert Agreement.objects.count() == 1
    assert list(verify()) == []


def test_one_change_taken_back_twice_at_once_is_taken_back_once(draft, administrator):
    before = draft.manuscript().section("tarkoitus").text
    writer(draft, "tarkoitus", "Muuta.", administrator)()
    acts = [lambda: take_back(Draft.objects.get(), 2, by=administrator)] * 2
    assert outcomes(*acts) == ["done", "done"]  # the second finds nothing left to take back
    kept = Draft.objects.get()
    assert (kept.version, kept.manuscript().section("tarkoitus").text) == (3, before)


def test_two_workers_do_a_task_once(administrator):
    for number in range(4):
        enqueue(work="tests.tasks.test_tasks:add", arguments={"first": number, "second": 1}, title="x", account=None)
    done: list[int] = []
    at_once(*[lambda: done.append(do_due())] * 2)
    assert sum(done) == 4
    assert sorted(Task.objects.values_list("result__sum", flat=True)) == [1, 2, 3, 4]
    assert {task.attempts for task in Task.objects.all()} == {1}
