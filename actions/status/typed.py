"""A goal's page with what somebody is typing, unsaved."""

from collections.abc import Mapping
from copy import copy
from dataclasses import replace

from actions.models import GoalStatus, Measurement
from actions.status.entry import Entry, Figure, suggestion_for
from actions.status.page import GoalPage, IndicatorPage


def as_typed(page: GoalPage, entry: Entry) -> GoalPage:
    """The page with the entry's light, texts and figures, and the light these suggest."""
    figures = {figure.indicator: figure for figure in entry.figures if not figure.is_empty}
    indicators = [row.indicator for row in page.indicators]
    return replace(
        page,
        status=_status(page.status, entry),
        entry=replace(entry, figures=tuple(figures.values())),
        indicators=[_indicator(row, figures) for row in page.indicators],
        suggestion=suggestion_for(page.status.round, indicators, entry),
    )


def _status(stored: GoalStatus, entry: Entry) -> GoalStatus:
    typed = copy(stored)
    typed.light = entry.light
    for name in GoalStatus.TEXTS:
        setattr(typed, name, entry.text(name))
    return typed


def _indicator(row: IndicatorPage, figures: Mapping[int, Figure]) -> IndicatorPage:
    values = {year: value for year, value in row.values.items() if year != row.year}
    if figure := figures.get(row.indicator.pk):
        values[row.year] = Measurement(
            indicator=row.indicator,
            year=row.year,
            value=figure.value,
            missing_reason=figure.missing_reason,
            source=figure.source,
            comment=figure.comment,
        )
    return replace(row, values=values)
