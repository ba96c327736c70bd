"""The tables of a goal's figures: the years that fit, what each cell says, and how wide it is.

Numbers, units and years never break: a column is as wide as what it holds, a long number is
shortened, and years that do not fit are left out with a word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Final

from django import template
from django.utils.translation import gettext as _

from actions.danish import LONG, NO_BREAK_SPACE, listed
from actions.meaning import ValueKind, meaning_from
from actions.tools.widths import widest_word
from reports.content.shape import (
    CourseContent,
    FigureVerdict,
    GoalContent,
    IndicatorContent,
    OutcomeContent,
    PaceContent,
    PointContent,
)
from reports.templatetags.figures import in_cell, target_text

register = template.Library()

#: Millimetres: the text's width on paper, an em of a table's type, and the space beside a cell.
PAPER: Final = 162
MM_PER_EM: Final = 3.2
MM_BESIDE: Final = 3
#: The least widths of the columns that are not years; the last one says whether a target is met.
NAME: Final = 32
TARGET: Final = 30
WIDE_TARGET: Final = 40
WIDEST_TARGET: Final = 84
MET: Final = 20
MET_IN_WORDS: Final = 33
#: More years than this are a chart's, even if they fit.
MOST_YEARS: Final = 6
#: The least widths of the columns of paces, in the order of the table.
PACES: Final = (34, 26, 22, 26, 26)


@dataclass(frozen=True)
class Cell:
    year: int
    text: str


@dataclass(frozen=True)
class FigureRow:
    """A figure with a cell for every year of its table; `target` is in words."""

    indicator: IndicatorContent
    target: str
    cells: list[Cell]


@dataclass(frozen=True)
class FigureTable:
    """`earlier` are the years that do not fit. Widths are in millimetres, of classes in print.css.

    `shortened` tells whether any number is written shorter than it is.
    """

    years: list[int]
    earlier: list[int]
    rows: list[FigureRow]
    shortened: bool
    target_width: int
    year_width: int

    @property
    def note(self) -> str:
        """Which years the table lacks, and where exact numbers are; "" if it has everything."""
        where = _("i filen maaltal.csv, som ligger i rapportens PDF")
        sentences = []
        if self.earlier:
            words = {"n": len(self.years), "earlier": listed(self.earlier), "where": where}
            few = _("Tabellen viser det seneste år; tal for %(earlier)s står %(where)s.")
            many = _("Tabellen viser de seneste %(n)d år; tal for %(earlier)s står %(where)s.")
            sentences.append((few if len(self.years) == 1 else many) % words)
        if self.shortened:
            sentences.append(
                (_("Lange tal er afrundet her; de står nøjagtigt %s.") % where)
                if not sentences
                else _("Lange tal er afrundet her og står nøjagtigt samme sted.")
            )
        return " ".join(sentences)


@dataclass(frozen=True)
class ClosedFigure:
    """A figure year by year with its verdict."""

    row: FigureRow
    verdict: FigureVerdict


@dataclass(frozen=True)
class Unreported:
    """Figures that lack a value for one `reason`; `for_all` if the goal has no other figures."""

    reason: str
    names: str
    for_all: bool


@register.filter
def figure_table(goal: GoalContent) -> FigureTable:
    """The goal's figures with a column for each of the latest years that fit."""
    return _table(goal["indicators"], MET)


@register.filter
def closing_table(goal: GoalContent) -> FigureTable:
    """The same, with room for a verdict in words."""
    return _table(goal["indicators"], MET_IN_WORDS)


@register.filter
def closed_figures(table: FigureTable, outcome: OutcomeContent) -> list[ClosedFigure]:
    """The table's figures with their verdicts; none of a stopped goal."""
    by_name = {figure["name"]: figure for figure in outcome["figures"]}
    return [
        ClosedFigure(row, by_name[row.indicator["name"]])
        for row in table.rows
        if row.indicator["name"] in by_name
    ]


@register.filter
def point_of(indicator: IndicatorContent, year: int) -> PointContent | None:
    return next((point for point in indicator["points"] if point["year"] == year), None)


@register.filter
def has_course(indicator: IndicatorContent) -> bool:
    """Whether a chart adds to the table: two values, or one with its target in a later year.

    A yes or no has none.
    """
    if indicator["kind"] == ValueKind.YES_NO:
        return False
    measured = [point["year"] for point in indicator["points"] if point["value"]]
    return len(measured) > 1 or (bool(measured) and not is_due(indicator, measured[-1]))


@register.filter
def is_due(indicator: IndicatorContent, year: int) -> bool:
    """Whether the target is due by `year`; before that a lower figure is no miss."""
    return meaning_from(indicator).is_due(year)


@register.filter
def unreported(goal: GoalContent, year: int) -> list[Unreported]:
    """The goal's figures that are missing in a year, grouped by reason."""
    names: dict[str, list[str]] = {}
    for indicator in goal["indicators"]:
        point = point_of(indicator, year)
        if point is not None and not (point["value"] or point.get("between")):
            names.setdefault(point["missing_reason"], []).append(indicator["name"])
    everything = len(goal["indicators"])
    return [
        Unreported(reason, "; ".join(figures), len(figures) == everything)
        for reason, figures in names.items()
    ]


@register.filter
def fits_in_columns(course: CourseContent) -> bool:
    """Whether a table of the paces breaks no number or unit; else they are listed."""
    return sum(_pace_widths(course["paces"])) <= PAPER


@register.filter
def pace_widths(course: CourseContent) -> list[int]:
    """The widths of the columns of paces, of which the last two share what is left."""
    return _pace_widths(course["paces"])


def _pace_widths(paces: Sequence[PaceContent]) -> list[int]:
    keys = ("target", "latest", "so_far", "needed")
    numbers = [[str(row[key]) for row in paces] for key in keys]  # type: ignore[literal-required]
    wanted = [PACES[0], *(_millimetres(widest_word(texts)) for texts in numbers)]
    return [_even(max(pair)) for pair in zip(wanted, PACES, strict=True)]


def _table(indicators: Sequence[IndicatorContent], met: int) -> FigureTable:
    all_years = sorted({point["year"] for row in indicators for point in row["points"]})
    targets = [_target(row) for row in indicators]
    target_width = min(max(_millimetres(widest_word(targets)), TARGET), WIDEST_TARGET)
    room = PAPER - NAME - met - _even(target_width)
    years = all_years[-MOST_YEARS:]
    while True:
        rows = [
            FigureRow(row, target, _cells(row, years))
            for row, target in zip(indicators, targets, strict=True)
        ]
        words = [str(year) for year in years] + [cell.text for row in rows for cell in row.cells]
        year_width = _even(_millimetres(widest_word(words)))
        if len(years) <= 1 or year_width * len(years) <= room:
            break
        years = years[1:]
    return FigureTable(
        years=years,
        earlier=all_years[: len(all_years) - len(years)],
        rows=rows,
        shortened=any(_is_shortened(row) for row in rows),
        target_width=_even(target_width),
        year_width=year_width,
    )


def _target(indicator: IndicatorContent) -> str:
    """A target in words; a number and a long unit may stand on a line each."""
    words = target_text(indicator)
    is_wide = _millimetres(widest_word([words])) > WIDE_TARGET
    return words.replace(NO_BREAK_SPACE, " ") if is_wide else words


def _cells(indicator: IndicatorContent, years: Sequence[int]) -> list[Cell]:
    """What the table says of each year: "3,3", "ja", "mangler", "måles ikke", or "–"."""
    numbers = _numbers(indicator, years)
    return [
        Cell(year, numbers.get(year) or in_cell(point_of(indicator, year), indicator))
        for year in years
    ]


def _numbers(indicator: IndicatorContent, years: Sequence[int]) -> Mapping[int, str]:
    """The values of the years, alike in decimals."""
    points = [point for point in indicator["points"] if point["value"] and point["year"] in years]
    texts = meaning_from(indicator).brief([Decimal(point["value"]) for point in points])
    return {point["year"]: text for point, text in zip(points, texts, strict=True)}


def _is_shortened(row: FigureRow) -> bool:
    meaning = meaning_from(row.indicator)
    values = {each["year"]: each["value"] for each in row.indicator["points"] if each["value"]}
    shown = [Decimal(values[cell.year]) for cell in row.cells if cell.year in values]
    is_long = any(len(meaning.number(value)) >= LONG for value in shown)
    return is_long or meaning.in_few_words != meaning.in_words


def _millimetres(ems: float) -> int:
    return ceil(ems * MM_PER_EM) + MM_BESIDE


def _even(millimetres: float) -> int:
    return 2 * ceil(millimetres / 2)
