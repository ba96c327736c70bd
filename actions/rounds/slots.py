"""A slot: what other apps link to from the page of a round."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from actions.access import Mandate
from actions.models import Round


@dataclass(frozen=True)
class RoundLink:
    label: str
    url: str

    @classmethod
    def to(cls, route: str, label: str, round_: Round) -> "RoundLink":
        """A link to one of the round's routes."""
        return cls(label, reverse(route, args=[round_.catalogue.slug, round_.year]))


#: Gives what the page of a round links to for a reader: `reports.apps` fills it.
links: Final[list[Callable[[Round, Mandate], list[RoundLink]]]] = []


def links_from(round_: Round, mandate: Mandate) -> list[RoundLink]:
    return [link for source in links for link in source(round_, mandate)]
