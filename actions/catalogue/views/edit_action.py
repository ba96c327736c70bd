"""VUF edits one action of the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import Select
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions.access import Mandate, allow
from actions.catalogue import editor
from actions.catalogue.checks import held_goals
from actions.catalogue.exporter import read_rows
from actions.catalogue.file import ActionRow, CatalogueFileError, CatalogueRows
from actions.catalogue.forms.action import ACTION, GoalForm, RelatedForm
from actions.catalogue.forms.action_rows import action_from, branch_of, put_fault
from actions.catalogue.forms.indicator import IndicatorForm, check_steps
from actions.catalogue.importer import Undecided
from actions.catalogue.plan import Plan
from actions.catalogue.plan_words import describe
from actions.catalogue.views.edit import edit_crumbs, rows_or_404, tell_plan
from actions.danish import sort_key
from actions.models import Partner, Position, Role
from actions.tools.lines import (
    DO,
    DO_SAVE,
    Branch,
    Node,
    branch_from,
    change,
    empty,
    focus_on,
    node_of,
    without_blanks,
)
from actions.tools.text import as_sentence
from actions.writing.refusals import Conflict, Refused

#: The highest number that an action can have.
MAX_ACTIONS = 200
#: What the button sends that shows what saving would change.
DO_PREVIEW = "preview"


@dataclass
class Editing:
    """An action being edited: what is typed, the seal it was made from, and what came of it.

    `before` is what stands, `number` the action's number. A new action has neither; one that was
    removed meanwhile has only the number.
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
    order = request.POST.get(DO, DO_SAVE)
    if request.method == "POST" and order in {DO_SAVE, DO_PREVIEW}:
        plan = _save(editing, number, mandate, dry=order == DO_PREVIEW)
        if plan and order == DO_SAVE:
            tell_plan(request, plan)
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
    """Raises Http404, unless the action was removed while somebody typed."""
    if request.method != "POST" or not 0 < number <= MAX_ACTIONS:
        raise Http404


def _blank_action() -> Branch:
    """A new action, with an empty row in each list that needs one."""
    blank = empty(ACTION)
    for name in ("responsible", "goals"):
        blank.lists[name].append(empty(ACTION.lists[name]))
    return blank


def _save(editing: Editing, number: int | None, by: Mandate, *, dry: bool) -> Plan | None:
    """The plan, carried out or only shown; None if it was refused, and the form says why."""
    editing.branch = without_blanks(editing.branch, ACTION)
    node = editing.node = node_of(editing.branch, ACTION, bound=True)
    editing.code = 422
    if not _is_valid(node):
        return None
    known = editing.before.known if editing.before else None
    row = action_from(node, number or 0, known)
    try:
        plan = _call(editing, row, by, new=number is None, dry=dry)
    except Conflict as refusal:
        _show_conflict(editing, row, by, str(refusal), new=number is None)
        return None
    except editor.Broken as refusal:
        _refuse_all(editing, node, number or editor.last_number(editing.rows) + 1, refusal)
        return None
    except Undecided as refusal:
        _ask_for_decisions(node, refusal)
        return None
    except CatalogueFileError as refusal:
        for fault in refusal.faults:
            node.form.add_error(None, as_sentence(str(fault)))
        return None
    editing.code = 200
    return plan


def _is_valid(node: Node) -> bool:
    if not node.is_valid:
        return False
    for goal in node.lists["goals"]:
        for indicator in goal.lists["indicators"]:
            check_steps(indicator)
    return node.is_valid


def _call(editing: Editing, row: ActionRow, by: Mandate, *, new: bool, dry: bool) -> Plan:
    return editor.save_action(
        slug=editing.rows.slug, action=row, seal=editing.seal, by=by, new=new, dry=dry
    )


def _show_conflict(editing: Editing, row: ActionRow, by: Mandate, words: str, *, new: bool) -> None:
    """After a conflict the page keeps what was typed, and shows what saving it would undo."""
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
    for path, place, words in refusal.breaches:
        within = path[2:] if path[:2] == here else ()
        put_fault(node, within, place, words)


def _ask_for_decisions(node: Node, refusal: Undecided) -> None:
    for row in node.all():
        if isinstance(row.form, GoalForm) and row.form.cleaned_data["known"] in refusal.goals:
            words = _("Der er givet status på målet. Vælg, om ordene er rettet, eller det er nyt.")
            row.form.add_error("change", words)
        asked = isinstance(row.form, IndicatorForm)
        if asked and row.form.cleaned_data["known"] in refusal.indicators:
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
    _offer_to_stop(editing)
    focus_on(editing.node, editing.focus)
    return {
        "editing": editing,
        "node": editing.node,
        "form": editing.node.form,
        "rows": editing.rows,
        "title": editing.title,
        "changes": list(describe(editing.plan, in_words=True)) if editing.plan else [],
        "positions": sorted(_posts(), key=sort_key),
        "partners": sorted(Partner.objects.values_list("name", flat=True), key=sort_key),
        "crumbs": edit_crumbs(editing.rows, (editing.title, "")),
    }


def _posts() -> Iterable[str]:
    return Position.objects.filter(merged_into__isnull=True).values_list("name", flat=True)


def _offer_to_stop(editing: Editing) -> None:
    """Gives each goal that cannot be removed the address where it is stopped."""
    if editing.before is None or not editing.before.known:
        return
    held = held_goals(editing.before.known)
    numbers = {goal.known: number for number, goal in enumerate(editing.before.goals, 1)}
    for row in editing.node.lists["goals"]:
        typed = str(row.form["known"].value() or "")
        known = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
        if isinstance(row.form, GoalForm) and known in held and known in numbers:
            place = [editing.rows.slug, editing.before.number, numbers[known]]
            row.form.stop_url = reverse("stop_goal", args=place)


def _initiatives(editing: Editing) -> list[tuple[str, Any]]:
    """The initiatives that one can be related to: of every action, and of this one as typed."""
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
    """A choice that is gone is still shown, so that it can be refused with a reason."""
    known = {key for _group, titles in choices[1:] for key, _title in titles}
    return [(value, value.partition("|")[2])] if value and value not in known else []


def _typed_initiatives(branch: Branch, action: ActionRow) -> list[tuple[str, str]]:
    """The choices by the title each had, so that a new title undoes no choice."""
    before = {str(one.known): one.title for one in action.initiatives}
    titles = [(one.texts["known"], one.texts["title"]) for one in branch.lists["initiatives"]]
    return [
        (f"{action.number}|{before.get(known, title)}", title) for known, title in titles if title
    ]
