"""VUF edits the catalogue: its own fields, which actions it has, and one action at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Select
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from actions.access import Mandate, allow
from actions.catalogue import editor
from actions.catalogue.exporter import read_rows
from actions.catalogue.file import ActionRow, CatalogueFileError, CatalogueRows
from actions.catalogue.forms.catalogue import (
    ACTION,
    CatalogueForm,
    RelatedForm,
    action_from,
    branch_of,
    refuse,
    sentence,
)
from actions.catalogue.forms.renumber import RenumberForm
from actions.catalogue.importer import Undecided
from actions.catalogue.plan import Plan
from actions.catalogue.plan_words import describe
from actions.danish import sort_key
from actions.models import Catalogue, Partner, Position, Role
from actions.tools.answers import Crumb, Crumbs, code_of, posted, tell_and_redirect
from actions.tools.lines import (
    DO,
    SAVE,
    Branch,
    Node,
    branch_from,
    change,
    empty,
    focus_on,
    node_of,
    without_blanks,
)
from actions.writing.refusals import Conflict, Refused
from actions.writing.refused import refusal_in

#: The highest number that an action can have.
MAX_ACTIONS = 200
PREVIEW = "preview"


def rows_or_404(slug: str) -> CatalogueRows:
    try:
        return read_rows(slug)
    except Catalogue.DoesNotExist as error:
        raise Http404 from error


def _crumbs(rows: CatalogueRows, *more: Crumb) -> Crumbs:
    return [
        (rows.title, reverse("catalogue", args=[rows.slug])),
        (_("Rediger"), reverse("edit_catalogue", args=[rows.slug]) if more else ""),
        *more,
    ]


def _tell(request: HttpRequest, plan: Plan) -> None:
    count = len(plan.changes)
    words = ngettext("Gemt: %(count)d ændring.", "Gemt: %(count)d ændringer.", count)
    messages.success(request, words % {"count": count} if count else _("Der var intet at ændre."))


# --- the catalogue -------------------------------------------------------------------------------


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_catalogue(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    """Which actions there are, and in which order."""
    rows = rows_or_404(slug)
    form = RenumberForm(posted(request), rows=rows)
    seal, code = request.POST.get("seal") or editor.seal_of(rows), 200
    if request.method == "POST":
        code = 422
        if form.is_valid():
            try:
                _tell(
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
        "crumbs": _crumbs(rows),
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
                _tell(request, editor.save_frame(rows=form.rows(), seal=seal, by=mandate))
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
        "crumbs": _crumbs(rows, (_("Oplysninger"), "")),
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
    """What breaks the catalogue's rules becomes errors of the form, each at its field."""
    try:
        yield
    except editor.Broken as refusal:
        for path, _place, words in refusal.found:
            form.refuse(path, words)
    except CatalogueFileError as refusal:
        for fault in refusal.faults:
            form.add_error(None, sentence(str(fault)))


# --- one action ----------------------------------------------------------------------------------


@dataclass
class Editing:
    """An action being edited: what is typed, the seal it was made from, and what came of it.

    `before` is None for a new one, whose `number` is None too, and for one that is removed
    meanwhile.
    """

    rows: CatalogueRows
    before: ActionRow | None
    branch: Branch
    seal: str
    node: Node
    code: int = 200
    focus: str = ""
    plan: Plan | None = None
    outdated: str = ""
    number: int | None = None

    @property
    def title(self) -> str:
        if self.before:
            return self.before.title
        return _("Ny handling") if self.number is None else _("En handling, der er fjernet")


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_action(
    request: HttpRequest, mandate: Mandate, slug: str, number: int | None = None
) -> HttpResponse:
    """Shows an action as a form, changes the form's rows, shows what would change, or saves."""
    editing = _begin(request, rows_or_404(slug), number)
    order = request.POST.get(DO, SAVE)
    if request.method == "POST" and order in {SAVE, PREVIEW}:
        plan = _save(editing, number, mandate, dry=order == PREVIEW)
        if plan and order == SAVE:
            _tell(request, plan)
            saved = number or editor.last_number(read_rows(slug))
            return redirect("action", slug, saved)
        editing.plan = plan or editing.plan
    elif request.method == "POST":
        editing.focus = change(editing.branch, ACTION, order)
        editing.node = node_of(editing.branch, ACTION, bound=False)
    return render(request, "catalogue/edit_action.html", _page(editing), status=editing.code)


def _begin(request: HttpRequest, rows: CatalogueRows, number: int | None) -> Editing:
    before = editor.action_of(rows, number)
    if number is not None and before is None:
        _stay_if_removed(request, number)
    if request.method == "POST":
        branch = branch_from(request.POST, ACTION)
        seal = request.POST.get("seal", "")
    else:
        branch = branch_of(before) if before else _blank_action()
        seal = editor.seal_of(rows, number)
    node = node_of(branch, ACTION, bound=False)
    return Editing(rows, before, branch, seal, node, number=number)


def _stay_if_removed(request: HttpRequest, number: int) -> None:
    """404, but for who has typed something on an action that is removed meanwhile."""
    if request.method != "POST" or not 0 < number <= MAX_ACTIONS:
        raise Http404


def _blank_action() -> Branch:
    """A new action with one empty row of what it needs."""
    blank = empty(ACTION)
    for name in ("responsible", "goals"):
        blank.lists[name].append(empty(ACTION.lists[name]))
    return blank


def _save(editing: Editing, number: int | None, by: Mandate, *, dry: bool) -> Plan | None:
    """The plan, done or only shown; None where it is refused, and the form says why."""
    editing.branch = without_blanks(editing.branch, ACTION)
    node = editing.node = node_of(editing.branch, ACTION, bound=True)
    editing.code = 422
    if not node.is_valid:
        return None
    known = editing.before.known if editing.before else None
    row = action_from(node, number or 0, known)
    try:
        plan = _call(editing, row, by, new=number is None, dry=dry)
    except Conflict as refusal:
        _meet(editing, row, by, str(refusal), new=number is None)
        return None
    except editor.Broken as refusal:
        _refuse_all(editing, node, number or editor.last_number(editing.rows) + 1, refusal)
        return None
    except Undecided as refusal:
        _ask_for_decisions(node, refusal)
        return None
    except CatalogueFileError as refusal:
        for fault in refusal.faults:
            node.form.add_error(None, sentence(str(fault)))
        return None
    editing.code = 200
    return plan


def _call(editing: Editing, row: ActionRow, by: Mandate, *, new: bool, dry: bool) -> Plan:
    return editor.save_action(
        slug=editing.rows.slug, action=row, seal=editing.seal, by=by, new=new, dry=dry
    )


def _meet(editing: Editing, row: ActionRow, by: Mandate, words: str, *, new: bool) -> None:
    """Two wrote at once: the page keeps what was typed and shows what saving it would undo."""
    editing.code, editing.outdated = 409, words
    if editing.before or new:
        editing.seal = editor.seal_of(editing.rows, None if new else row.number)
        try:
            editing.plan = _call(editing, row, by, new=new, dry=True)
        except (Refused, CatalogueFileError):
            editing.plan = None


def _refuse_all(editing: Editing, node: Node, number: int, refusal: editor.Broken) -> None:
    numbers = sorted({number, *(one.number for one in editing.rows.actions)})
    here = ("actions", numbers.index(number))
    for path, place, words in refusal.found:
        within = path[2:] if path[:2] == here else ()
        refuse(node, within, place, words)


def _ask_for_decisions(node: Node, refusal: Undecided) -> None:
    for row in node.all():
        if "decision" in row.form.fields and row.form.cleaned_data["known"] in refusal.indicators:
            row.form.add_error(
                "decision", _("Der er givet status på måltallet. Skriv beslutningen.")
            )


def _page(editing: Editing) -> dict[str, Any]:
    choices = _initiatives(editing)
    for row in editing.node.all():
        if isinstance(row.form, RelatedForm):
            widget = row.form.fields["target"].widget
            assert isinstance(widget, Select)
            widget.choices = [*choices, *_lost_choice(row.form["target"].value(), choices)]
    focus_on(editing.node, editing.focus)
    return {
        "editing": editing,
        "node": editing.node,
        "form": editing.node.form,
        "rows": editing.rows,
        "title": editing.title,
        "changes": list(describe(editing.plan, in_words=True)) if editing.plan else [],
        "positions": sorted(Position.objects.values_list("name", flat=True), key=sort_key),
        "partners": sorted(Partner.objects.values_list("name", flat=True), key=sort_key),
        "crumbs": _crumbs(editing.rows, (editing.title, "")),
    }


def _initiatives(editing: Editing) -> list[tuple[str, Any]]:
    """What an initiative can hang together with: those of every action, this one's as typed."""
    number = editing.before.number if editing.before else 0
    groups: list[tuple[str, Any]] = [("", _("Vælg en indsats"))]
    for other in editing.rows.actions:
        titles = [(f"{other.number}|{one.title}", one.title) for one in other.initiatives]
        if other.number == number:
            titles = _typed_initiatives(editing.branch, other)
        if titles:
            groups.append((f"{other.number}. {other.title}", titles))
    return groups


def _lost_choice(value: str | None, choices: list[tuple[str, Any]]) -> list[tuple[str, str]]:
    """What was chosen and can no longer be: it is shown all the same, and refused with a reason."""
    known = {key for _group, titles in choices[1:] for key, _title in titles}
    return [(value, value.partition("|")[2])] if value and value not in known else []


def _typed_initiatives(branch: Branch, action: ActionRow) -> list[tuple[str, str]]:
    """Under the title each had, so that a new title changes no choice that was made."""
    before = {str(one.known): one.title for one in action.initiatives}
    titles = [(one.texts["known"], one.texts["title"]) for one in branch.lists["initiatives"]]
    return [
        (f"{action.number}|{before.get(known, title)}", title) for known, title in titles if title
    ]


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_action(request: HttpRequest, mandate: Mandate, slug: str, number: int) -> HttpResponse:
    rows = rows_or_404(slug)
    found = editor.action_of(rows, number)
    if found is None:
        raise Http404
    errors, code = [], 200
    if request.method == "POST":
        seal = request.POST.get("seal", "")
        try:
            editor.remove_action(slug=slug, number=number, seal=seal, by=mandate)
            messages.success(request, _("Handlingen er fjernet."))
            return redirect("edit_catalogue", slug)
        except Conflict as refusal:
            errors, code = [str(refusal)], 409
        except CatalogueFileError as refusal:
            errors, code = [sentence(str(fault)) for fault in refusal.faults], 422
    context = {
        "rows": rows,
        "action": found,
        "errors": errors,
        "seal": editor.seal_of(rows, number),
        "crumbs": _crumbs(rows, (_("Fjern handling %(number)d") % {"number": number}, "")),
    }
    return render(request, "catalogue/remove_action.html", context, status=code)
