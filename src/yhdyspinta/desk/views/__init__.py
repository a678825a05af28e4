"""The public pages. Each view fetches a scene, builds a picture of it and renders; no template asks the database."""

from __future__ import annotations

from yhdyspinta.desk.views.drafts import draft
from yhdyspinta.desk.views.duties import duties, duties_file, duty, duty_file
from yhdyspinta.desk.views.living import clause, index, living, official
from yhdyspinta.desk.views.parties import matrix, matrix_file, party
from yhdyspinta.desk.views.pictures import body, structure, timeline, wheel, wheel_file

__all__ = [
    "body",
    "clause",
    "draft",
    "duties",
    "duties_file",
    "duty",
    "duty_file",
    "index",
    "living",
    "matrix",
    "matrix_file",
    "official",
    "party",
    "structure",
    "timeline",
    "wheel",
    "wheel_file",
]
