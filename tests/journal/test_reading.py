"""Lines that come in are read whatever stands in them: what is wrong is said by line."""

from __future__ import annotations

import pytest

from yhdyspinta.agreement import FactErrors
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.reading import read_lines


@pytest.mark.parametrize("line", [b"[" * 200_000, b"[" * 200_000 + b"]" * 200_000])
def test_read_lines_takes_bottomless_brackets_for_a_broken_line(agreement: Agreement, line: bytes):
    with pytest.raises(FactErrors) as refused:
        read_lines(agreement, [b'{"fact": "meeting-held", "body": "kuntakokous", "on": "2024-05-14"}', line])
    assert [number for number, _message in refused.value.problems] == [2]
