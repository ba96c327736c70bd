"""Publishing in the background: the request (`Publication`), and the edition made from it."""

from typing import Any

from django.db import transaction
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.access import Mandate, mandate_of
from actions.writing.refusals import Refused
from reports.editions import verbs
from reports.models import Job, Kind, Publication, Report
from reports.rendering import jobs
from reports.rendering.progress import Progress, under_way
from reports.rendering.tasks import REFUSALS


def of_publication(wish: Publication) -> Progress:
    """How far a publication is."""
    if wish.is_unfinished:
        return under_way(wish, wish.report.url("publication", pk=wish.pk))
    if wish.edition is None:
        text = _("Rapporten er ikke udgivet. %(fault)s") % {"fault": wish.fault}
        back = f"{wish.report.publish_url}?igen={wish.pk}"
        return Progress("failed", text, url=back, link=_("Tilbage til udgivelsen"))
    text = _("%(edition)s er udgivet.") % {"edition": wish.edition}
    return Progress(
        "ready",
        text,
        url=wish.edition.get_absolute_url(),
        link=_("Læs %(edition)s") % {"edition": wish.edition},
    )


@transaction.atomic
def ask_to_publish(
    report: Report, *, seal: str, changes: str, confirmed: bool, by: Mandate
) -> Publication:
    """Enqueues a publication; a second click gives the first one.

    Raises Refused if another one waits, or as `verbs.check_publishable`.
    """
    Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    waiting = report.publications.filter(state__in=Job.UNFINISHED).first()
    if waiting is not None:
        if (waiting.by, waiting.seal, waiting.changes) == (by.user, seal, changes):
            return waiting
        raise Refused(_("%(name)s er ved at udgive rapporten.") % {"name": waiting.by_name})
    verbs.check_publishable(report, seal=seal, changes=changes, confirmed=confirmed, by=by)
    wish = Publication.objects.create(
        report=report,
        seal=seal,
        changes=changes,
        confirmed=confirmed,
        by=by.user,
        by_name=str(by.user),
        asked_at=timezone.now(),
    )
    jobs.enqueue(wish, publish_edition)
    return wish


@task(takes_context=True)
def publish_edition(context: jobs.Context, pk: int) -> None:
    jobs.work(
        Publication, pk, task=publish_edition, context=context, make=_edition, refusals=REFUSALS
    )


def _edition(wish: Publication) -> dict[str, Any]:
    """Publishes the edition, or takes the one that a killed worker had already published."""
    report = wish.report
    try:
        edition = verbs.publish(
            catalogue=report.catalogue,
            year=report.year,
            seal=wish.seal,
            changes=wish.changes,
            confirmed=wish.confirmed,
            by=_still_allowed(wish),
            kind=Kind(report.kind),
        )
    except verbs.AlreadyPublished as done:
        edition = done.edition
    return {"edition": edition}


def _still_allowed(wish: Publication) -> Mandate:
    """The asker's mandate today. Raises Refused if they are no longer a user."""
    if wish.by is None or not wish.by.is_active:
        raise Refused(_("%(name)s er ikke længere bruger her.") % {"name": wish.by_name})
    return mandate_of(wish.by, timezone.localdate())
