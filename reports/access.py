"""Who sees which report: published editions are for all readers, drafts for the coordinator.

What is written by hand for a report belongs to who writes it: see `reports.texts.verbs.may_write`.
"""

from django.http import Http404

from actions.access import READERS
from actions.models import Catalogue, Role
from reports.models import Edition, EditionQuerySet, JobState, Kind, Publication, Question

#: Who reads published editions.
EDITION_READERS = (*READERS, Role.COMMITTEE, Role.COUNCIL)
#: Who prepares the temamøde: reads what the committee asks, and what its members point at.
SELECTORS = (Role.COMMITTEE, Role.COORDINATOR)
#: Who reads a question with its answer. The council meets afterwards, and is told of the decision.
QUESTION_READERS = (*READERS, Role.COMMITTEE)


def get_edition(slug: str, year: int, kind: Kind, number: int) -> Edition:
    """A published report with its PDF left in the database, or 404."""
    rows = _editions(slug, year, kind, number).without_pdf()
    found = rows.select_related("report__catalogue", "publicity").first()
    if found is None:
        raise Http404
    return found


def get_public_edition(slug: str, year: int, kind: Kind, number: int) -> Edition:
    """An edition that everybody may read, with its PDF left in the database, or 404."""
    rows = _editions(slug, year, kind, number).public().without_pdf()
    found = rows.select_related("report__catalogue").first()
    if found is None:
        raise Http404
    return found


def get_public_pdf(slug: str, year: int, kind: Kind, number: int) -> bytes:
    """The stored bytes of a public edition's PDF, and nothing else read; or 404."""
    found = _editions(slug, year, kind, number).public().values_list("pdf", flat=True).first()
    if found is None:
        raise Http404
    return bytes(found)


def public_pdf_hash(slug: str, year: int, kind: Kind, number: int) -> str | None:
    """The hash of a public edition's PDF; None where there is none."""
    rows = _editions(slug, year, kind, number).public()
    return rows.values_list("pdf_sha256", flat=True).first()


def get_edition_pdf(slug: str, year: int, kind: Kind, number: int) -> bytes:
    """The stored bytes of an edition's PDF, and nothing else read; or 404."""
    found = _editions(slug, year, kind, number).values_list("pdf", flat=True).first()
    if found is None:
        raise Http404
    return bytes(found)


def _editions(slug: str, year: int, kind: Kind, number: int) -> EditionQuerySet:
    return Edition.objects.filter(
        report__catalogue__slug=slug,
        report__year=year,
        report__kind=kind,
        number=number,
    )


def get_publication(slug: str, year: int, kind: Kind, pk: int) -> Publication:
    """A wish to publish, or 404."""
    rows = Publication.objects.filter(
        report__catalogue__slug=slug, report__year=year, report__kind=kind, pk=pk
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


def get_latest_edition(slug: str, year: int) -> Edition:
    """What the committee chooses from: the year's latest statusredegørelse, or 404."""
    found = Edition.objects.latest_of(slug, year, Kind.STATUS)
    if found is None:
        raise Http404
    return found


def get_question(slug: str, year: int, pk: int) -> Question:
    """A question with its report and action, or 404."""
    rows = Question.objects.filter(report__catalogue__slug=slug, report__year=year, pk=pk)
    found = rows.select_related("report__catalogue", "action__catalogue").first()
    if found is None:
        raise Http404
    return found
