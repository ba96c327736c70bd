"""What happened, and when, in Danish words: the history's rows, days to come and targets."""

import re
from datetime import date, datetime
from typing import Any, Final

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actions import danish
from actions.contexts import IndicatorPage
from actions.models import Event, Indicator, Role

register = template.Library()

#: What the history calls each verb; an unknown one is shown as it is written.
VERBS: Final = {
    "save": gettext_lazy("Kladde gemt"),
    "submit": gettext_lazy("Indsendt"),
    "approve": gettext_lazy("Godkendt"),
    "return": gettext_lazy("Sendt tilbage"),
    "refuse": gettext_lazy("Ikke gemt, men bevaret"),
    "sign": gettext_lazy("Tiltrådt"),
    "comment": gettext_lazy("Kommentar"),
    "resolve": gettext_lazy("Kommentar løst"),
    "reopen_comment": gettext_lazy("Kommentar åbnet igen"),
    "delegate": gettext_lazy("Stedfortræder valgt"),
    "end_delegation": gettext_lazy("Stedfortræder stoppet"),
    "open_round": gettext_lazy("Runden oprettet"),
    "change_dates": gettext_lazy("Rundens datoer ændret"),
    "close_round": gettext_lazy("Runden lukket"),
    "reopen_round": gettext_lazy("Runden genåbnet"),
    "remind": gettext_lazy("Påmindelse sendt"),
    "edit_catalogue": gettext_lazy("Kataloget ændret"),
    "appoint": gettext_lazy("Stillingen besat"),
    "end_appointment": gettext_lazy("Fratræden noteret"),
    "rename": gettext_lazy("Stillingen har fået nyt navn"),
    "place": gettext_lazy("Stillingens forvaltning ændret"),
    "create_user": gettext_lazy("Bruger oprettet"),
    "change_user": gettext_lazy("Bruger ændret"),
    "publish": gettext_lazy("Rapport udgivet"),
    "ask": gettext_lazy("Spørgsmål stillet"),
    "answer": gettext_lazy("Spørgsmål besvaret"),
    "refuse_answer": gettext_lazy("Svar ikke gemt, men bevaret"),
    "replace_answer": gettext_lazy("Kladde til svar erstattet, men bevaret"),
    "point": gettext_lazy("Peget på en handling"),
    "withdraw": gettext_lazy("Ønske om en handling trukket tilbage"),
    "decide": gettext_lazy("Udvalgets beslutning noteret"),
    "programme": gettext_lazy("Temamødets program gemt"),
    "conclude": gettext_lazy("Temamødets konklusion gemt"),
    "refuse_conclusion": gettext_lazy("Konklusion ikke gemt, men bevaret"),
    "replace_conclusion": gettext_lazy("Kladde til konklusion erstattet, men bevaret"),
    "case_template": gettext_lazy("Sagspakkens skabelon ændret"),
    "make_public": gettext_lazy("Rapport offentliggjort"),
    "withdraw_public": gettext_lazy("Rapport trukket tilbage fra offentligheden"),
    "import_catalogue": gettext_lazy("Katalog indlæst"),
}
#: Verbs whose comment is not somebody's words but codes and days of ours.
CODED: Final = {"open_round", "change_dates", "create_user", "change_user"}
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@register.filter
def happened(event: Event) -> str:
    """The verb of a row of history: "Sendt tilbage"."""
    return str(VERBS.get(event.verb, event.verb))


@register.filter
def note(event: Event) -> str:
    """The comment of a row of history; the role codes and ISO days in ours become words."""
    if event.verb not in CODED:
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
    """A moment to the second, where many lie close: "den 25. november 2026 kl. 16.30.05"."""
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
    quantity = danish.format_quantity(indicator.target, indicator.unit)
    return " ".join(filter(None, [indicator.get_comparison_display(), quantity, indicator.timing]))


@register.filter
def chart_of(row: IndicatorPage) -> dict[str, Any]:
    """An indicator as the chart tag reads it."""
    indicator = row.indicator
    return {
        "name": indicator.name,
        "unit": indicator.unit,
        "target": str(indicator.target),
        "comparison_word": indicator.get_comparison_display(),
        "timing": indicator.timing,
        "by_year": indicator.by_year,
        "points": [
            {"year": year, "value": "" if value is None else str(value)}
            for year, value in row.points
        ],
    }
