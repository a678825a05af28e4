"""What a text seems to say: parties, bodies, days and duties, by rules that can be read and tested."""

from __future__ import annotations

from yhdyspinta.agreement.proposing.known import KnownBody, KnownParty
from yhdyspinta.agreement.proposing.model import ClauseText, Mark, Proposal
from yhdyspinta.agreement.proposing.propose import RULES, propose

__all__ = ["RULES", "ClauseText", "KnownBody", "KnownParty", "Mark", "Proposal", "propose"]
