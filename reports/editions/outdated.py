"""The figures of an edition that are told otherwise now: an edition never changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from actions.meaning import Meaning, meaning_from
from actions.models import Catalogue, Measurement
from reports.content import upgrade
from reports.content.shape import IndicatorContent, PointContent, ReportContent
from reports.models import Edition

#: An indicator as an edition names it: the numbers of action and goal, and its name.
type Place = tuple[int, int, str]


@dataclass(frozen=True)
class OutdatedFigure:
    """What an edition says of a year, and what is known now, in words."""

    indicator: str
    year: int
    said: str
    known: str


def outdated_figures(
    catalogue: Catalogue, editions: Iterable[Edition]
) -> dict[int, list[OutdatedFigure]]:
    """By the edition's key; editions that still say what is known are left out. Two queries."""
    keys = [edition.pk for edition in editions]
    contents = Edition.objects.filter(pk__in=keys).only("content", "report")
    known = _known(catalogue)
    outdated = {edition.pk: list(_outdated(upgrade.read(edition), known)) for edition in contents}
    return {key: figures for key, figures in outdated.items() if figures}


def _known(catalogue: Catalogue) -> dict[tuple[Place, int], Decimal | None]:
    rows = Measurement.objects.known().filter(indicator__goal__action__catalogue=catalogue)
    return {
        ((action, goal, name), year): value
        for action, goal, name, year, value in rows.values_list(
            "indicator__goal__action__number",
            "indicator__goal__number",
            "indicator__name",
            "year",
            "value",
        )
    }


def _outdated(
    content: ReportContent, known: Mapping[tuple[Place, int], Decimal | None]
) -> Iterator[OutdatedFigure]:
    for place, indicator in _indicators(content):
        meaning = meaning_from(indicator)
        for point in indicator["points"]:
            key = (place, point["year"])
            if key in known and known[key] != _said(point):
                yield OutdatedFigure(
                    indicator=indicator["name"],
                    year=point["year"],
                    said=_in_words(_said(point), meaning),
                    known=_in_words(known[key], meaning),
                )


def _indicators(content: ReportContent) -> Iterator[tuple[Place, IndicatorContent]]:
    for action in content["actions"]:
        for goal in action["goals"]:
            for indicator in goal["indicators"]:
                yield (action["number"], goal["number"], indicator["name"]), indicator


def _said(point: PointContent) -> Decimal | None:
    return Decimal(point["value"]) if point["value"] else None


def _in_words(value: Decimal | None, meaning: Meaning) -> str:
    return _("intet tal") if value is None else meaning.quantity(value)
