"""The editor of lines: buttons add, move and remove rows, also rows within rows, without scripts.

What the browser sends becomes `Branch`es: a row's texts as typed, and its lists of rows. Buttons
change these, without any check. Each row is then a Django form with a prefix of its own
("goals-0-indicators-1"), by which a fault finds its field. Django's formsets cannot nest.

A button sends `do`: "add:goals", "up:goals-1", "down:goals-1" or "remove:goals-1". The page shows
again all that was typed, with the focus on the row that was moved; only saving checks it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from actions.tools.revised import RevisedForm
from actions.tools.text import Path

#: The name a button sends, and its value to save; a form sent without a button is saved too.
DO: Final = "do"
DO_SAVE: Final = "save"
#: The one list of a `LinesForm`.
LINES: Final = "lines"

#: The most rows of a list; more are left out.
MAX_ROWS: Final = 200
STEP: Final = re.compile(r"([a-z]+)-(\d{1,3})(?:-|$)")
SHIFTS: Final = {"up": -1, "down": 1}


@dataclass(frozen=True)
class Shape:
    """A kind of row: its form, and the kinds of row in its lists."""

    form: type[forms.Form]
    lists: dict[str, "Shape"] = field(default_factory=dict)
    #: Fields that have a value before anybody types, and so do not make a row filled in.
    preset: frozenset[str] = frozenset({"known"})
    #: Further arguments of the form.
    kwargs: dict[str, Any] = field(default_factory=dict)


@dataclass
class Branch:
    """A row as typed: its texts by field, its lists of rows."""

    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list["Branch"]] = field(default_factory=dict)

    def is_blank(self, shape: Shape) -> bool:
        """Whether nothing is typed, here or below, in a new row."""
        typed = (text for name, text in self.texts.items() if name not in shape.preset)
        return not (
            self.texts.get("known")
            or any(text.strip() for text in typed)
            or any(
                not branch.is_blank(shape.lists[name])
                for name, rows in self.lists.items()
                for branch in rows
            )
        )


def branch_from(data: Mapping[str, str], shape: Shape, prefix: str = "") -> Branch:
    """What was sent, rows sorted by number; unknown fields are left out."""
    names = shape.form.base_fields
    start = f"{prefix}-" if prefix else ""
    branch = Branch({name: data.get(start + name, "") for name in names})
    for name, inner in shape.lists.items():
        pattern = re.compile(rf"{re.escape(start + name)}-(\d{{1,3}})-")
        numbers = {int(match[1]) for key in data if (match := pattern.match(key))}
        branch.lists[name] = [
            branch_from(data, inner, f"{start}{name}-{number}")
            for number in sorted(numbers)[:MAX_ROWS]
        ]
    return branch


def change(branch: Branch, shape: Shape, order: str) -> str:
    """Does what a button says ("add:goals", "up:goals-1"); ignores what no button says.

    Returns the prefix of the row to focus, or of the list if its last row was removed.
    """
    verb, _colon, target = order.partition(":")
    steps = STEP.findall(target)
    name = target.rpartition("-")[2] if verb == "add" else ""
    parents = steps if verb == "add" else steps[:-1]
    home = _descend(branch, shape, parents)
    if home is None:
        return ""
    row, of_row = home
    start = "".join(f"{list_}-{number}-" for list_, number in parents)
    if verb == "add" and name in of_row.lists and len(row.lists[name]) < MAX_ROWS:
        row.lists[name].append(empty(of_row.lists[name]))
        return f"{start}{name}-{len(row.lists[name]) - 1}"
    if verb in {"remove", *SHIFTS} and steps:
        return start + _shift(row, verb, steps[-1][0], int(steps[-1][1]))
    return ""


def _shift(row: Branch, verb: str, name: str, number: int) -> str:
    rows = row.lists.get(name, [])
    if number >= len(rows):
        return ""
    if verb == "remove":
        del rows[number]
        return f"{name}-{max(number - 1, 0)}" if rows else name
    there = min(max(number + SHIFTS[verb], 0), len(rows) - 1)
    rows[there], rows[number] = rows[number], rows[there]
    return f"{name}-{there}"


def _descend(
    branch: Branch, shape: Shape, steps: list[tuple[str, str]]
) -> tuple[Branch, Shape] | None:
    for name, number in steps:
        rows = branch.lists.get(name, [])
        if int(number) >= len(rows):
            return None
        branch, shape = rows[int(number)], shape.lists[name]
    return branch, shape


def empty(shape: Shape) -> Branch:
    initial = {name: str(field.initial or "") for name, field in shape.form.base_fields.items()}
    return Branch(initial, {name: [] for name in shape.lists})


def without_blanks(branch: Branch, shape: Shape) -> Branch:
    return Branch(
        branch.texts,
        {
            name: [
                without_blanks(row, shape.lists[name])
                for row in rows
                if not row.is_blank(shape.lists[name])
            ]
            for name, rows in branch.lists.items()
        },
    )


@dataclass
class Node:
    """A row on the page: its form, and the rows of its lists."""

    form: forms.Form
    prefix: str
    lists: dict[str, list["Node"]]

    def all(self) -> Iterator["Node"]:
        yield self
        for rows in self.lists.values():
            for row in rows:
                yield from row.all()

    @property
    def is_valid(self) -> bool:
        """Checks every form, also after the first that is not valid."""
        return not [node for node in self.all() if not node.form.is_valid()]

    def at(self, path: Path) -> tuple["Node", str]:
        """The row nearest to a value of the document, and the value's name in it."""
        if len(path) >= 2 and path[0] in self.lists and isinstance(path[1], int):
            rows = self.lists[str(path[0])]
            if path[1] < len(rows):
                return rows[path[1]].at(path[2:])
        return self, str(path[0]) if path else ""

    @property
    def number(self) -> int:
        """Its place in its list, from 1."""
        return int(self.prefix.rpartition("-")[2]) + 1

    @property
    def faulty_lines(self) -> list[tuple["Node", BoundField]]:
        """The faulty fields of the rows below it."""
        below = [node for node in self.all() if node is not self]
        return [(node, bound) for node in below for bound in node.form if bound.errors]


def node_of(branch: Branch, shape: Shape, *, bound: bool, prefix: str = "") -> Node:
    """The forms of a branch: bound, to be checked, or only with initial values."""
    start = f"{prefix}-" if prefix else ""
    if bound:
        data = {start + name: text for name, text in branch.texts.items()}
        form = shape.form(data, prefix=prefix or None, **shape.kwargs)
    else:
        form = shape.form(initial=branch.texts, prefix=prefix or None, **shape.kwargs)
    lists = {
        name: [
            node_of(row, inner, bound=bound, prefix=f"{start}{name}-{number}")
            for number, row in enumerate(branch.lists.get(name, []))
        ]
        for name, inner in shape.lists.items()
    }
    return Node(form, prefix, lists)


def focus_on(node: Node, prefix: str) -> None:
    """Focuses the first field of the row with this prefix; does nothing for ""."""
    for row in node.all():
        if prefix and row.prefix == prefix:
            row.form.visible_fields()[0].field.widget.attrs["autofocus"] = True


class LinesForm(RevisedForm):
    """A form with one list of rows, `lines`; saving leaves out the blank ones.

    `focus` is the prefix that `change` returned.
    """

    line_form: ClassVar[type[forms.Form]]

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        lines: Sequence[Mapping[str, Any]],
        line_kwargs: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        shape = Shape(forms.Form, {LINES: Shape(self.line_form, kwargs=dict(line_kwargs or {}))})
        self.focus = ""
        if data is None:
            branch = Branch(lists={LINES: [_branch_of(line) for line in lines]})
        elif (order := data.get(DO, DO_SAVE)) == DO_SAVE:
            branch = without_blanks(branch_from(data, shape), shape)
        else:
            branch = branch_from(data, shape)
            self.focus = change(branch, shape, str(order))
            initial, data = data.dict(), None
        super().__init__(data, initial=dict(initial or {}))
        self.node = node_of(branch, shape, bound=data is not None)
        focus_on(self.node, self.focus)

    @property
    def lines(self) -> list[Node]:
        return self.node.lists[LINES]

    def clean(self) -> dict[str, Any]:
        if not self.node.is_valid:
            self.add_error(None, _("Der er noget at rette i linjerne herunder."))
        return super().clean() or {}

    @property
    def filled(self) -> list[dict[str, Any]]:
        """The cleaned data of each line, in order; only after `is_valid()`."""
        return [line.form.cleaned_data for line in self.lines]


def _branch_of(line: Mapping[str, Any]) -> Branch:
    return Branch({name: "" if value is None else str(value) for name, value in line.items()})
