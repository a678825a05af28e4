"""Workers and posters at the same moment: each message goes once."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.mail.conftest import arguments
from yhdyspinta.mail.actions import post_mail
from yhdyspinta.mail.models import Message
from yhdyspinta.mail.sending import deliver_due

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(number, task):
    begin = Barrier(number)
    raised: list[BaseException] = []

    def run() -> None:
        try:
            begin.wait(timeout=30)
            task()
        except BaseException as error:  # noqa: BLE001 -- raised again below
            raised.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    if raised:
        raise raised[0]


def test_two_workers_send_each_message_once(transactional_db, post, server, post_office):
    posted = {post().message_id for _ in range(40)}
    done = []
    at_once(2, lambda: done.append(deliver_due()))
    assert sorted(post_office.ids) == sorted(posted)
    assert sum(one.sent for one in done) == 40
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}


def test_key_posted_at_once_is_one_message(transactional_db):
    posted = []
    at_once(4, lambda: posted.append(post_mail(**arguments(key="reminder:1"))))
    assert len([one for one in posted if one]) == 1
    assert Message.objects.count() == 1
