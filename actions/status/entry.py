"""What a head has entered for one goal, as plain values, and what it lacks for submitting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from actions.figures.earlier import Values
from actions.lights import NEEDS_EXPLANATION, Light
from actions.models import GoalStatus, Indicator, Round
from actions.models.status import TEXT_LABELS
from actions.status.suggestion import Suggestion, suggest

#: Texts that explain one year only: they are not taken over to the next.
OF_ITS_YEAR: Final = ("why_unchanged", "why_differs")


@dataclass(frozen=True)
class Figure:
    """An indicator's value for the round's measured year; `value` is None if it is missing."""

    indicator: int
    value: Decimal | None = None
    missing_reason: str = ""
    source: str = ""
    comment: str = ""

    @property
    def is_empty(self) -> bool:
        return self.value is None and not (self.missing_reason or self.source or self.comment)


@dataclass(frozen=True)
class Entry:
    """A light ("" for none yet), the texts by field name of `GoalStatus`, and the figures.

    `unparsed`: what was typed in a figure's field (`value-<indicator id>`) and is no number.
    """

    light: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    unparsed: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.texts.get(name, "")


def stored_entry(status: GoalStatus) -> Entry:
    """What stands in a status: nobody else's truth before it is handed in."""
    return Entry(
        light=status.light,
        texts={name: getattr(status, name) for name in GoalStatus.TEXTS},
        figures=_figures_from(status.figures),
        unparsed=status.unparsed,
    )


def without_empty(entry: Entry) -> Entry:
    """The entry as it is stored: an empty figure is left out."""
    return replace(entry, figures=tuple(row for row in entry.figures if not row.is_empty))


def taken_over(entry: Entry, before: Entry) -> Entry:
    """An entry whose empty fields are filled with last year's light and texts.

    Figures are measured anew every year. The texts `OF_ITS_YEAR` stay behind too.
    """
    kept = {name: text for name, text in before.texts.items() if name not in OF_ITS_YEAR}
    texts = {name: entry.text(name) or kept.get(name, "") for name in TEXT_LABELS}
    return replace(entry, light=entry.light or before.light, texts=texts)


def suggestion_for(
    round_: Round,
    indicators: Sequence[Indicator],
    entry: Entry,
    earlier: Mapping[int, Values],
) -> Suggestion:
    """The light that the entered figures suggest for the round's measured year.

    `earlier` has the values of the years before, by indicator, of those that add up.
    """
    year, period_from = round_.measured_year, round_.catalogue.period_from
    typed = {figure.indicator: figure.value for figure in entry.figures}
    figures = []
    for indicator in indicators:
        values = {**earlier.get(indicator.pk, {}), year: typed.get(indicator.pk)}
        figures.append((indicator, indicator.meaning.held(values, year, period_from)))
    return suggest(figures, year=year, period_from=period_from)


def lacks(
    entry: Entry,
    indicators: Sequence[int],
    suggestion: Suggestion,
    before: Entry | None = None,
) -> dict[str, str]:
    """What must be added before the status can be submitted: field name → message in Danish.

    `indicators` are those that are measured that year; the field of a figure is
    `value-<indicator id>`, as in the form. `before`: what was handed in last time; the same text
    again needs a reason.
    """
    missing = dict(_missing_texts(entry))
    if before and _is_unchanged(entry, before) and not entry.text("why_unchanged").strip():
        missing["why_unchanged"] = _(
            "Teksten er den samme som sidste år. Skriv, hvorfor intet er ændret."
        )
    if entry.light and _differs(entry, suggestion) and not entry.text("why_differs").strip():
        missing["why_differs"] = _(
            "Skriv i én sætning, hvorfor din vurdering er en anden end tallenes."
        )
    missing |= dict.fromkeys(entry.unparsed, _("Skriv et tal, fx 3,3 eller 1.000."))
    figures = {figure.indicator: figure for figure in entry.figures}
    for indicator in indicators:
        figure = figures.get(indicator, Figure(indicator))
        if figure.value is None and not figure.missing_reason.strip():
            message = _("Skriv årets tal, eller skriv, hvorfor det mangler.")
            missing.setdefault(f"value-{indicator}", message)
    return missing


def _missing_texts(entry: Entry) -> list[tuple[str, str]]:
    wanted = [("progress", _("Skriv, hvad der er sket siden sidste år."))]
    if entry.light in NEEDS_EXPLANATION:
        wanted += [
            ("cause", _("Skriv årsagen: vurderingen er rød eller gul.")),
            ("consequence", _("Skriv konsekvensen: vurderingen er rød eller gul.")),
            ("next_step", _("Skriv det næste skridt: vurderingen er rød eller gul.")),
        ]
    if entry.light == Light.NOT_ASSESSABLE:
        wanted.append(("why_not_assessable", _("Skriv, hvorfor målet ikke kan vurderes.")))
    missing = [(name, message) for name, message in wanted if not entry.text(name).strip()]
    if not entry.light:
        missing.insert(0, ("light", _("Vælg en vurdering.")))
    return missing


def _is_unchanged(entry: Entry, before: Entry) -> bool:
    progress = entry.text("progress").strip()
    return bool(progress) and progress == before.text("progress").strip()


def _differs(entry: Entry, suggestion: Suggestion) -> bool:
    return suggestion.light is not None and entry.light != suggestion.light


def entry_from(content: Mapping[str, Any]) -> Entry:
    """The inverse of `content_of`."""
    return Entry(
        light=content.get("light", ""),
        texts=dict(content.get("texts", {})),
        figures=_figures_from(content.get("figures", [])),
        unparsed=dict(content.get("unparsed", {})),
    )


def _figures_from(rows: Sequence[Mapping[str, Any]]) -> tuple[Figure, ...]:
    return tuple(
        Figure(**{**row, "value": Decimal(row["value"]) if row["value"] else None}) for row in rows
    )


def content_of(entry: Entry) -> dict[str, Any]:
    """An entry as JSON, complete, so that every version can be read again."""
    return {
        "light": entry.light,
        "texts": dict(entry.texts),
        "unparsed": dict(entry.unparsed),
        "figures": [
            {
                "indicator": figure.indicator,
                "value": "" if figure.value is None else str(figure.value),
                "missing_reason": figure.missing_reason,
                "source": figure.source,
                "comment": figure.comment,
            }
            for figure in entry.figures
        ],
    }
