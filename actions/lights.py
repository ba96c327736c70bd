"""The one place that defines a light's word, colour, shape and order.

Pages, charts, PDF and workbook all read them here. DOMAIN.md: "always colour and shape and word".
The order is significant: worst first.
"""

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Light(models.TextChoices):
    """The head's assessment of a goal; the members are in order of attention, worst first."""

    OFF_TRACK = "off_track", _("Kræver handling")
    AT_RISK = "at_risk", _("Opmærksomhed")
    ON_TRACK = "on_track", _("På sporet")
    ACHIEVED = "achieved", _("Nået")
    NOT_ASSESSABLE = "not_assessable", _("Kan ikke vurderes")


#: Lights that need a cause, a consequence and a next step.
NEEDS_EXPLANATION: Final = frozenset({Light.OFF_TRACK, Light.AT_RISK})


@dataclass(frozen=True)
class Look:
    """How a light is drawn. `path` is SVG path data in a 24 x 24 view box, filled with `colour`.

    `tint` is the light background behind dark text; `sign` is cut out of the shape in white.
    """

    colour_name: str | Promise
    colour: str
    tint: str
    path: str
    sign: str
    meaning: str | Promise


LOOKS: Final[dict[Light, Look]] = {
    Light.OFF_TRACK: Look(
        colour_name=_("rød"),
        colour="#b3261e",
        tint="#fbeae9",
        path="M7.5 1.5h9l6 6v9l-6 6h-9l-6-6v-9z",
        sign="M7.4 9.2 9.2 7.4 12 10.2l2.8-2.8 1.8 1.8L13.8 12l2.8 2.8-1.8 1.8L12 13.8"
        "l-2.8 2.8-1.8-1.8L10.2 12z",
        meaning=_("Målet nås ikke uden en ny beslutning eller en større ændring."),
    ),
    Light.AT_RISK: Look(
        colour_name=_("gul"),
        colour="#8a5a00",
        tint="#fff4d6",
        path="M12 1.5 23 21.5H1z",
        sign="M10.8 8.5h2.4v6.5h-2.4zM10.8 16.6h2.4V19h-2.4z",
        meaning=_("Der er risiko for, at målet ikke nås; den ansvarlige chef har en plan."),
    ),
    Light.ON_TRACK: Look(
        colour_name=_("grøn"),
        colour="#2b6e3f",
        tint="#e6f3ea",
        path="M12 1.5a10.5 10.5 0 1 1 0 21 10.5 10.5 0 0 1 0-21z",
        sign="M10.4 16.9 5.9 12.4l1.8-1.8 2.7 2.7 5.9-5.9 1.8 1.8z",
        meaning=_("Arbejdet følger planen, og målet ventes nået."),
    ),
    Light.ACHIEVED: Look(
        colour_name=_("blå"),
        colour="#1d4f91",
        tint="#e7eef8",
        path="M12 .8l3.4 7.2 7.8 1-5.7 5.5 1.4 7.8L12 18.5l-6.9 3.8 1.4-7.8L.8 9l7.8-1z",
        sign="M10.7 15.5 7.6 12.4l1.4-1.4 1.7 1.7 4.1-4.1 1.4 1.4z",
        meaning=_("Målet er nået."),
    ),
    Light.NOT_ASSESSABLE: Look(
        colour_name=_("grå"),
        colour="#57606a",
        tint="#eef0f2",
        path="M2 2h20v20H2z",
        sign="M6.5 10.8h11v2.4h-11z",
        meaning=_("Der mangler viden til at vurdere målet; begrundelsen siger hvorfor."),
    ),
}


def order(light: str) -> int:
    """The place of a light in order of attention: 0 is worst; an unknown or no light is last."""
    values: list[str] = list(Light.values)
    return values.index(light) if light in values else len(values)


def direction(before: str, after: str) -> str:
    """The way from a light to another: "better", "worse", "same", or "other" to or from grey."""
    if before == after:
        return "same"
    if Light.NOT_ASSESSABLE in {before, after}:
        return "other"
    return "better" if order(after) > order(before) else "worse"
