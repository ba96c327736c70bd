"""Who sees which report: published editions are for all readers, drafts for the coordinator.

What is written by hand for a report belongs to who writes it: see `reports.editorial.may_write`.
"""

import re
from typing import Final

from django.http import Http404

from actions.access import READERS, Mandate, get_catalogue
from actions.models import Action, Catalogue, Role
from reports.assemble import NoSuchReport, assemble, check_year
from reports.content import ReportContent
from reports.editorial import may_write
from reports.models import KIND_WORDS, Edition, Kind, Part, Passage, Report

#: Who reads published editions.
EDITION_READERS = (*READERS, Role.COMMITTEE, Role.COUNCIL)
#: How a passage is named in an address: see `reports.models.Passage.key`.
KEY: Final = re.compile(r"(redaktion)|(handling|chefer)-([1-9][0-9]{0,3})")


def get_edition(slug: str, year: int, number: int, kind: Kind = Kind.STATUS) -> Edition:
    """A published report with its PDF left in the database, or 404."""
    rows = Edition.objects.without_pdf().filter(
        report__catalogue__slug=slug,
        report__year=year,
        report__kind=kind,
        number=number,
    )
    found = rows.select_related("report__catalogue").first()
    if found is None:
        raise Http404
    return found


def get_draft(catalogue: Catalogue, year: int, kind: Kind = Kind.STATUS) -> ReportContent:
    """The report as it stands, or 404 for a year the catalogue has none of."""
    try:
        return assemble(catalogue, year, kind)
    except NoSuchReport as error:
        raise Http404 from error


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
