"""The page of a question, where a responsible head answers it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actions.access import WRITERS, Mandate, allow
from actions.writing import drafts
from actions.writing.autosave import Desk, answer_autosave
from actions.writing.choice import choose
from actions.writing.drafts import Kept
from actions.writing.refusals import Refused
from reports.access import (
    QUESTION_READERS,
    get_answerable_question,
    get_question,
    may_answer,
    may_prepare_meeting,
)
from reports.committee import questions
from reports.committee.forms import AnswerForm
from reports.committee.questions import ANSWER
from reports.documents.responses import crumbs
from reports.models import Question


@allow(*QUESTION_READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, mandate: Mandate, slug: str, year: int, pk: int) -> HttpResponse:
    if request.method == "POST":
        return _answer(request, mandate, get_answerable_question(mandate, slug, year, pk))
    question = get_question(slug, year, pk)
    form = AnswerForm(row=question) if may_answer(mandate, question) else None
    return render(request, "committee/question.html", _question_context(question, mandate, form))


def _answer(request: HttpRequest, mandate: Mandate, question: Question) -> HttpResponse:
    """Answers. Refused: 422, or 409 with a link to both texts if somebody else has written."""
    form, kept = AnswerForm(request.POST, row=question), None
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            question = questions.answer(
                question=question, text=text, revision=form.began_with, names=form.names, by=mandate
            )
        except Refused as refusal:
            kept = drafts.refuse(ANSWER, question, text, refusal, by=mandate)
            question = kept.row
            form.refuse(kept.refusal, question.revision)
        else:
            copy = Desk(ANSWER, question, mandate).saved_copy
            messages.success(request, _("Svaret er sendt."), extra_tags=copy)
            return redirect(questions.address_of(question))
    context = _question_context(question, mandate, form, kept)
    return render(request, "committee/question.html", context, status=409 if kept else 422)


@allow(*QUESTION_READERS)
@require_POST
def autosave_answer(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, pk: int
) -> HttpResponse:
    """Keeps the draft of an answer while it is typed; only its writers see it."""
    question = get_answerable_question(mandate, slug, year, pk)
    return answer_autosave(ANSWER, question, AnswerForm(request.POST, row=question), mandate)


@allow(*QUESTION_READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def compare_answer(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, pk: int, event: int
) -> HttpResponse:
    """A refused answer beside the stored one. The choice is a draft until it is sent."""
    question = get_answerable_question(mandate, slug, year, pk)
    done = _("Kladden er gemt med det, du valgte. Svaret er ikke sendt endnu.")
    choice = choose(request, ANSWER, question, mandate, event, done)
    if isinstance(choice, HttpResponse):
        return choice
    page = _question_context(question, mandate, None)
    last = [(page["title"], questions.address_of(question)), (_("To tekster"), "")]
    context = page | choice | {"crumbs": [*page["crumbs"][:-1], *last]}
    context |= {"eyebrow": question.report, "lead": question.action.title}
    return render(request, "writing/compare_draft.html", context, status=choice["code"])


def _question_context(
    question: Question,
    mandate: Mandate,
    form: AnswerForm | None,
    kept: Kept[Question] | None = None,
) -> dict[str, Any]:
    catalogue, number = question.report.catalogue, question.action.number
    title = _("Spørgsmål til handling %(number)d") % {"number": number}
    here = [catalogue.slug, question.report.year, number]
    action_url = reverse("selection_action", args=here) if may_prepare_meeting(mandate) else ""
    writes = not mandate.roles.isdisjoint(WRITERS)
    trail = [(_("Mine mål"), reverse("own_goals")), (title, "")]
    return {
        "catalogue": catalogue,
        "question": question,
        "title": title,
        "form": form,
        "desk": Desk(ANSWER, question, mandate, kept),
        "action_url": action_url,
        "crumbs": trail if writes else crumbs(catalogue, title),
    }
