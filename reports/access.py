"""Who sees which report: published editions are for all readers, drafts for the coordinator.

What is written by hand for a report belongs to who writes it: see `reports.editorial.may_write`.
"""

import re
from typing import Final

from django.db.models import QuerySet
from django.http import Http404

from actions.access import READERS, Mandate, get_catalogue
from actions.models import Action, Catalogue, Role
from reports.assemble import NoSuchReport, assemble, check_year
from reports.content.shape import ReportContent
from reports.editorial import may_write
from reports.handout import handouts_of
from reports.meeting import Chosen, MeetingPage, meeting_page
from reports.models import (
    KIND_WORDS,
    Edition,
    EditionQuerySet,
    JobState,
    Kind,
    Part,
    Passage,
    Publication,
    Question,
    Rendering,
    Report,
    Selection,
)
from reports.questions import may_answer
from reports.workflow import Proof, proof_after

#: Who reads published editions.
EDITION_READERS = (*READERS, Role.COMMITTEE, Role.COUNCIL)
#: Who prepares the temamøde: reads what the committee asks, and what its members point at.
SELECTORS = (Role.COMMITTEE, Role.COORDINATOR)
#: Who reads a question with its answer. The council meets afterwards, and is told of the decision.
QUESTION_READERS = (*READERS, Role.COMMITTEE)
#: How a passage is named in an address: see `reports.models.Passage.key`.
KEY: Final = re.compile(r"(redaktion)|(handling|chefer)-([1-9][0-9]{0,3})")


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


def get_proof(slug: str, year: int, kind: Kind) -> tuple[Catalogue, Proof]:
    """The report as it would be published, or 404."""
    latest = Edition.objects.latest_of(slug, year, kind)
    catalogue = latest.report.catalogue if latest else get_catalogue(slug)
    try:
        return catalogue, proof_after(latest, catalogue, year, kind)
    except NoSuchReport as error:
        raise Http404 from error


def get_draft(catalogue: Catalogue, year: int, kind: Kind) -> ReportContent:
    """The report as it stands, or 404 for a year the catalogue has none of."""
    try:
        return assemble(catalogue, year, kind)
    except NoSuchReport as error:
        raise Http404 from error


def get_rendering(wanted: Rendering) -> Rendering | None:
    """What is known of a PDF, which is left in the database; None before it is first asked for."""
    return _kept(wanted).defer("pdf").select_related("report__catalogue").first()


def get_rendered(wanted: Rendering, key: str) -> bytes | None:
    """The PDF, where the one that is kept has this key."""
    pdf = _kept(wanted).filter(key=key).values_list("pdf", flat=True).first()
    return None if pdf is None else bytes(pdf)


def _kept(wanted: Rendering) -> QuerySet[Rendering]:
    """By the year's name, since a draft may be looked for before its report is there."""
    report = wanted.report
    return Rendering.objects.filter(
        report__catalogue=report.catalogue,
        report__year=report.year,
        report__kind=report.kind,
        paper=wanted.paper,
        number=wanted.number,
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


def get_meeting(slug: str, year: int) -> MeetingPage:
    """The temamøde on the latest decision about the year's statusredegørelse, or 404."""
    rows = Selection.objects.filter(
        report__catalogue__slug=slug, report__year=year, report__kind=Kind.STATUS
    )
    found = rows.for_meeting().that_holds()
    if found is None:
        raise Http404
    return meeting_page(found)


def get_chosen(page: MeetingPage, number: int) -> Chosen:
    """A chosen action by its number in the edition, or 404."""
    found = page.chosen_with(number)
    if found is None:
        raise Http404
    return found


def get_handout(page: MeetingPage, number: int) -> Rendering:
    """A chosen action's handout, or with 0 all of them in one, made or not; or 404."""
    found = [each for each in handouts_of(page) if each.number == number]
    if not found:
        raise Http404
    return found[0]


def get_report(slug: str, year: int, word: str) -> Report:
    """A report, made or not (then without an id), or 404 where there can be none."""
    kinds = {name: kind for kind, name in KIND_WORDS.items()}
    if word not in kinds:
        raise Http404
    catalogue = get_catalogue(slug)
    try:
        check_year(catalogue, year, kinds[word])
    except NoSuchReport as error:
        raise Http404 from error
    wanted = Report(catalogue=catalogue, kind=kinds[word], year=year)
    found = Report.objects.filter(catalogue=catalogue, kind=wanted.kind, year=year).first()
    if found is not None:
        found.catalogue = catalogue
    return found or wanted


def get_passage(mandate: Mandate, slug: str, year: int, word: str, key: str) -> Passage:
    """What somebody writes on for a report, written or not (then without an id), or 404."""
    report, match = get_report(slug, year, word), KEY.fullmatch(key)
    if match is None:
        raise Http404
    action = _action(report, match[3]) if match[3] else None
    wanted = Passage(report=report, action=action, part=_part(report, match[2]))
    if (wanted.part == Part.HEAD and report.kind != Kind.MIDTERM) or not may_write(wanted, mandate):
        raise Http404
    rows = Passage.objects.filter(action=action, part=wanted.part)
    found = rows.filter(report=report).first() if report.pk else None
    if found is not None:
        found.report, found.action = report, action
    return found or wanted


def _part(report: Report, word: str | None) -> Part:
    if word is None:
        return Part.TEXTS
    if word == "chefer":
        return Part.HEAD
    return Part.FINAL if report.kind == Kind.MIDTERM else Part.LINE


def _action(report: Report, number: str) -> Action:
    found = Action.objects.filter(catalogue=report.catalogue, number=int(number)).first()
    if found is None:
        raise Http404
    return found


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


def get_answerable_question(mandate: Mandate, slug: str, year: int, pk: int) -> Question:
    found = get_question(slug, year, pk)
    if not may_answer(found, mandate):
        raise Http404
    return found
