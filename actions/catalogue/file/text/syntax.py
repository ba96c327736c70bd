"""PyYAML's syntax errors in Danish, with what to do about them."""

import re
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Pattern → words; the first that matches the beginning of the problem counts.
COMPLAINTS: Final[list[tuple[str, str | Promise]]] = [
    (
        "mapping values are not allowed",
        gettext_lazy("her må ikke stå et kolon; sæt teksten i anførselstegn"),
    ),
    (
        "could not find expected ':'",
        gettext_lazy("her mangler et kolon efter en nøgle"),
    ),
    (
        r"found character '\\t'",
        gettext_lazy("tabulator kan ikke bruges til indrykning; brug mellemrum"),
    ),
    (
        "found character '(.)' that cannot start",
        gettext_lazy("en tekst kan ikke begynde med {0}; sæt den i anførselstegn"),
    ),
    (
        "expected <block end>",
        gettext_lazy("indrykningen eller opstillingen passer ikke med linjerne over"),
    ),
    (
        "found unexpected end of stream",
        gettext_lazy("filen slutter midt i en tekst; der mangler et anførselstegn"),
    ),
    (
        r"expected ',' or '(.)'",
        gettext_lazy("her mangler et komma eller {0}"),
    ),
    (
        "found unknown escape",
        gettext_lazy("omvendt skråstreg skal skrives dobbelt i anførselstegn: \\\\"),
    ),
    (
        "block sequence entries are not allowed",
        gettext_lazy("et punkt på en liste (-) skal begynde på sin egen linje"),
    ),
    (
        "found incompatible YAML",
        gettext_lazy("kun YAML 1 kan læses"),
    ),
]


def in_danish(problem: str) -> str:
    """A problem of PyYAML in Danish; an unknown one is "cannot be read as YAML here"."""
    for pattern, message in COMPLAINTS:
        if match := re.match(pattern, problem):
            return str(message).format(*match.groups())
    return _("filen kan ikke læses som YAML her")
