"""The municipalities, wellbeing services counties and regional councils that ship with the product, with their names.

Source of codes and names: Statistics Finland (Tilastokeskus), CC BY 4.0; see README.md beside this file. Everything is
read when it is first asked for.
"""

from __future__ import annotations

from yhdyspinta.agreement.classification.entries import (
    ALAND,
    HELSINKI,
    Area,
    Entry,
    bodies_of_county,
    bodies_of_region,
    counties,
    everything,
    governments,
    municipalities,
    parties_of_county,
    parties_of_region,
    party_block,
    regional_councils,
    regions,
    subregions,
)
from yhdyspinta.agreement.classification.finding import find, find_county, find_region, folded, names_of

__all__ = [
    "ALAND",
    "HELSINKI",
    "Area",
    "Entry",
    "bodies_of_county",
    "bodies_of_region",
    "counties",
    "everything",
    "find",
    "find_county",
    "find_region",
    "folded",
    "governments",
    "municipalities",
    "names_of",
    "parties_of_county",
    "parties_of_region",
    "party_block",
    "regional_councils",
    "regions",
    "subregions",
]
