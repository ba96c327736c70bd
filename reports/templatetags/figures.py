"""What the report's templates say of figures: values, targets and what the values mean."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from actions.meaning import Measures, meaning_from
from reports.content.shape import IndicatorContent, PointContent

register = template.Library()


@register.filter
def in_cell(point: PointContent | None, indicator: IndicatorContent) -> str:
    """What a table shows of a year: "3,3", "ja", "mangler", "måles ikke", or "–"."""
    if point is None:
        return "–"
    if point["value"]:
        return meaning_from(indicator).number(Decimal(point["value"]))
    return _("måles ikke") if point.get("between") else _("mangler")


@register.filter
def with_unit(point: PointContent | None, indicator: IndicatorContent) -> str:
    """A year's value with its unit, or why there is none."""
    if point is None or not point["value"]:
        return in_cell(point, indicator)
    return meaning_from(indicator).brief_quantity(Decimal(point["value"]))


@register.filter
def target_text(indicator: IndicatorContent) -> str:
    """The targets with their time: "mindst 120 ha inden 2025, 300 ha inden 2030"."""
    return meaning_from(indicator).in_few_words


@register.filter
def as_number(number: str, indicator: IndicatorContent) -> str:
    """An earlier target without its unit."""
    return meaning_from(indicator).target_number(Decimal(number)) if number else ""


@register.filter
def as_target(number: str, indicator: IndicatorContent) -> str:
    """A target with its unit."""
    return meaning_from(indicator).target_quantity(Decimal(number)) if number else ""


@register.filter
def revised_figures(indicator: IndicatorContent) -> list[str]:
    """A sentence for each year whose value was revised since the last report."""
    return [point["revised"] for point in indicator["points"] if point["revised"]]


@register.filter
def about(indicator: IndicatorContent, point: PointContent | None) -> str:
    """Where the values begin, what they count and how often, in a few sentences; else ""."""
    meaning = meaning_from(indicator)
    sentences = []
    if meaning.baseline is not None:
        words = {"quantity": meaning.quantity(meaning.baseline), "year": meaning.baseline_year}
        begins = _("Udgangspunkt: %(quantity)s.")
        if meaning.baseline_year:
            begins = _("Udgangspunkt: %(quantity)s i %(year)d.")
        sentences.append(begins % words)
    if meaning.measures == Measures.TOTAL:
        sentences.append(_("Tallet er det samlede antal ved årets udgang."))
    elif meaning.measures == Measures.ADDITION:
        sentences.append(_("Tallet er det, året lagde til."))
    if point and point.get("total"):
        total = meaning.quantity(Decimal(point["total"]))
        sentences.append(_("Lagt sammen: %(total)s.") % {"total": total})
    if meaning.every > 1:
        sentences.append(_("Måles hvert %(every)d. år.") % {"every": meaning.every})
    return " ".join(sentences)
