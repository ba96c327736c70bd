"""Who may do what with the reports: the rules about people, and fetching by them.

A view names its roles with `allow`. What does not exist, or is not theirs, answers 404.
"""

from django.http import Http404

from actions.access import READERS, Mandate, may_submit
from actions.models import Action, Catalogue, Role
from reports.models import (
    Edition,
    EditionQuerySet,
    FollowUpAnswer,
    JobState,
    Kind,
    Part,
    Passage,
    Publication,
    Question,
    Report,
)

#: Who reads published editions.
EDITION_READERS = (*READERS, Role.COMMITTEE, Role.COUNCIL)
#: Who prepares the temamøde: reads what the committee asks, and what its members point at.
SELECTORS = (Role.COMMITTEE, Role.COORDINATOR)
#: Who reads a question with its answer. The council meets afterwards and hears the decision.
QUESTION_READERS = (*READERS, Role.COMMITTEE)

# --- who may -------------------------------------------------------------------------------------


def may_publish(mandate: Mandate) -> bool:
    return mandate.is_coordinator


def may_make_public(mandate: Mandate) -> bool:
    """Whether somebody decides what everybody may read."""
    return mandate.is_coordinator


def may_write(mandate: Mandate, passage: Passage) -> bool:
    """The coordinator; the heads' recommendation is written by those who submit for the action."""
    if passage.part != Part.HEAD:
        return mandate.is_coordinator
    return may_submit(mandate, positions_of(passage.action) if passage.action else [])


def may_prepare_meeting(mandate: Mandate) -> bool:
    """Whether somebody sees what the committee asks and points at before its meeting."""
    return not mandate.roles.isdisjoint(SELECTORS)


def may_ask(mandate: Mandate) -> bool:
    """Whether somebody asks the heads of an action: the committee's members."""
    return Role.COMMITTEE in mandate.roles


def may_point(mandate: Mandate) -> bool:
    """Whether somebody points at actions for the temamøde: the committee's members."""
    return Role.COMMITTEE in mandate.roles


def may_answer(mandate: Mandate, question: Question) -> bool:
    """Those who submit for one of the action's responsible positions."""
    return may_submit(mandate, positions_of(question.action))


def may_answer_follow_up(mandate: Mandate, answer: FollowUpAnswer) -> bool:
    """Those who submit for one of the action's responsible positions."""
    return may_submit(mandate, positions_of(answer.status.goal.action))


def may_record_decision(mandate: Mandate) -> bool:
    """Whether somebody records what the committee has decided: VUF, never a member."""
    return mandate.is_coordinator


def may_write_agenda(mandate: Mandate) -> bool:
    """Whether somebody writes the template of the sagspakke."""
    return mandate.is_coordinator


def may_write_meeting(mandate: Mandate) -> bool:
    """Whether somebody writes the temamøde's programme and its conclusions."""
    return mandate.is_coordinator


def positions_of(action: Action) -> list[int]:
    """The ids of the action's responsible positions, in the catalogue's order."""
    rows = action.responsibilities.order_by("order")
    return list(rows.values_list("position", flat=True))


# --- fetching ------------------------------------------------------------------------------------


def get_edition(slug: str, year: int, kind: Kind, number: int) -> Edition:
    """A published report without its PDF, or 404."""
    rows = _editions(slug, year, kind, number).without_pdf()
    return _or_404(rows.select_related("report__catalogue", "publicity").first())


def get_public_edition(slug: str, year: int, kind: Kind, number: int) -> Edition:
    """An edition that everybody may read, without its PDF, or 404."""
    rows = _editions(slug, year, kind, number).public().without_pdf()
    return _or_404(rows.select_related("report__catalogue").first())


def get_public_pdf(slug: str, year: int, kind: Kind, number: int) -> bytes:
    """The stored bytes of a public edition's PDF, or 404. Reads no other column."""
    rows = _editions(slug, year, kind, number).public()
    return bytes(_or_404(rows.values_list("pdf", flat=True).first()))


def public_pdf_hash(slug: str, year: int, kind: Kind, number: int) -> str | None:
    """The hash of a public edition's PDF; None if the edition is not public."""
    rows = _editions(slug, year, kind, number).public()
    return rows.values_list("pdf_sha256", flat=True).first()


def get_edition_pdf(slug: str, year: int, kind: Kind, number: int) -> bytes:
    """The stored bytes of an edition's PDF, or 404. Reads no other column."""
    rows = _editions(slug, year, kind, number)
    return bytes(_or_404(rows.values_list("pdf", flat=True).first()))


def get_latest_edition(slug: str, year: int) -> Edition:
    """What the committee chooses from: the year's latest statusredegørelse, or 404."""
    return _or_404(Edition.objects.latest_of(slug, year, Kind.STATUS))


def get_publication(slug: str, year: int, kind: Kind, pk: int) -> Publication:
    """A request to publish, or 404."""
    rows = Publication.objects.filter(
        report__catalogue__slug=slug, report__year=year, report__kind=kind, pk=pk
    )
    return _or_404(rows.select_related("report__catalogue", "edition__report__catalogue").first())


def typed_before(catalogue: Catalogue, wish: str) -> str:
    """The reason typed for the publication with this id, if it failed; else ""."""
    if not wish.isdecimal():
        return ""
    rows = Publication.objects.filter(report__catalogue=catalogue, state=JobState.FAILED)
    return rows.filter(pk=wish[:18]).values_list("changes", flat=True).first() or ""


def get_passage(mandate: Mandate, report: Report, key: str) -> Passage:
    """What somebody writes for a report, by its `Passage.key`, or 404. Unsaved if not yet written.

    The report may be unsaved too.
    """
    part, number = _or_404(Part.named(key, Kind(report.kind)))
    action = _action(report, number) if number else None
    blank = Passage(report=report, action=action, part=part)
    if not may_write(mandate, blank):
        raise Http404
    rows = Passage.objects.filter(action=action, part=part)
    passage = (rows.filter(report=report).first() if report.pk else None) or blank
    passage.report, passage.action = report, action
    return passage


def get_question(slug: str, year: int, pk: int) -> Question:
    """A question with its report and action, or 404."""
    rows = Question.objects.filter(report__catalogue__slug=slug, report__year=year, pk=pk)
    return _or_404(rows.select_related("report__catalogue", "action__catalogue").first())


def get_answerable_question(mandate: Mandate, slug: str, year: int, pk: int) -> Question:
    """A question that somebody may answer, or 404."""
    question = get_question(slug, year, pk)
    if not may_answer(mandate, question):
        raise Http404
    return question


def _editions(slug: str, year: int, kind: Kind, number: int) -> EditionQuerySet:
    return Edition.objects.filter(
        report__catalogue__slug=slug,
        report__year=year,
        report__kind=kind,
        number=number,
    )


def _action(report: Report, number: int) -> Action:
    return _or_404(Action.objects.filter(catalogue=report.catalogue, number=number).first())


def _or_404[Value](value: Value | None) -> Value:
    if value is None:
        raise Http404
    return value
