"""The editor of lines: what a button does to the rows, and where the focus goes on."""

from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from actions.tools.lines import Branch, LinesForm, Shape, branch_from, change


class WordForm(forms.Form):
    word = forms.CharField()


class ListForm(LinesForm):
    line_form = WordForm


SHAPE = Shape(forms.Form, {"goals": Shape(WordForm, {"figures": Shape(WordForm)})})
TYPED = {
    "goals-0-word": "A",
    "goals-1-word": "B",
    "goals-1-figures-0-word": "b1",
    "goals-1-figures-4-word": "b2",
}


def words(rows: list[Branch]) -> list[Any]:
    return [
        [row.texts["word"], words(row.lists["figures"])]
        if "figures" in row.lists
        else row.texts["word"]
        for row in rows
    ]


@pytest.mark.parametrize(
    ("order", "focus", "after"),
    [
        ("down:goals-0", "goals-1", [["B", ["b1", "b2"]], ["A", []]]),
        ("up:goals-1", "goals-0", [["B", ["b1", "b2"]], ["A", []]]),
        ("down:goals-1", "goals-1", [["A", []], ["B", ["b1", "b2"]]]),
        ("down:goals-1-figures-0", "goals-1-figures-1", [["A", []], ["B", ["b2", "b1"]]]),
        ("remove:goals-1-figures-1", "goals-1-figures-0", [["A", []], ["B", ["b1"]]]),
        ("add:goals-0-figures", "goals-0-figures-0", [["A", [""]], ["B", ["b1", "b2"]]]),
        ("down:goals-7", "", [["A", []], ["B", ["b1", "b2"]]]),
        ("sideways:goals-0", "", [["A", []], ["B", ["b1", "b2"]]]),
    ],
)
def test_a_button_moves_a_row_with_all_below_it(order: str, focus: str, after: list[Any]) -> None:
    branch = branch_from(TYPED, SHAPE)
    assert change(branch, SHAPE, order) == focus
    assert words(branch.lists["goals"]) == after


def posted(**fields: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({name.replace("__", "-"): value for name, value in fields.items()})
    return data


def test_the_button_that_adds_has_the_focus_if_the_last_line_went() -> None:
    form = ListForm(posted(lines__0__word="A", do="remove:lines-0"), lines=[])
    assert (form.lines, form.focus) == ([], "lines")
    assert not form.is_bound


def test_a_moved_line_has_the_focus_and_is_not_checked() -> None:
    data = posted(lines__0__word="A", lines__1__word="", revision="7", do="down:lines-0")
    form = ListForm(data, lines=[])
    assert [line.form["word"].value() for line in form.lines] == ["", "A"]
    assert ["autofocus" in str(line.form["word"]) for line in form.lines] == [False, True]
    assert form["revision"].value() == "7"
    assert not form.errors


def test_blank_lines_are_left_out_when_the_form_is_saved() -> None:
    form = ListForm(posted(lines__0__word=" ", lines__3__word="A", revision="7"), lines=[])
    assert form.is_valid()
    assert form.filled == [{"word": "A"}]
