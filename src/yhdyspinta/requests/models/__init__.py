"""What the requests' room keeps."""

from __future__ import annotations

from yhdyspinta.requests.models.answer import Answer, AnswerFile, Choice, Combination, Nomination
from yhdyspinta.requests.models.reminder import Reminded, Reminder
from yhdyspinta.requests.models.request import Asked, Request, RequestFile, Step

__all__ = [
    "Answer",
    "AnswerFile",
    "Asked",
    "Choice",
    "Combination",
    "Nomination",
    "Reminded",
    "Reminder",
    "Request",
    "RequestFile",
    "Step",
]
