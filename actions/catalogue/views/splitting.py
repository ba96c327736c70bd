"""VUF splits an action, or merges it with others."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions.access import Mandate, allow
from actions.catalogue import editor
from actions.catalogue.changing import splitting as verbs
from actions.catalogue.file import ActionRow, CatalogueFileError, CatalogueRows
from actions.catalogue.forms.splitting import DecisionForm, MergeActionsForm, SplitForm
from actions.catalogue.views.edit import edit_crumbs, rows_or_404, tell_reach
from actions.models import Action, Role
from actions.tools.answers import code_of, posted, tell_and_redirect
from actions.tools.text import as_sentence
from actions.writing.refusals import Conflict, Refused


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def split_action(request: HttpRequest, mandate: Mandate, slug: str, number: int) -> HttpResponse:
    rows, action = _found(slug, number)

    def form_of(data: QueryDict | None) -> SplitForm:
        return SplitForm(data, action=action, seal=verbs.seal_of_all(rows))

    def do(form: SplitForm) -> Action:
        seal, parts = form.cleaned_data["seal"], form.parts
        asked: dict[str, Any] = {"slug": slug, "number": number, "seal": seal, "by": mandate}
        return verbs.split_action(parts=parts, decision=form.decided, **asked)[0]

    words = {
        "title": _("Del handlingen"),
        "about": _(
            "Handlingen standses, og nye begynder samme dag med dens stillinger, partnere og "
            "formål. Indsatserne følger med den første. Dens historie vises ved de nye."
        ),
        "done": _("Handlingen er delt. Se de nye igennem, og ret dem til."),
    }
    return _answer(request, rows, action, form_of, do, words)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def merge_actions(request: HttpRequest, mandate: Mandate, slug: str, number: int) -> HttpResponse:
    rows, action = _found(slug, number)

    def form_of(data: QueryDict | None) -> MergeActionsForm:
        return MergeActionsForm(data, rows=rows, action=action, seal=verbs.seal_of_all(rows))

    def do(form: MergeActionsForm) -> Action:
        seal, title = form.cleaned_data["seal"], form.cleaned_data["title"]
        asked: dict[str, Any] = {"slug": slug, "title": title, "seal": seal, "by": mandate}
        numbers = [number, *form.cleaned_data["others"]]
        return verbs.merge_actions(numbers=numbers, decision=form.decided, **asked)

    words = {
        "title": _("Saml handlingen med andre"),
        "about": _(
            "Handlingerne standses, og en ny begynder samme dag med deres mål, stillinger, "
            "partnere og indsatser. Deres historie vises ved den nye."
        ),
        "done": _("Handlingerne er samlet. Se den nye igennem, og ret den til."),
    }
    return _answer(request, rows, action, form_of, do, words)


def _found(slug: str, number: int) -> tuple[CatalogueRows, ActionRow]:
    rows = rows_or_404(slug)
    action = editor.action_of(rows, number)
    if action is None:
        raise Http404
    return rows, action


def _answer[Form: DecisionForm](
    request: HttpRequest,
    rows: CatalogueRows,
    action: ActionRow,
    form_of: Callable[[QueryDict | None], Form],
    do: Callable[[Form], Action],
    words: dict[str, str],
) -> HttpResponse:
    """The form's page, or after the verb the new action's editor."""
    form = form_of(posted(request))
    code = code_of(form)
    if form.is_valid():
        try:
            made = do(form)
            answer = tell_and_redirect(
                request, words["done"], "edit_action", rows.slug, made.number
            )
            tell_reach(request, rows.slug)
            return answer
        except Conflict as refusal:
            data = request.POST.copy()
            data["seal"] = verbs.seal_of_all(rows)
            form, code = form_of(data), 409
            form.add_error(None, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except CatalogueFileError as refusal:
            for fault in refusal.faults:
                form.add_error(None, as_sentence(str(fault)))
    context = {
        "rows": rows,
        "action": action,
        "form": form,
        "title": words["title"],
        "about": words["about"],
        "button": words["title"],
        "back_url": reverse("action", args=[rows.slug, action.number]),
        "crumbs": edit_crumbs(rows, (words["title"], "")),
    }
    return render(request, "catalogue/split.html", context, status=code)
