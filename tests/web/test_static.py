from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

SOURCES = Path(__file__).parent.parent.parent / "src" / "yhdyspinta"
VENDOR = SOURCES / "web" / "static" / "vendor"
TEMPLATES = sorted(SOURCES.rglob("*.html"))


def test_every_static_file_that_a_template_names_exists():
    named = {name for path in TEMPLATES for name in re.findall(r"{% static [\"']([^\"']+)[\"']", path.read_text())}
    assert named
    assert {name for name in named if finders.find(name) is None} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_what_the_content_policy_forbids(path):
    source = re.sub(r'<script [^>]*type="application/json">', "", path.read_text())  # data, which nothing runs
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)|javascript:", source) == []


@pytest.mark.parametrize("folder", sorted(VENDOR.iterdir()), ids=lambda folder: folder.name)
def test_what_is_vendored_says_its_version_and_licence(folder):
    assert re.match(r"@?[\w./-]+ \d+\.\d+\.\d+", (folder / "VERSION").read_text())
    assert len((folder / "LICENSE").read_text()) > 1000
