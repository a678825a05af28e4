"""Why something was proposed, by the code of the rule that found it: shown beside each proposal."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise

RULES: Mapping[str, str | Promise] = {}
