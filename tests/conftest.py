"""What the tests share: the machinery in tests/support."""

from __future__ import annotations

pytest_plugins = ["tests.support.selection", "tests.support.state", "tests.support.browser"]
