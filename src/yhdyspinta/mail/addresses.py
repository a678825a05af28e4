"""Addresses of pages as they stand in a message, where no request says how the installation is called."""

from __future__ import annotations

from django.conf import settings


def absolute(path: str) -> str:
    """Return the whole address of a page of this installation (``settings.ADDRESS``).

    Raises:
        ValueError: it is no path from the root, so a link would lead elsewhere.

    """
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"no path from the root: {path!r}")
    return f"{settings.ADDRESS}{path}"
