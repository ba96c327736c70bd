"""The kinds of indicators, and what people type for a yes or no."""

from decimal import Decimal
from typing import Final, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

YES, NO = Decimal(1), Decimal(0)
#: What people type for yes and no.
ANSWERS: Final = {"ja": YES, "j": YES, "1": YES, "nej": NO, "n": NO, "0": NO}


class Comparison(models.TextChoices):
    AT_LEAST = "at_least", _("mindst")
    AT_MOST = "at_most", _("højst")
    BETWEEN = "between", _("mellem")


class Measures(models.TextChoices):
    """What a value says: the level that year, the total so far, or what the year added."""

    LEVEL = "level", _("niveauet det år")
    TOTAL = "total", _("det samlede antal ved årets udgang")
    ADDITION = "addition", _("årets tilvækst")


class ValueKind(models.TextChoices):
    NUMBER = "number", _("et tal")
    YES_NO = "yes_no", _("ja eller nej")


class Due(NamedTuple):
    """A target and the year to reach it in; None if it holds every year, or no time is set."""

    year: int | None
    value: Decimal
