"""What a hostile draft or file costs and reaches: never more than an honest one."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from yhdyspinta.authoring.actions import begin_draft

pytestmark = pytest.mark.django_db


def page(name, **kwargs):
    with translation.override("en"):
        return reverse(f"authoring:{name}", kwargs=kwargs)


@pytest.mark.parametrize("id", ['a"; filename="b.html', "a\\r\\nX-Other: b", "../../a", "ä€", "a" * 5000])
def test_the_name_of_the_files_that_are_taken_along_is_a_plain_one(administrator, signed_in, id):
    sources = {"fi": f'---\nid: "{id.replace(chr(34), chr(92) + chr(34))}"\n---\n', "sv": "---\nlanguage: sv\n---\n"}
    draft = begin_draft(sources, name="Luonnos", by=administrator)
    answer = signed_in(administrator).get(page("download", draft=draft.pk))
    assert answer.status_code == 200
    before, name, after = answer["Content-Disposition"].split('"')
    assert (before, after) == ("attachment; filename=", "")
    assert name.removesuffix(".zip").replace("-", "").isalnum()
    assert len(name) < 100
