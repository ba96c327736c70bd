"""An action's rows to and from what is typed, and the faults of the rows at their fields."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy

from actions.catalogue.file import (
    ActionRow,
    GoalRow,
    IndicatorRow,
    InitiativeRow,
    MilestoneRow,
    PartnerRow,
    RelatedRow,
    ResponsibleRow,
)
from actions.catalogue.forms.action import BY, LANGUAGE, MEANING, YEARLY
from actions.danish import format_number
from actions.tools.lines import Branch, Node
from actions.tools.text import Path, as_sentence

#: What is asked about a goal's new text.
UNSAID: Final = {"change": "", "decision": "", "decided_on": ""}
#: `known` of a row that is new.
NEW: Final = 0


def branch_of(action: ActionRow) -> Branch:
    """An action as the form first shows it."""
    return Branch(
        {"title": action.title, "summary": action.summary, "purpose": action.purpose},
        {
            "responsible": [
                Branch({"position": one.position, "note": one.note}) for one in action.responsible
            ],
            "partners": [
                Branch({"name": one.name, "contribution": one.contribution})
                for one in action.partners
            ],
            "goals": [
                Branch(
                    {"known": _key(goal.known), "text": goal.text} | UNSAID,
                    {"indicators": list(map(_indicator_branch, goal.indicators))},
                )
                for goal in action.goals
            ],
            "initiatives": list(map(_initiative_branch, action.initiatives)),
        },
    )


def _key(known: int | None) -> str:
    return "" if known is None else str(known)


def _figure(value: Decimal | None) -> str:
    return "" if value is None else format_number(value).replace("\N{MINUS SIGN}", "-")


def _indicator_branch(row: IndicatorRow) -> Branch:
    return Branch(
        {
            "known": _key(row.known),
            "name": row.name,
            "comparison": row.comparison,
            "target": _figure(row.target),
            "unit": row.unit,
            "timing": YEARLY if row.yearly else BY if row.by else "",
            "by": _key(row.by),
            "baseline": _figure(row.baseline),
            "decision": "",
            "decided_on": "",
        }
    )


def _initiative_branch(row: InitiativeRow) -> Branch:
    return Branch(
        {"known": _key(row.known), "title": row.title, "description": row.description},
        {
            "milestones": [
                Branch({"year": str(one.year), "text": one.text}) for one in row.milestones
            ],
            "related": [
                Branch({"target": f"{one.action}|{one.initiative}"}) for one in row.related
            ],
        },
    )


def action_from(node: Node, number: int, known: int | None) -> ActionRow:
    """The action that a form says; all its nodes must be valid."""
    values = node.form.cleaned_data
    return ActionRow(
        number=number,
        known=known,
        **values,
        responsible=tuple(ResponsibleRow(**one) for one in _cleaned(node, "responsible")),
        partners=tuple(PartnerRow(**one) for one in _cleaned(node, "partners")),
        goals=tuple(
            GoalRow(
                text=goal.form.cleaned_data["text"],
                known=goal.form.cleaned_data["known"] or NEW,
                **_meaning(goal.form.cleaned_data),
                indicators=tuple(map(_indicator_row, _cleaned(goal, "indicators"))),
            )
            for goal in node.lists["goals"]
        ),
        initiatives=tuple(
            InitiativeRow(
                **one.form.cleaned_data,
                milestones=tuple(MilestoneRow(**step) for step in _cleaned(one, "milestones")),
                related=tuple(_related(row["target"]) for row in _cleaned(one, "related")),
            )
            for one in node.lists["initiatives"]
        ),
    )


def _meaning(values: dict[str, Any]) -> dict[str, Any]:
    """What a goal's text is changed by: see `GoalRow`."""
    if values["change"] == MEANING:
        return {"decision": values["decision"], "decided_on": values["decided_on"]}
    return {"decision": "" if values["change"] == LANGUAGE else None}


def _cleaned(node: Node, name: str) -> Iterable[dict[str, Any]]:
    return (row.form.cleaned_data for row in node.lists[name])


def _indicator_row(values: dict[str, Any]) -> IndicatorRow:
    fields = {name: value for name, value in values.items() if name != "timing"}
    return IndicatorRow(**fields, yearly=values["timing"] == YEARLY)


def _related(key: str) -> RelatedRow:
    number, _bar, title = key.partition("|")
    whole = number.isascii() and number.isdigit() and len(number) < 4
    return RelatedRow(int(number) if whole else 0, title)


#: The form's field for a value that has another name in the document.
FIELD_OF: Final = {"frequency": "timing", "action": "target", "initiative": "target"}
#: What an action without any of these is told.
LACKING: Final = {
    "responsible": gettext_lazy("Handlingen skal have mindst én ansvarlig stilling."),
    "goals": gettext_lazy("Handlingen skal have mindst ét mål."),
}


def put_fault(node: Node, path: Path, place: str, words: str) -> None:
    """Adds a fault as an error of its field. `path` is within the action, () if it is elsewhere."""
    row, name = node.at(path)
    name = FIELD_OF.get(name, name)
    if name in row.form.fields:
        row.form.add_error(name, as_sentence(words))
    elif name in LACKING and len(path) == 1:
        node.form.add_error(None, str(LACKING[name]))
    else:
        node.form.add_error(None, as_sentence(f"{place}: {words}" if place else words))
