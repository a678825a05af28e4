"""What the log says of a request: never the address of a mailed link, for whoever reads it could open it."""

from __future__ import annotations

import logging

from django.http import HttpRequest

_SECRETS = frozenset({"token", "key"})
"""What the parts of an address that let somebody in are called in the lists of addresses."""


def told_of(request: HttpRequest) -> str:
    """Return the path of a request, or its view's name where the path holds a secret."""
    match = request.resolver_match
    return request.path if match is None or _SECRETS.isdisjoint(match.kwargs) else match.view_name


class WithoutSecrets(logging.Filter):
    """Has Django's own lines about requests say what ``told_of`` says."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let each record pass, with another word for the path where it has one."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            record.args = tuple(told_of(request) if said == request.path else said for said in record.args)
        return True
