from __future__ import annotations

import pytest
from django.utils import timezone

from yhdyspinta.mail import queries
from yhdyspinta.mail.actions import mark_sent
from yhdyspinta.mail.models import Message
from yhdyspinta.mail.recipient import Recipient


@pytest.mark.parametrize("number", [1, 3])
def test_outbox_is_read_in_one_query_each(post, number, django_assert_num_queries):
    posted = [post(about="person:1") for _ in range(number)]
    post(about="person:2", to=Recipient("muu@example.org"))
    mark_sent(posted[0], now=timezone.now())
    with django_assert_num_queries(1):
        assert len(queries.outbox()) == number + 1
    with django_assert_num_queries(1):
        assert list(queries.messages_about("person:1")) == posted[::-1]
    with django_assert_num_queries(1):
        assert list(queries.messages_to("LIISA@example.org")) == posted[::-1]
    with django_assert_num_queries(1):
        assert queries.outbox_counts() == {
            Message.State.WAITING: number,
            Message.State.SENT: 1,
            Message.State.GIVEN_UP: 0,
        }
    with django_assert_num_queries(1):
        assert [one.state for one in queries.outbox().filter(queries.SENT)] == [Message.State.SENT]
