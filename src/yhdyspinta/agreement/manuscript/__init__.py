"""An agreement's files as something to write on: every change leaves what it does not touch as it was written."""

from __future__ import annotations

from yhdyspinta.agreement.manuscript.annexing import annexed
from yhdyspinta.agreement.manuscript.blocks import (
    add_block,
    edit_block,
    edit_items,
    link,
    remove_block,
    replace_block,
    set_front,
)
from yhdyspinta.agreement.manuscript.confirming import confirmed
from yhdyspinta.agreement.manuscript.merging import Clash, replayed
from yhdyspinta.agreement.manuscript.sections import Block, File, Manuscript, Section
from yhdyspinta.agreement.manuscript.sound import sound_part
from yhdyspinta.agreement.manuscript.writing import (
    add_section,
    join,
    move,
    remove_section,
    rewrite_section,
    split,
    with_language,
)

__all__ = [
    "Block",
    "Clash",
    "File",
    "Manuscript",
    "Section",
    "add_block",
    "add_section",
    "annexed",
    "confirmed",
    "edit_block",
    "edit_items",
    "join",
    "link",
    "move",
    "remove_block",
    "remove_section",
    "replace_block",
    "replayed",
    "rewrite_section",
    "set_front",
    "sound_part",
    "split",
    "with_language",
]
