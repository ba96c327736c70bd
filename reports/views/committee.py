"""Økonomiudvalget before the temamøde: the actions side by side, questions, pointing, deciding."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.access import WRITERS, Mandate, allow, get_catalogue
from actions.models import Role
from actions.tools.answers import code_of, posted, tell_and_redirect
from actions.writing import drafts
from actions.writing.autosave import Desk, answer_autosave, choose
from actions.writing.drafts import Kept
from actions.writing.refusals import Conflict, Refused
from actions.writing.refused import refusal_in
from reports import questions
from reports import selection as deciding
from reports.access import (
    QUESTION_READERS,
    SELECTORS,
    get_answerable_question,
    get_latest_edition,
    get_question,
)
from reports.committee import CRITERIA, committee_page, get_published_action
from reports.committee_forms import AnswerForm, AskForm, DecideForm, PointForm
from reports.models import Edition, Kind, Question
from reports.questions import ANSWER, may_answer
from reports.views import crumbs


@allow(*SELECTORS)
@require_safe
def latest(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    """Leads to the page of the latest statusredegørelse; before the first, to the reports."""
    catalogue = get_catalogue(slug)
    rows = Edition.objects.of_catalogue(catalogue).filter(report__kind=Kind.STATUS)
    year = rows.newest_first().values_list("report__year", flat=True).first()
    return redirect("selection", slug, year) if year else redirect("reports", slug)


@allow(*SELECTORS)
@require_safe
def selection(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """The actions side by side; the address says how they are sorted and which are compared."""
    edition, ticked = get_latest_edition(slug, year), request.GET.getlist("handling")
    page = committee_page(edition, sorter=request.GET.get("sorter", ""), ticked=ticked)
    context = {
        "catalogue": edition.report.catalogue,
        "page": page,
        "criteria": CRITERIA,
        "wrong_number": bool(ticked) and not page.compared,
        "may_decide": mandate.is_coordinator,
        "crumbs": _crumbs(edition),
    }
    return render(request, "reports/selection.html", context)


@allow(*SELECTORS)
@require_safe
def action(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    """One action with the committee's questions and what its members have pointed out."""
    return _action_page(request, mandate, get_latest_edition(slug, year), number)


@allow(Role.COMMITTEE)
@require_POST
def ask(request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int) -> HttpResponse:
    edition = get_latest_edition(slug, year)
    found, form = get_published_action(edition, number), AskForm(request.POST)
    if form.is_valid():
        with refusal_in(form, "due"):
            questions.ask(report=edition.report, action=found, by=mandate, **form.cleaned_data)
            return tell_and_redirect(
                request,
                _("Spørgsmålet er sendt til de ansvarlige chefer."),
                "selection_action",
                slug,
                year,
                number,
            )
    return _action_page(request, mandate, edition, number, ask_form=form)


@allow(Role.COMMITTEE)
@require_POST
def point(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    edition = get_latest_edition(slug, year)
    found, form = get_published_action(edition, number), PointForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            deciding.point(report=edition.report, action=found, by=mandate, **form.cleaned_data)
            return tell_and_redirect(
                request, _("Du peger på handlingen."), "selection_action", slug, year, number
            )
    return _action_page(request, mandate, edition, number, point_form=form)


@allow(Role.COMMITTEE)
@require_POST
def withdraw(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    edition = get_latest_edition(slug, year)
    found = get_published_action(edition, number)
    deciding.withdraw(report=edition.report, action=found, by=mandate)
    messages.success(request, _("Du peger ikke længere på handlingen."))
    return redirect("selection_action", slug, year, number)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """Records the committee's decision. Refused: 422, or 409 where another was recorded first."""
    edition = get_latest_edition(slug, year)
    page, code = committee_page(edition), 422
    form = DecideForm(posted(request), page=page)
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            deciding.record_selection(
                edition=edition, decision=form.decided(), revision=revision, by=mandate
            )
        except Conflict as refusal:
            form = DecideForm(request.POST, page=committee_page(edition))
            form.refuse(refusal, form.number)
            code = 409
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Beslutningen er noteret, og cheferne får besked."))
            return redirect("selection", slug, year)
    context = {
        "catalogue": edition.report.catalogue,
        "page": form.page,
        "form": form,
        "stale": code == 409,
        "crumbs": _crumbs(edition, _("Beslutning")),
    }
    return render(request, "reports/decide.html", context, status=code_of(form, code))


@allow(*QUESTION_READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, mandate: Mandate, slug: str, year: int, pk: int) -> HttpResponse:
    if request.method == "POST":
        return _answer(request, mandate, get_answerable_question(mandate, slug, year, pk))
    found = get_question(slug, year, pk)
    form = AnswerForm(row=found) if may_answer(found, mandate) else None
    return render(request, "reports/question.html", _question_context(found, mandate, form))


def _answer(request: HttpRequest, mandate: Mandate, found: Question) -> HttpResponse:
    """Answers; refused: 422, or 409 with the way to both texts if somebody else has written."""
    form, kept = AnswerForm(request.POST, row=found), None
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            found = questions.answer(
                question=found, text=text, revision=form.began_with, names=form.names, by=mandate
            )
        except Refused as refusal:
            kept = drafts.refuse(ANSWER, found, text, refusal, by=mandate)
            found = kept.row
            form.refuse(kept.refusal, found.revision)
        else:
            copy = Desk(ANSWER, found, mandate).saved_copy
            messages.success(request, _("Svaret er sendt."), extra_tags=copy)
            return redirect(questions.address_of(found))
    context = _question_context(found, mandate, form, kept)
    return render(request, "reports/question.html", context, status=409 if kept else 422)


@allow(*QUESTION_READERS)
@require_POST
def autosave_answer(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, pk: int
) -> HttpResponse:
    """Keeps what is written of an answer while it is written; only its writers see it."""
    found = get_answerable_question(mandate, slug, year, pk)
    return answer_autosave(ANSWER, found, AnswerForm(request.POST, row=found), mandate)


@allow(*QUESTION_READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def compare_answer(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, pk: int, event: int
) -> HttpResponse:
    """A refused answer beside the stored one; the writer chooses or merges, and sends it then."""
    found = get_answerable_question(mandate, slug, year, pk)
    done = _("Kladden er gemt med det, du valgte. Svaret er ikke sendt endnu.")
    choice = choose(request, ANSWER, found, mandate, event, done)
    if isinstance(choice, HttpResponse):
        return choice
    page = _question_context(found, mandate, None)
    last = [(page["title"], questions.address_of(found)), (_("To tekster"), "")]
    context = page | choice | {"crumbs": [*page["crumbs"][:-1], *last]}
    context |= {"eyebrow": found.report, "lead": found.action.title}
    return render(request, "reports/compare_draft.html", context, status=choice["code"])


def _question_context(
    found: Question,
    mandate: Mandate,
    form: AnswerForm | None,
    kept: Kept[Question] | None = None,
) -> dict[str, Any]:
    catalogue, number = found.report.catalogue, found.action.number
    title = _("Spørgsmål til handling %(number)d") % {"number": number}
    prepares = not mandate.roles.isdisjoint(SELECTORS)
    here = [found.report.catalogue.slug, found.report.year, number]
    writes = not mandate.roles.isdisjoint(WRITERS)
    trail = [(_("Mine mål"), reverse("own_goals")), (title, "")]
    return {
        "catalogue": catalogue,
        "question": found,
        "title": title,
        "form": form,
        "desk": Desk(ANSWER, found, mandate, kept),
        "action_url": reverse("selection_action", args=here) if prepares else "",
        "crumbs": trail if writes else crumbs(catalogue, title),
    }


def _action_page(
    request: HttpRequest,
    mandate: Mandate,
    edition: Edition,
    number: int,
    *,
    ask_form: AskForm | None = None,
    point_form: PointForm | None = None,
) -> HttpResponse:
    """A refused form stands with all that was typed, and the page then answers 422."""
    row = committee_page(edition).row(number)
    if row is None:
        raise Http404
    refused = ask_form or point_form
    is_member = Role.COMMITTEE in mandate.roles
    context = {
        "catalogue": edition.report.catalogue,
        "edition": edition,
        "row": row,
        "refused": refused,
        "ask_form": (ask_form or AskForm()) if is_member else None,
        "point_form": (point_form or PointForm()) if is_member else None,
        "own_pointer": next((p for p in row.pointers if p.member_id == mandate.user.pk), None),
        "crumbs": _crumbs(edition, _("Handling %(number)d") % {"number": number}),
    }
    return render(request, "reports/selection_action.html", context, status=422 if refused else 200)


def _crumbs(edition: Edition, title: str = "") -> list[tuple[str, str]]:
    report = edition.report
    here = _("Udvælgelse %(year)d") % {"year": report.year}
    trail = crumbs(report.catalogue, here)
    if not title:
        return trail
    url = reverse("selection", args=[report.catalogue.slug, report.year])
    return [*trail[:-1], (here, url), (title, "")]
