"""Long work: done once, tried again when it was cut off, and never another's to see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone, translation
from django.utils.translation import gettext

from yhdyspinta.tasks.actions import LEASE, MOST_WAITING, TRIES, drop_tasks, enqueue, lease_task, let_go, note_progress
from yhdyspinta.tasks.doing import Lost, Progress, do_due, do_task
from yhdyspinta.tasks.models import Task
from yhdyspinta.tasks.queries import task_or_404

pytestmark = pytest.mark.django_db
HERE = "tests.tasks.test_tasks"


def add(progress, *, first, second):
    progress.step(1, 2)
    return {"sum": first + second, "language": translation.get_language()}


def refuse(progress, **_arguments):
    raise ValidationError(["Not like this.", "Nor like that."])


def fall(progress, **_arguments):
    raise RuntimeError("oops")


def is_taken_over(progress, **_arguments):
    Task.objects.update(lease_until=timezone.now() + timedelta(hours=1))
    progress.step(1, 2)
    return {}


def ask(work="add", **arguments):
    return enqueue(work=f"{HERE}:{work}", arguments=arguments, title="Adds", account=7)


def test_a_task_is_done_in_the_language_of_who_asked_and_has_its_result():
    with translation.override("sv"):
        task = ask(first=2, second=3)
    assert task.state == Task.State.WAITING
    assert do_due() == 1
    task.refresh_from_db()
    assert (task.state, task.result, task.done, task.total) == (Task.State.DONE, {"sum": 5, "language": "sv"}, 2, 2)
    assert do_due() == 0


def test_a_refusal_is_the_answer_and_is_not_tried_again():
    task = ask("refuse")
    do_due()
    task.refresh_from_db()
    assert (task.state, task.refusal) == (Task.State.FAILED, "Not like this.\nNor like that.")
    assert do_due() == 0


def test_work_that_goes_wrong_is_tried_three_times(caplog):
    task = ask("fall")
    for _again in range(TRIES + 1):
        do_due()
    task.refresh_from_db()
    assert task.state == Task.State.FAILED
    with translation.override(task.language):
        assert task.refusal == gettext("This was tried three times and went wrong each time.")
    assert caplog.text.count("RuntimeError: oops") == TRIES


def test_of_two_workers_one_has_the_task():
    task = ask(first=1, second=1)
    other = Task.objects.get()
    now = timezone.now()
    assert lease_task(task, now=now)
    assert task.state == Task.State.RUNNING
    assert not lease_task(other, now=now)
    assert not do_task(other)


def test_a_task_whose_worker_died_is_due_again_after_its_lease():
    task = ask(first=1, second=1)
    now = timezone.now()
    assert lease_task(task, now=now)
    assert not lease_task(Task.objects.get(), now=now + LEASE - timedelta(seconds=1))
    assert lease_task(Task.objects.get(), now=now + LEASE)


def test_progress_keeps_the_lease_and_tells_of_one_that_is_lost():
    task = ask(first=1, second=1)
    now = timezone.now()
    lease_task(task, now=now)
    assert note_progress(task, 1, 4, now=now + timedelta(minutes=1))
    assert Task.objects.get().lease_until == now + timedelta(minutes=1) + LEASE
    let_go(task)
    with pytest.raises(Lost):
        Progress(task).step(2, 4)


def test_what_a_worker_lost_it_does_not_end(caplog):
    task = ask("is_taken_over")
    do_due()
    task.refresh_from_db()
    assert task.ended_at is None
    assert "is another worker's" in caplog.text


def test_nobody_learns_of_anothers_task():
    task = ask(first=1, second=1)
    assert task_or_404(task.pk, 7) == task
    for account in (8, None):
        with pytest.raises(Http404):
            task_or_404(task.pk, account)


def test_deleted_tasks_tell_of_which_files_they_were():
    old = ask(first=1, second=1)
    Task.objects.update(arguments={"file": 5}, ended_at=timezone.now(), result={"file": 6})
    new = ask(first=1, second=1)
    assert drop_tasks(Task.objects.filter(pk=old.pk)) == [5, 6]
    assert list(Task.objects.all()) == [new]


def test_one_account_does_not_keep_all_others_waiting():
    for _each in range(MOST_WAITING):
        ask(first=1, second=1)
    with pytest.raises(ValidationError):
        ask(first=1, second=1)
    do_due()
    assert ask(first=1, second=1).pk
