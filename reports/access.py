"""Who sees which report: published editions are for all readers, drafts for the coordinator."""

from django.http import Http404

from actions.access import READERS, get_catalogue
from actions.models import Catalogue, Role
from reports.assemble import NoSuchReport, assemble
from reports.content import ReportContent
from reports.models import (
    Edition,
    EditionQuerySet,
    JobState,
    Kind,
    Publication,
    Rendering,
)
from reports.workflow import Proof, proof_after

#: Who reads published editions.
EDITION_READERS = (*READERS, Role.COMMITTEE, Role.COUNCIL)


def get_edition(slug: str, year: int, number: int) -> Edition:
    """A published statusredegørelse with its PDF left in the database, or 404."""
    rows = _editions(slug, year, number).without_pdf()
    found = rows.select_related("report__catalogue").first()
    if found is None:
        raise Http404
    return found


def get_edition_pdf(slug: str, year: int, number: int) -> bytes:
    """The stored bytes of an edition's PDF, and nothing else read; or 404."""
    found = _editions(slug, year, number).values_list("pdf", flat=True).first()
    if found is None:
        raise Http404
    return bytes(found)


def _editions(slug: str, year: int, number: int) -> EditionQuerySet:
    return Edition.objects.filter(
        report__catalogue__slug=slug,
        report__year=year,
        report__kind=Kind.STATUS,
        number=number,
    )


def get_proof(slug: str, year: int) -> tuple[Catalogue, Proof]:
    """The year's statusredegørelse as it would be published, or 404."""
    latest = Edition.objects.latest_of(slug, year, Kind.STATUS)
    catalogue = latest.report.catalogue if latest else get_catalogue(slug)
    try:
        return catalogue, proof_after(latest, catalogue, year)
    except NoSuchReport as error:
        raise Http404 from error


def get_draft(catalogue: Catalogue, year: int) -> ReportContent:
    """The year's statusredegørelse as it stands, or 404 for a year the catalogue does not have."""
    try:
        return assemble(catalogue, year)
    except NoSuchReport as error:
        raise Http404 from error


def get_rendering(catalogue: Catalogue, year: int) -> Rendering | None:
    """What is known of the draft's PDF, which is left in the database; None before the first."""
    rows = Rendering.objects.defer("pdf").filter(
        report__catalogue=catalogue, report__year=year, report__kind=Kind.STATUS
    )
    return rows.select_related("report__catalogue").first()


def get_draft_pdf(catalogue: Catalogue, year: int, key: str) -> bytes | None:
    """The draft's PDF, where the one that is kept has this key."""
    rows = Rendering.objects.filter(report__catalogue=catalogue, report__year=year, key=key)
    pdf = rows.filter(report__kind=Kind.STATUS).values_list("pdf", flat=True).first()
    return None if pdf is None else bytes(pdf)


def get_publication(slug: str, year: int, pk: int) -> Publication:
    """A wish to publish, or 404."""
    rows = Publication.objects.filter(
        report__catalogue__slug=slug, report__year=year, report__kind=Kind.STATUS, pk=pk
    )
    found = rows.select_related("report__catalogue", "edition__report__catalogue").first()
    if found is None:
        raise Http404
    return found


def typed_before(catalogue: Catalogue, wish: str) -> str:
    """What was typed to the publication with this number, where nothing came of it."""
    if not wish.isdecimal():
        return ""
    rows = Publication.objects.filter(report__catalogue=catalogue, state=JobState.FAILED)
    return rows.filter(pk=wish[:18]).values_list("changes", flat=True).first() or ""
