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
    MoneyRow,
    PartnerRow,
    RelatedRow,
    ResponsibleRow,
    TargetRow,
)
from actions.catalogue.file.rows import YES_NO
from actions.catalogue.forms.action import LANGUAGE, MEANING
from actions.catalogue.forms.indicator import BY, YEARLY, indicator_values
from actions.danish import format_number
from actions.tools.lines import Branch, Node
from actions.tools.text import Path, as_sentence

#: What is asked about a goal's new text.
UNSAID: Final = {"change": "", "decision": "", "decided_on": ""}
#: The texts of an action's own form.
OWN_TEXTS: Final = (
    "title",
    "summary",
    "purpose",
    "code",
    "theme",
    "committee",
    "ambition",
)
#: `known` of a row that is new.
NEW: Final = 0


def branch_of(action: ActionRow) -> Branch:
    """An action as the form first shows it."""
    return Branch(
        {name: getattr(action, name) for name in OWN_TEXTS}
        | {"sdg": ", ".join(map(str, action.sdg))},
        {
            "responsible": [
                Branch({"position": one.position, "note": one.note}) for one in action.responsible
            ],
            "partners": [
                Branch({"name": one.name, "contribution": one.contribution})
                for one in action.partners
            ],
            "money": list(map(_money_branch, action.money)),
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
            "target": "" if row.kind == YES_NO else _figure(row.target),
            "upper": _figure(row.upper),
            "unit": row.unit,
            "timing": YEARLY if row.yearly else BY if row.by else "",
            "by": _key(row.by),
            "baseline": _figure(row.baseline),
            "baseline_year": _key(row.baseline_year),
            "kind": row.kind,
            "measures": row.measures,
            "every": _key(row.every),
            "decimals": _key(row.decimals),
            "tolerance": _figure(row.tolerance),
            "decision": "",
            "decided_on": "",
        },
        {
            "targets": [
                Branch({"year": str(one.year), "value": _figure(one.value)}) for one in row.targets
            ]
        },
    )


def _money_branch(row: MoneyRow) -> Branch:
    texts = {"kind": row.kind, "state": row.state, "decided": row.decided}
    return Branch({"year": str(row.year), "amount": _figure(row.amount)} | texts)


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
        money=tuple(MoneyRow(**one) for one in _cleaned(node, "money")),
        goals=tuple(
            GoalRow(
                text=goal.form.cleaned_data["text"],
                known=goal.form.cleaned_data["known"] or NEW,
                **_meaning(goal.form.cleaned_data),
                indicators=tuple(map(_indicator_row, goal.lists["indicators"])),
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


def _indicator_row(node: Node) -> IndicatorRow:
    targets = tuple(TargetRow(**one) for one in _cleaned(node, "targets"))
    return IndicatorRow(**indicator_values(node.form.cleaned_data), targets=targets)


def _related(key: str) -> RelatedRow:
    number, _bar, title = key.partition("|")
    whole = number.isascii() and number.isdigit() and len(number) < 4
    return RelatedRow(int(number) if whole else 0, title)


#: The form's field for a value that has another name in the document.
FIELD_OF: Final = {
    "frequency": "timing",
    "action": "target",
    "initiative": "target",
    "targets": "by",
    "decision": "decided",
}
#: What an action without any of these is told.
LACKING: Final = {
    "responsible": gettext_lazy("Handlingen skal have mindst én ansvarlig stilling."),
    "goals": gettext_lazy("Handlingen skal have mindst ét mål."),
}


def put_fault(node: Node, path: Path, place: str, words: str) -> None:
    """Adds a fault as an error of its field. `path` is within the action, () if it is elsewhere."""
    row, name = node.at(path)
    if name not in row.form.fields:
        name = FIELD_OF.get(name, name)
    if name in row.form.fields:
        row.form.add_error(name, as_sentence(words))
    elif name in LACKING and len(path) == 1:
        node.form.add_error(None, str(LACKING[name]))
    else:
        node.form.add_error(None, as_sentence(f"{place}: {words}" if place else words))
