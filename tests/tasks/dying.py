"""Work that takes its process with it."""

from __future__ import annotations

import os


def die(_progress):
    os._exit(3)
