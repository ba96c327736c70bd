"""Charts for pages and reports, drawn by `components/chart.html` and `light_bar.html`."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from actions import danish
from actions.templatetags.lights import light_look
from actions.tools import charts

register = template.Library()


@register.inclusion_tag("components/chart.html")
def indicator_chart(indicator: Mapping[str, Any]) -> dict[str, Any]:
    """The chart of an indicator as a report holds it (`reports.content.shape.IndicatorContent`)."""
    points = [
        (point["year"], Decimal(point["value"]) if point["value"] else None)
        for point in indicator["points"]
    ]
    chart = charts.lay_out_chart(
        points, target=Decimal(indicator["target"]), target_year=indicator["by_year"]
    )
    return {"chart": chart, "indicator": indicator, "target_label": target_label(indicator)}


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
    quantity = danish.format_quantity(Decimal(indicator["target"]), indicator["unit"])
    words = [str(indicator["comparison_word"]), quantity, str(indicator["timing"])]
    return f"{_('Mål')}: {' '.join(filter(None, words))}"
