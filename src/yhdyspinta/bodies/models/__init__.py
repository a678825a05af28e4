"""What the bodies' room keeps."""

from __future__ import annotations

from yhdyspinta.bodies.models.body import Body, Proposal
from yhdyspinta.bodies.models.life import Appointment, Constitution, Plan
from yhdyspinta.bodies.models.seat import Membership, Seat

__all__ = ["Appointment", "Body", "Constitution", "Membership", "Plan", "Proposal", "Seat"]
