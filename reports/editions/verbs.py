"""Publishing: freezes a report as an edition, with its page and its PDF, in one transaction."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.history.record import record
from actions.models import Catalogue
from actions.models.history import HistoryVerb
from actions.writing.refusals import Conflict, NotAllowed, Refused
from reports.access import may_publish
from reports.content import upgrade
from reports.content.assemble import content_of, data_of
from reports.content.check import Check, check_of
from reports.content.differences import differences
from reports.content.shape import (
    CorrectionContent,
    Difference,
    ReportContent,
    content_hash,
    uncorrected,
)
from reports.documents.edition_page import render_page
from reports.documents.glyphs import unprintable_in
from reports.documents.pdf import DOCUMENT, mark_for, render_pdf, version_of
from reports.models import Edition, Kind, Report
from reports.texts.verbs import overlong_texts

PUBLISHED: Final = HistoryVerb("publish", gettext_lazy("Rapport udgivet"))


class AlreadyPublished(Conflict):
    """Exactly this content is already published (a double click, or a colleague): `edition`."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(_("%(edition)s er allerede udgivet.") % {"edition": edition}, edition)
        self.edition = edition


@dataclass(frozen=True)
class Proof:
    """A report as it would be published now, with what the coordinator judges it by.

    `latest` is the edition before it, `differences` what has changed since.
    """

    content: ReportContent
    check: Check
    latest: Edition | None

    @property
    def number(self) -> int:
        return self.latest.number + 1 if self.latest else 1

    @property
    def seal(self) -> str:
        """Marks a page that shows this proof: the number it would get, and a hash."""
        return f"{self.number}-{content_hash([self.content, self.check.hindrances])}"

    @cached_property
    def published(self) -> ReportContent | None:
        """The content of `latest`; None if there is no edition yet."""
        return upgrade.read(self.latest) if self.latest else None

    @property
    def is_published(self) -> bool:
        """Whether `latest` says exactly this."""
        if self.published is None:
            return False
        return content_hash(uncorrected(self.published)) == content_hash(self.content)

    @property
    def differences(self) -> list[Difference]:
        return differences(self.published, self.content) if self.published else []

    def frozen(self, why: str) -> ReportContent:
        """The content to publish; a correction also says what it changes and why."""
        if self.latest is None:
            return self.content
        correction = CorrectionContent(
            before=self.latest.number, why=why, differences=self.differences
        )
        return {**self.content, "correction": correction}


def proof_of(catalogue: Catalogue, year: int, kind: Kind = Kind.STATUS) -> Proof:
    """The proof of a report as it stands. Raises NoSuchReport if the year can have none."""
    latest = Edition.objects.latest_of(catalogue.slug, year, kind)
    return proof_after(latest, catalogue, year, kind)


def proof_after(latest: Edition | None, catalogue: Catalogue, year: int, kind: Kind) -> Proof:
    """The same, with the latest edition already fetched."""
    data = data_of(catalogue, year, kind)
    content = content_of(data)
    return Proof(content, check_of(data, content, unprintable_in), latest)


def publish(
    *,
    catalogue: Catalogue,
    year: int,
    seal: str,
    changes: str,
    confirmed: bool,
    by: Mandate,
    kind: Kind = Kind.STATUS,
) -> Edition:
    """Freezes the year's report as its next edition.

    `seal` marks the proof that was judged. The PDF takes seconds, so it is rendered before the
    transaction, and the seal is checked again under the report's lock. Raises as
    `check_publishable`.
    """
    report = _report(catalogue, year, kind)
    proof = check_publishable(report, seal=seal, changes=changes, confirmed=confirmed, by=by)
    now = timezone.now()
    content = proof.frozen(changes)
    pdf = render_pdf(content, edition=mark_for(proof.number, now, content_hash(content)))
    with transaction.atomic():
        Report.objects.select_for_update(no_key=True).get(pk=report.pk)
        _proof_now(report, seal)
        edition = freeze(report, proof, pdf, changes=changes, at=now, by=str(by.user))
        record(PUBLISHED, actor=by.user, subject=str(edition), comment=changes)
    return edition


def check_publishable(
    report: Report, *, seal: str, changes: str, confirmed: bool, by: Mandate
) -> Proof:
    """The proof, fit to be published.

    Raises Conflict if the seal is that of another proof, AlreadyPublished if exactly that is out,
    Refused with what is in the way, such as gaps that are not `confirmed`, and NotAllowed if `by`
    is not the coordinator.
    """
    if not may_publish(by):
        raise NotAllowed(_("Du har ikke ret til at udgive rapporter."))
    proof = _proof_now(report, seal)
    _check(proof, changes, confirmed)
    return proof


def freeze(
    report: Report, proof: Proof, pdf: bytes, *, changes: str, at: datetime, by: str
) -> Edition:
    """Adds the edition with its page, its PDF and a hash of each part."""
    content = proof.frozen(changes)
    html = render_page(content, proof.check.hindrances)
    return Edition.objects.append(
        report=report,
        number=proof.number,
        title=proof.content["title"],
        content=content,
        content_sha256=content_hash(content),
        template_version=version_of(DOCUMENT),
        html=html,
        html_sha256=hashlib.sha256(html.encode()).hexdigest(),
        pdf=pdf,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        changes=changes,
        differences=proof.differences,
        hindrances=proof.check.hindrances,
        published_at=at,
        published_by=by,
    )


def render_again(edition: Edition) -> bytes:
    """The PDF rendered again from the frozen content: the same bytes as long as `template_version`
    is the same.
    """
    mark = mark_for(edition.number, edition.published_at, edition.content_sha256)
    return render_pdf(upgrade.read(edition), edition=mark, frozen=edition.content)


def fault_in(edition: Edition) -> str:
    """Which part of an edition is not as published, in Danish; "" if all is."""
    report = edition.report
    if hashlib.sha256(bytes(edition.pdf)).hexdigest() != edition.pdf_sha256:
        return _("PDF-filen er ændret efter udgivelsen.")
    if content_hash(edition.content) != edition.content_sha256:
        return _("indholdet er ændret efter udgivelsen.")
    # Editions from before pages were kept have neither page nor hash.
    page = hashlib.sha256(edition.html.encode()).hexdigest() if edition.html else ""
    if page != edition.html_sha256:
        return _("websiden er ændret efter udgivelsen.")
    content = upgrade.read(edition)
    if (report.kind, report.year) != (content["kind"], content["year"]):
        return _("udgaven er flyttet til en anden rapport.")
    return ""


def report_of(catalogue: Catalogue, content: ReportContent) -> Report:
    """The report that the content belongs to; makes its row if there is none."""
    return _report(catalogue, content["year"], Kind(content["kind"]))


def _report(catalogue: Catalogue, year: int, kind: Kind) -> Report:
    report, _created = Report.objects.get_or_create(catalogue=catalogue, kind=kind, year=year)
    return report


def _proof_now(report: Report, seal: str) -> Proof:
    """The proof as things stand. Raises Conflict or AlreadyPublished if the seal is another's."""
    proof = proof_of(report.catalogue, report.year, Kind(report.kind))
    if proof.seal == seal:
        return proof
    if proof.latest and proof.is_published and seal.startswith(f"{proof.latest.number}-"):
        raise AlreadyPublished(proof.latest)
    raise Conflict(
        _("Rapporten er ændret, siden du så den. Se tjekket og kladden igennem igen."), proof
    )


def _check(proof: Proof, changes: str, confirmed: bool) -> None:
    if not proof.content["has_round"]:
        raise Refused(_("Der er ingen statusrunde for året, så der er intet at udgive."))
    if faults := overlong_texts(proof.content):
        raise Refused(faults)
    if proof.check.in_the_way and not confirmed:
        raise Refused(_("Bekræft, at rapporten skal udgives med det, der mangler."))
    if proof.latest is None:
        return
    if proof.is_published:
        raise Refused(
            _("Intet er ændret siden %(number)d. udgave.") % {"number": proof.latest.number}
        )
    if not changes.strip():
        raise Refused(_("Skriv, hvorfor rapporten er rettet."))
