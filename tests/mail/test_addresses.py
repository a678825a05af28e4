from __future__ import annotations

import pytest

from yhdyspinta.mail.addresses import absolute


def test_address_begins_with_that_of_the_installation(settings):
    settings.ADDRESS = "https://yhdyspinta.example.fi"
    assert absolute("/sv/aftal/") == "https://yhdyspinta.example.fi/sv/aftal/"


@pytest.mark.parametrize("path", ["", "sv/", "//evil.example/", "https://evil.example/"])
def test_what_leads_elsewhere_is_refused(path):
    with pytest.raises(ValueError, match="no path from the root"):
        absolute(path)
