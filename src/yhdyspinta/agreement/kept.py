"""What was read lately, kept by the text it was read from.

A draft is checked again after every word that somebody writes, and then all of it but one block is as it was.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Results by the text they were made from, as many as texts of a total length; safe to share between threads.

    What is kept is handed out to everybody who asks: nobody may change it.
    """

    def __init__(self, length: int) -> None:
        """Keep results of texts that have so many characters together."""
        self._room = length
        self._lock = Lock()
        self._held: OrderedDict[tuple[str, ...], T] = OrderedDict()

    def get(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """Return what is kept of a text, or make it and keep it."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = make()
        with self._lock:
            if key not in self._held:
                self._held[key] = made
                self._room -= _length(key)
            while self._room < 0:
                gone, _ = self._held.popitem(last=False)
                self._room += _length(gone)
        return made


def _length(key: tuple[str, ...]) -> int:
    return sum(map(len, key))
