"""VUF edits the catalogue: its own fields, and which actions it has."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from actions.access import Mandate, allow
from actions.catalogue import editor
from actions.catalogue.checks import held_goals
from actions.catalogue.exporter import read_rows
from actions.catalogue.file import ActionRow, CatalogueFileError, CatalogueRows
from actions.catalogue.forms.catalogue import CatalogueForm
from actions.catalogue.forms.renumber import RenumberForm
from actions.catalogue.plan import Plan
from actions.catalogue.versions.reach import words_on_reach
from actions.models import Catalogue, Role
from actions.tools.answers import Crumb, Crumbs, code_of, posted, tell_and_redirect
from actions.tools.text import as_sentence
from actions.writing.refusals import Conflict, Refused, refusal_in


def rows_or_404(slug: str) -> CatalogueRows:
    try:
        return read_rows(slug)
    except Catalogue.DoesNotExist as error:
        raise Http404 from error


def edit_crumbs(rows: CatalogueRows, *more: Crumb) -> Crumbs:
    return [
        (rows.title, reverse("catalogue", args=[rows.slug])),
        (_("Rediger"), reverse("edit_catalogue", args=[rows.slug]) if more else ""),
        *more,
    ]


def tell_plan(request: HttpRequest, plan: Plan) -> None:
    count = len(plan.changes)
    words = ngettext("Gemt: %(count)d ændring.", "Gemt: %(count)d ændringer.", count)
    messages.success(request, words % {"count": count} if count else _("Der var intet at ændre."))
    if count:
        tell_reach(request, plan.catalogue.slug)


def tell_reach(request: HttpRequest, slug: str) -> None:
    """Names the published reports that what was just saved reaches back to."""
    if words := words_on_reach(slug):
        messages.warning(request, words)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_catalogue(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    """Shows which actions there are, and gives them other numbers."""
    rows = rows_or_404(slug)
    form = RenumberForm(posted(request), rows=rows)
    seal, code = request.POST.get("seal") or editor.seal_of(rows), 200
    if request.method == "POST":
        code = 422
        if form.is_valid():
            try:
                tell_plan(
                    request, editor.renumber(slug=slug, numbers=form.numbers, seal=seal, by=mandate)
                )
                return redirect("edit_catalogue", slug)
            except (Refused, CatalogueFileError) as refusal:
                form.add_error(None, str(refusal))
                code, seal = 409, editor.seal_of(rows)
    context = {
        "rows": rows,
        "form": form,
        "lines": form.lines,
        "seal": seal,
        "fixed": Catalogue.objects.filter(slug=slug, rounds__isnull=False).exists(),
        "crumbs": edit_crumbs(rows),
    }
    return render(request, "catalogue/edit_catalogue.html", context, status=code)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def fields(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    rows = rows_or_404(slug)
    form = CatalogueForm(posted(request), rows=rows)
    seal, code = request.POST.get("seal") or editor.seal_of(rows), code_of(form)
    if form.is_valid():
        try:
            with faults_in(form):
                tell_plan(request, editor.save_frame(rows=form.rows(), seal=seal, by=mandate))
                return redirect("edit_catalogue", slug)
        except Conflict as refusal:
            form.add_error(None, str(refusal))
            code, seal = 409, editor.seal_of(rows)
    context = {
        "rows": rows,
        "form": form,
        "seal": seal,
        "now": rows if code == 409 else None,
        "title": _("Katalogets oplysninger"),
        "button": _("Gem"),
        "back_url": reverse("edit_catalogue", args=[slug]),
        "crumbs": edit_crumbs(rows, (_("Oplysninger"), "")),
    }
    return render(request, "catalogue/catalogue_fields.html", context, status=code)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new_catalogue(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    form = CatalogueForm(posted(request), rows=None)
    if form.is_valid():
        with refusal_in(form, "slug"), faults_in(form):
            plan = editor.new_catalogue(rows=form.rows(), by=mandate)
            words = _("Kataloget er oprettet. Tilføj nu dets handlinger.")
            return tell_and_redirect(request, words, "edit_catalogue", plan.catalogue.slug)
    context = {
        "form": form,
        "title": _("Nyt handlingskatalog"),
        "button": _("Opret kataloget"),
        "back_url": reverse("catalogues"),
        "crumbs": [(_("Kataloger"), reverse("catalogues")), (_("Nyt"), "")],
    }
    return render(request, "catalogue/catalogue_fields.html", context, status=code_of(form))


@contextmanager
def faults_in(form: CatalogueForm) -> Iterator[None]:
    """Turns what breaks the catalogue's rules into errors of the form, each at its field."""
    try:
        yield
    except editor.Broken as refusal:
        for path, _place, words in refusal.breaches:
            form.refuse(path, words)
    except CatalogueFileError as refusal:
        for fault in refusal.faults:
            form.add_error(None, as_sentence(str(fault)))


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_action(request: HttpRequest, mandate: Mandate, slug: str, number: int) -> HttpResponse:
    """Asks first; if something hangs on the action it says so and offers to stop it instead."""
    rows = rows_or_404(slug)
    action = editor.action_of(rows, number)
    if action is None:
        raise Http404
    error, hangs, code = "", _what_hangs(action), 200
    if request.method == "POST":
        seal = request.POST.get("seal", "")
        try:
            editor.remove_action(slug=slug, number=number, seal=seal, by=mandate)
            messages.success(request, _("Handlingen er fjernet."))
            return redirect("edit_catalogue", slug)
        except Conflict as refusal:
            error, code = str(refusal), 409
        except editor.Broken as refusal:
            error, code = str(refusal), 422
        except CatalogueFileError as refusal:
            hangs, code = [as_sentence(str(fault)) for fault in refusal.faults], 422
    context = {
        "rows": rows,
        "action": action,
        "error": error,
        "hangs": hangs,
        "seal": editor.seal_of(rows, number),
        "crumbs": edit_crumbs(rows, (_("Fjern handling %(number)d") % {"number": number}, "")),
    }
    return render(request, "catalogue/remove_action.html", context, status=code)


def _what_hangs(action: ActionRow) -> list[str]:
    """A sentence for each goal that holds a head's work."""
    held = held_goals(action.known or 0)
    return [
        _("Der er skrevet status eller tal på mål %(number)d.") % {"number": number}
        for number, goal in enumerate(action.goals, 1)
        if goal.known in held
    ]
