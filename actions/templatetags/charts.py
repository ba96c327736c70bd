"""Charts for pages and reports, drawn by `components/chart.html` and `light_bar.html`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from actions.meaning import Meaning, meaning_from
from actions.templatetags.lights import light_look
from actions.tools import charts

register = template.Library()


@dataclass(frozen=True)
class Drawn:
    """What a chart draws: values by year, summed up where they add up, without years between."""

    name: str
    meaning: Meaning
    points: list[tuple[int, Decimal | None]]

    @property
    def unit(self) -> str:
        words = _("%(unit)s, lagt sammen") % {"unit": self.meaning.unit}
        return words if self.meaning.adds_up else self.meaning.unit


@register.inclusion_tag("components/chart.html")
def indicator_chart(indicator: Drawn | Mapping[str, Any]) -> dict[str, Any]:
    """The chart of an indicator, of a page or as a report holds it
    (`reports.content.shape.IndicatorContent`). A yes or no has none.
    """
    drawn = indicator if isinstance(indicator, Drawn) else _drawn(indicator)
    meaning, points = drawn.meaning, drawn.points
    if not points or meaning.is_yes_no:
        return {"chart": None}
    last = points[-1][0]
    due = meaning.due(last)
    chart = charts.lay_out_chart(
        points,
        target=due.value,
        target_year=due.year,
        upper=meaning.upper if meaning.is_range else None,
        steps=[step for step in meaning.steps if step[0] != due.year],
        every=meaning.every,
        shown=meaning.number,
    )
    label = f"{_('Mål')}: {meaning.due_words(last)}"
    return {"chart": chart, "indicator": drawn, "target_label": label}


def _drawn(content: Mapping[str, Any]) -> Drawn:
    meaning = meaning_from(content)
    field = "total" if meaning.adds_up else "value"
    points = [
        (point["year"], Decimal(number) if number else None)
        for point in content["points"]
        for number in [point.get(field, "")]
        if number or not (point["value"] or point.get("between"))
    ]
    return Drawn(content["name"], meaning, points)


@register.inclusion_tag("components/light_bar.html")
def light_bar(counts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A bar of goals by light; each count has its `light` and the number of `goals`."""
    segments = charts.light_segments([count["goals"] for count in counts])
    lights = [count["light"] for count in counts]
    rows = zip(lights, segments, strict=True)
    return {
        "parts": [(light, light_look(light["code"]), part) for light, part in rows if part.count]
    }


@register.filter
def target_label(indicator: Mapping[str, Any]) -> str:
    """The target in words: "Mål: mindst 1.000 ha inden 2030"."""
    return f"{_('Mål')}: {meaning_from(indicator).in_words}"
