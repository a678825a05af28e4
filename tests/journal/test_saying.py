"""What the agreement's rooms say in English is said in the reader's language."""

from __future__ import annotations

from django.utils.translation import override

from yhdyspinta.agreement.saying import Said, said_in
from yhdyspinta.journal.saying import in_words


def test_template_and_the_words_within_it_are_translated():
    said = Said("Clause “%(clause)s”: %(message)s", clause="kokous", message=Said("theme"))
    with override("fi"):
        assert in_words(said) == "Kohta ”kokous”: teema"
    with override("en"):
        assert in_words(said) == str(said) == "Clause “kokous”: theme"


def test_word_of_another_context_is_another_word():
    with override("fi"):
        assert in_words(Said("party")) == "osapuoli"
        assert in_words(said_in("a context that nothing has", "party")) == "party"


def test_text_that_nothing_is_known_of_stays_as_it_is():
    assert in_words("100 % {x}") == "100 % {x}"
    assert in_words(Said("100 %")) == "100 %"
