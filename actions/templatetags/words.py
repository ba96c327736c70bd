"""What happened, and when, in Danish words: the history's rows, days to come and targets."""

import re
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions import danish
from actions.models import Event, Indicator, Role
from actions.models.history import VERBS
from actions.status.page import IndicatorPage
from actions.templatetags.charts import Drawn

register = template.Library()

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@register.filter
def happened(event: Event) -> str:
    """The verb of a row of history: "Sendt tilbage"; an unknown, older one shows its code."""
    verb = VERBS.get(event.verb)
    return str(verb.words) if verb else event.verb


@register.filter
def note(event: Event) -> str:
    """The comment of a row of history; role codes and ISO days in our own become words."""
    verb = VERBS.get(event.verb)
    if verb is None or not verb.in_codes:
        return event.comment
    text = ISO_DAY.sub(lambda iso: danish.format_date(date.fromisoformat(iso[0])), event.comment)
    roles = dict(Role.choices)
    return ", ".join(str(roles.get(word, word)) for word in text.split(", "))


@register.filter
def day(moment: datetime | None) -> str:
    """The day of a moment in the project's time zone: "den 25. november 2026"."""
    return "" if moment is None else danish.format_date(timezone.localdate(moment))


@register.filter
def moment(at: datetime | None) -> str:
    """Day and time: "den 25. november 2026 kl. 16.30"."""
    return "" if at is None else f"{day(at)} {danish.format_time(at)}"


@register.filter
def exact_moment(at: datetime) -> str:
    """A moment to the second: "den 25. november 2026 kl. 16.30.05"."""
    return f"{moment(at)}.{at:%S}"


@register.filter
def days_away(days: int) -> str:
    """How far off a day is: "i morgen", "om 11 dage", "3 dage siden"."""
    near = {0: _("i dag"), 1: _("i morgen"), -1: _("i går")}
    if days in near:
        return near[days]
    if days > 0:
        return ngettext("om %(days)d dag", "om %(days)d dage", days) % {"days": days}
    return ngettext("%(days)d dag siden", "%(days)d dage siden", -days) % {"days": -days}


@register.filter
def target_words(indicator: Indicator) -> str:
    """The target with its time: "mindst 1.000 ha inden 2030"."""
    return indicator.target_in_words


@register.filter
def as_target(value: Decimal, indicator: Indicator) -> str:
    """A target or a baseline with its unit: "1.000 ha", "ja"."""
    return indicator.meaning.target_quantity(value)


@register.filter
def chart_of(row: IndicatorPage) -> Drawn:
    """An indicator of a page as the chart tag reads it."""
    return Drawn(row.indicator.name, row.meaning, row.points)
