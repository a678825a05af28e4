"""Chores for the worker's tests."""

from __future__ import annotations


def breaks() -> None:
    raise ValueError("the chore that breaks")


def tidies() -> str:
    return "2 tidied"


def has_nothing_to_do() -> None:
    pass
