"""A real browser before the real application."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--no-sandbox",  # root may not have one
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def live(live_server: Any) -> Any:
    """The application, listening; ``live.url`` is its address. Writes are real, and flushed after the test."""
    return live_server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for all tests of a worker; skipped where there is none, but not in CI."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        _do_without("Chromium is not installed: apt-get install chromium")
    if not _loads("libatomic.so.1"):
        _do_without("Playwright's driver lacks a library: apt-get install libatomic1")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, live: Any) -> Iterator[Page]:
    """A page without cookies at the application; what the content policy forbids or a script throws fails the test."""
    context = browser.new_context(base_url=live.url, locale="fi-FI", timezone_id="Europe/Helsinki")
    context.set_default_timeout(15_000)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if _is_fault(message.text) else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert faults == []


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Return what axe finds on a page against WCAG 2.2 AA, a line for each element."""

    def check(page: Page) -> list[str]:
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", WCAG)
        return [
            f"{violation['id']} ({violation['help']}): {node['html'][:200]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return check


def with_authenticator(page: Page) -> None:
    """Give the browser a device that keeps passkeys and knows its owner."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def _do_without(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _is_fault(text: str) -> bool:
    return "Content Security Policy" in text or "Content-Security-Policy" in text
