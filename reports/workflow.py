"""Publishing: a report becomes a frozen edition in one transaction, with its PDF."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.access import Mandate
from actions.history import record
from actions.models import Catalogue
from actions.workflow import IllegalTransition
from reports.assemble import assemble
from reports.content import ReportContent, canonical_text
from reports.editorial import too_long
from reports.models import Edition, Kind, Rendering, Report
from reports.pdf import TEMPLATE_VERSION, EditionMark, render_pdf


def content_hash(content: ReportContent) -> str:
    """SHA-256 of the content, equal for equal content whatever database it has been in."""
    return hashlib.sha256(canonical_text(content).encode()).hexdigest()


def draft_pdf(catalogue: Catalogue, content: ReportContent) -> bytes:
    """The draft's PDF; content and templates that have not changed are not rendered again."""
    report = _report(catalogue, content["year"], Kind(content["kind"]))
    key = f"{TEMPLATE_VERSION}:{content_hash(content)}"
    kept = Rendering.objects.filter(report=report, key=key).first()
    if kept is None:
        pdf = render_pdf(content, edition=None)
        defaults = {"key": key, "pdf": pdf}
        kept, _created = Rendering.objects.update_or_create(report=report, defaults=defaults)
    return bytes(kept.pdf)


def publish(
    *,
    catalogue: Catalogue,
    year: int,
    read: str,
    changes: str,
    by: Mandate,
    kind: Kind = Kind.STATUS,
) -> Edition:
    """Freezes the year's report as its next edition.

    The PDF takes seconds, so it is made before the transaction; content or number that moved
    meanwhile is refused, and so is content that is not the one `read` (its hash). A correction
    must say what it changes. Raises IllegalTransition.
    """
    if not by.is_coordinator:
        raise IllegalTransition(_("Du har ikke ret til at udgive rapporter."))
    content = assemble(catalogue, year, kind)
    if read != content_hash(content):
        raise IllegalTransition(
            _("Indholdet er ændret, siden du så det. Se kladden igennem, og udgiv så.")
        )
    report = _report(catalogue, year, kind)
    latest = report.editions.without_pdf().order_by("-number").first()
    _check(content, latest, changes)
    number = latest.number + 1 if latest else 1
    now = timezone.now()
    pdf = render_pdf(content, edition=mark_for(number, now, content))
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=report.pk)
        moved = report.editions.filter(number=number).exists()
        if moved or assemble(catalogue, year, kind) != content:
            raise IllegalTransition(
                _("Rapporten blev ændret, mens den blev udgivet. Se den igennem, og prøv igen.")
            )
        edition = Edition.objects.create(
            report=report,
            number=number,
            content=content,
            content_sha256=content_hash(content),
            template_version=TEMPLATE_VERSION,
            pdf=pdf,
            pdf_sha256=hashlib.sha256(pdf).hexdigest(),
            changes=changes,
            published_at=now,
            published_by=str(by.user),
        )
        record("publish", actor=by.user, subject=str(edition), comment=changes)
    return edition


def mark_for(number: int, now: datetime, content: ReportContent) -> EditionMark:
    """What an edition prints of itself; the day is the municipality's."""
    return EditionMark(number, timezone.localdate(now).isoformat(), content_hash(content))


def _report(catalogue: Catalogue, year: int, kind: Kind) -> Report:
    found, _created = Report.objects.get_or_create(catalogue=catalogue, kind=kind, year=year)
    return found


def _check(content: ReportContent, latest: Edition | None, changes: str) -> None:
    if not content["has_round"]:
        raise IllegalTransition(_("Der er ingen statusrunde for året, så der er intet at udgive."))
    if faults := too_long(content):
        raise IllegalTransition(faults)
    if latest is None:
        return
    if latest.content_sha256 == content_hash(content):
        raise IllegalTransition(
            _("Intet er ændret siden %(number)d. udgave.") % {"number": latest.number}
        )
    if not changes.strip():
        raise IllegalTransition(_("Skriv, hvad der er ændret siden sidste udgave."))
