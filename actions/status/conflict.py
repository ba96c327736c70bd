"""A refused entry and the stored one: where they differ, and the entry that a choice makes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from actions.lights import Light
from actions.models import Indicator
from actions.models.status import TEXT_LABELS
from actions.status.entry import Entry, Figure
from actions.writing.merging import Difference, Side

FIGURE: Final = "figure-"


def differences(stored: Entry, typed: Entry, indicators: Sequence[Indicator]) -> list[Difference]:
    """The differing fields, in the order of the form: figures, light, texts."""
    pieces = [
        Difference(
            f"{FIGURE}{indicator.pk}",
            indicator.name,
            _figure_words(stored, indicator),
            _figure_words(typed, indicator),
            is_text=False,
        )
        for indicator in indicators
    ]
    label = _("Vurdering")
    pieces.append(
        Difference("light", label, _word(stored.light), _word(typed.light), is_text=False)
    )
    pieces += [
        Difference(name, str(label), stored.text(name), typed.text(name), is_text=True)
        for name, label in TEXT_LABELS.items()
    ]
    return [piece for piece in pieces if piece.stored != piece.typed]


def merge(
    stored: Entry, typed: Entry, choices: Mapping[str, Side], own: Mapping[str, str]
) -> Entry:
    """The stored entry with the chosen sides; `own` holds the texts that were written anew."""
    merged = stored
    for name, side in choices.items():
        if side is Side.OWN:
            merged = replace(merged, texts=merged.texts | {name: own[name]})
        elif side is Side.TYPED:
            merged = _with_typed(merged, typed, name)
    return merged


def _with_typed(merged: Entry, typed: Entry, name: str) -> Entry:
    if name == "light":
        return replace(merged, light=typed.light)
    if not name.startswith(FIGURE):
        return replace(merged, texts=merged.texts | {name: typed.text(name)})
    indicator = int(name.removeprefix(FIGURE))
    field = f"value-{indicator}"
    others = tuple(figure for figure in merged.figures if figure.indicator != indicator)
    unparsed = {key: text for key, text in merged.unparsed.items() if key != field}
    if field in typed.unparsed:
        unparsed[field] = typed.unparsed[field]
    return replace(merged, figures=(*others, _figure(typed, indicator)), unparsed=unparsed)


def _figure(entry: Entry, indicator: int) -> Figure:
    figures = (figure for figure in entry.figures if figure.indicator == indicator)
    return next(figures, Figure(indicator))


def _figure_words(entry: Entry, indicator: Indicator) -> str:
    figure = _figure(entry, indicator.pk)
    value = entry.unparsed.get(f"value-{indicator.pk}", "")
    if isinstance(figure.value, Decimal):
        value = indicator.meaning.quantity(figure.value)
    parts = [
        value,
        figure.missing_reason and _("mangler: %s") % figure.missing_reason,
        figure.source and _("kilde: %s") % figure.source,
        figure.comment and _("bemærkning: %s") % figure.comment,
    ]
    return "; ".join(part for part in parts if part)


def _word(light: str) -> str:
    return str(Light(light).label) if light in Light.values else ""
