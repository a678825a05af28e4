from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.agreement.cases import AGREEMENTS, Case
from yhdyspinta.agreement import Charter, read_agreement


@pytest.fixture(scope="session")
def keski_suomi() -> Charter:
    return read_agreement(AGREEMENTS / "keski-suomi-2023")


@pytest.fixture
def given(keski_suomi: Charter) -> Callable[..., Case]:
    def facts(*facts: dict[str, Any]) -> Case:
        return Case(keski_suomi, *facts)

    return facts
