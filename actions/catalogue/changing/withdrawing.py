"""Takes back a catalogue that was made by mistake, as long as nothing rests on it.

Its version stays, as every version does, so that it can be exported again by command. Its short
name is free.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.catalogue.file import CatalogueRows
from actions.catalogue.versions.store import add_version, rows_in
from actions.danish import format_date, listed
from actions.history.record import record
from actions.models import Catalogue, CatalogueVersion, Measurement
from actions.models.history import Announces, HistoryVerb, Scope
from actions.models.versions import Descent
from actions.writing.refusals import Refused

WITHDRAWN: Final = HistoryVerb(
    "withdraw_catalogue", gettext_lazy("Kataloget fortrudt"), announces=Announces.ALWAYS
)

#: What other apps know to rest on a catalogue, each a sentence: `reports.apps` fills it.
resting: Final[list[Callable[[Catalogue], Iterable[str]]]] = []


@dataclass(frozen=True)
class WhatGoes:
    """How much is taken back with a catalogue."""

    actions: int
    goals: int
    indicators: int
    initiatives: int
    suppliers: int


def what_goes(catalogue: Catalogue) -> WhatGoes:
    """One query."""
    indicators = "actions__goals__indicators"
    places = {
        "actions": "actions",
        "goals": "actions__goals",
        "indicators": indicators,
        "initiatives": "actions__initiatives",
        "suppliers": f"{indicators}__supplier",
    }
    counts = {f"{name}_counted": Count(place, distinct=True) for name, place in places.items()}
    counted = Catalogue.objects.filter(pk=catalogue.pk).aggregate(**counts)
    return WhatGoes(**{name: counted[f"{name}_counted"] for name in places})


def why_not_withdrawn(catalogue: Catalogue) -> list[str]:
    """What rests on a catalogue, a sentence each; empty if it can be taken back."""
    reasons = []
    if rounds := list(catalogue.rounds.order_by("year").values_list("year", flat=True)):
        reasons.append(_("Det har statusrunder: %(years)s.") % {"years": listed(rounds)})
    reasons += _why_changed(catalogue)
    if Measurement.objects.filter(indicator__goal__action__catalogue=catalogue).exists():
        reasons.append(_("Der er indberettet tal for dets måltal."))
    later = Catalogue.objects.filter(actions__origin__catalogue=catalogue).distinct()
    if titles := [row.title for row in later.latest_first()]:
        words = _("Handlinger er ført videre herfra til %(titles)s.")
        reasons.append(words % {"titles": listed(titles)})
    return [*reasons, *(sentence for source in resting for sentence in source(catalogue))]


def _why_changed(catalogue: Catalogue) -> list[str]:
    latest_first = CatalogueVersion.objects.filter(catalogue=catalogue).order_by("-pk")
    versions = list(latest_first.defer("rows")[:2])
    if len(versions) < 2:
        return []
    last, day = versions[0], format_date(timezone.localdate(versions[0].at))
    if not last.by_name:
        return [_("Det er ændret, siden det blev oprettet, sidst %(day)s.") % {"day": day}]
    words = _("Det er ændret, siden det blev oprettet, sidst %(day)s af %(name)s.")
    return [words % {"day": day, "name": last.by_name}]


@transaction.atomic
def withdraw_catalogue(*, catalogue: Catalogue, by: Mandate) -> None:
    """Deletes the catalogue with its actions; its version and the history keep what it was.

    Posts and partners stay. Raises Refused if something rests on it, or it is gone already.
    """
    locked = Catalogue.objects.select_for_update().filter(pk=catalogue.pk).first()
    if locked is None:
        raise Refused(_("Kataloget er allerede fortrudt."))
    if reasons := why_not_withdrawn(locked):
        raise Refused(" ".join([_("Kataloget kan ikke fortrydes."), *reasons]))
    if not locked.versions.exists():
        add_version(locked, by=by)
    # The final report of an earlier catalogue tells what goes on in this one.
    earlier = Catalogue.objects.filter(period_from__lt=locked.period_from).order_by("pk")
    about = [Scope(row.pk, row.final_year) for row in earlier]
    about.append(Scope(locked.pk, locked.period_from))
    slug, title = locked.slug, locked.title
    Descent.objects.filter(action__catalogue=locked).delete()  # protects the actions it names
    locked.delete()
    record(WITHDRAWN, actor=by.user, subject=title, about=about, content={"slug": slug})


def withdrawn_rows(slug: str) -> CatalogueRows | None:
    """The catalogue last taken back that had this short name, if any."""
    gone = CatalogueVersion.objects.filter(rows__slug=slug).defer("rows")
    there = Catalogue.objects.values("pk")
    version = gone.exclude(catalogue__in=there).order_by("-pk").first()
    return rows_in(version) if version else None
