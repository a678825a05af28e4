"""The colours of the look: enough contrast, and no red."""

from __future__ import annotations

import colorsys
import re
from pathlib import Path

import pytest

import yhdyspinta.web

STATIC = Path(yhdyspinta.web.__file__).parent / "static" / "web"
TOKEN = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
TOKENS = {
    name: {"light": light, "dark": dark} for name, light, dark in TOKEN.findall((STATIC / "theme.css").read_text())
}
SCHEMES = ("light", "dark")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, scheme: str) -> float:
    darker, lighter = sorted(luminance(TOKENS[name][scheme]) for name in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "card", "lake-bg", "pine-bg", "ochre-bg", "stone-bg"])
@pytest.mark.parametrize("text", ["ink", "soft", "lake", "pine", "ochre", "stone"])
def test_text_can_be_read_on_every_ground(text, ground, scheme):
    assert contrast(text, ground, scheme) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_of_controls_and_words_on_buttons_can_be_seen(scheme):
    assert contrast("edge", "card", scheme) >= 3
    assert contrast("edge", "paper", scheme) >= 3
    assert contrast("on-lake", "lake", scheme) >= 4.5


def test_no_colour_is_red():
    colours = {colour for sheet in STATIC.glob("*.css") for colour in re.findall(r"#[0-9a-f]{6}\b", sheet.read_text())}
    for colour in colours:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
        assert saturation < 0.25 or not (hue < 0.055 or hue > 0.93), colour


def test_every_shape_of_a_state_is_in_the_sprite():
    shapes = set(re.findall(r'<symbol id="([a-z-]+)"', (STATIC / "states.svg").read_text()))
    from yhdyspinta.agreement.assess import STATES  # noqa: PLC0415

    assert shapes == {*STATES, "part", "right", "hidden"}
