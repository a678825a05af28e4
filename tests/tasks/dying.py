"""Work that takes its process with it."""

from __future__ import annotations

import os
import time

from django.utils import timezone

from yhdyspinta.mail.models import Message


def die(_progress):
    os._exit(3)


def wait_for_mail(_progress):
    """Post a message, and wait until somebody else has sent it."""
    now = timezone.now()
    message = Message.objects.create(
        kind="greeting", to_address="liisa@example.org", language="fi", subject="Hei", text="Hei",
        message_id="<1@example.fi>", made_at=now, due_at=now,
    )  # fmt: skip
    for _look in range(100):
        if Message.objects.filter(pk=message.pk, sent_at__isnull=False).exists():
            return {"sent": True}
        time.sleep(0.1)
    return {"sent": False}
