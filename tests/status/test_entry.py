"""What a head has entered: when it is complete, and that it survives the form and the history."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from actions.danish import WHOLE_DIGITS
from actions.lights import NEEDS_EXPLANATION, Light
from actions.models import Catalogue, Comparison, GoalStatus, Indicator, Round
from actions.models.status import HARD_LIMIT, HARD_LIMIT_SHORT, SOFT_LIMITS, TEXT_LABELS
from actions.status.entry import Entry, Figure, content_of, lacks
from actions.status.forms import StatusForm
from actions.status.suggestion import Suggestion
from actions.tools.fields import plain

ROUND = Round(measured_year=2025, catalogue=Catalogue(period_from=2024))
NO_SUGGESTION = Suggestion(None, "")
ALL_TEXTS = dict.fromkeys(GoalStatus.TEXTS, "Der er skrevet noget.")

NEEDED = {
    Light.OFF_TRACK: {"progress", "cause", "consequence", "next_step"},
    Light.AT_RISK: {"progress", "cause", "consequence", "next_step"},
    Light.ON_TRACK: {"progress"},
    Light.ACHIEVED: {"progress"},
    Light.NOT_ASSESSABLE: {"progress", "why_not_assessable"},
}


@pytest.mark.parametrize("light", Light)
def test_each_light_needs_its_texts_and_no_others(light: Light) -> None:
    assert set(lacks(Entry(light), [], NO_SUGGESTION)) == NEEDED[light]
    needed = dict.fromkeys(NEEDED[light], "Ja.")
    assert lacks(Entry(light, needed), [], NO_SUGGESTION) == {}


@pytest.mark.parametrize("blank", ["", " ", "\n\t ", "\u00a0"])
def test_blank_space_is_no_text_and_no_reason(blank: str) -> None:
    typed = Entry(Light.ON_TRACK, {"progress": blank}, (Figure(7, missing_reason=blank),))
    assert set(lacks(typed, [7], NO_SUGGESTION)) == {"progress", "value-7"}


def test_without_a_light_only_light_and_progress_are_asked_for() -> None:
    assert list(lacks(Entry(), [], Suggestion(Light.AT_RISK, ""))) == ["light", "progress"]


def test_zero_is_a_figure() -> None:
    typed = Entry(Light.ON_TRACK, ALL_TEXTS, (Figure(7, Decimal(0)),))
    assert lacks(typed, [7], NO_SUGGESTION) == {}


def test_a_source_alone_is_neither_a_figure_nor_a_reason() -> None:
    typed = Entry(Light.ON_TRACK, ALL_TEXTS, (Figure(7, source="Optælling", comment="Foreløbig"),))
    assert set(lacks(typed, [7, 8], NO_SUGGESTION)) == {"value-7", "value-8"}


@pytest.mark.parametrize("suggestion", Light)
@pytest.mark.parametrize("light", Light)
def test_only_a_light_that_differs_from_the_suggestion_needs_a_reason(
    light: Light, suggestion: Light
) -> None:
    typed = Entry(light, ALL_TEXTS | {"why_differs": ""})
    expected = set() if light is suggestion else {"why_differs"}
    assert set(lacks(typed, [], Suggestion(suggestion, ""))) == expected


def test_every_text_has_its_label_and_a_length_that_fits_well_within_the_hard_limit() -> None:
    assert set(TEXT_LABELS) == set(SOFT_LIMITS) == set(GoalStatus.TEXTS)
    assert max(SOFT_LIMITS.values()) < HARD_LIMIT
    assert HARD_LIMIT_SHORT < HARD_LIMIT
    assert {Light.OFF_TRACK, Light.AT_RISK} == NEEDS_EXPLANATION


# What must hold for anything that can be typed.

INDICATORS = [
    Indicator(
        pk=number, name="Ny skov", unit=unit, target=Decimal(1000), comparison=Comparison.AT_LEAST
    )
    for number, unit in enumerate(["ha", "%", "", "kr. pr. år"], 1)
]
# What a field keeps: line breaks as one character, and no blank space around.
typed_texts = st.text(
    st.characters(exclude_categories=["Cs"]).filter(lambda each: plain(each) == each), max_size=60
).map(str.strip)
LARGEST = Decimal(10**WHOLE_DIGITS) - Decimal("0.0001")
values = st.none() | st.decimals(-LARGEST, LARGEST, places=4)
figures = st.tuples(
    *(
        st.builds(
            lambda value, reason, source, comment, pk=row.pk: Figure(
                pk, value, reason if value is None else "", source, comment
            ),
            values,
            typed_texts,
            typed_texts,
            typed_texts,
        )
        for row in INDICATORS
    )
)
entries = st.builds(
    Entry,
    light=st.sampled_from(["", *Light.values]),
    texts=st.fixed_dictionaries(dict.fromkeys(GoalStatus.TEXTS, typed_texts)),
    figures=figures,
)


def sent_back(form: StatusForm) -> StatusForm:
    """The form as a browser sends it when nothing is touched."""
    data = QueryDict(mutable=True)
    for field in form:
        value = field.value()
        data[field.html_name] = "" if value is None else str(value).replace("\n", "\r\n")
    return StatusForm(data, indicators=INDICATORS, round_=ROUND)


@pytest.mark.slow
@given(entry=entries)
def test_an_untouched_form_gives_back_what_was_saved(entry: Entry) -> None:
    form = sent_back(StatusForm.of(GoalStatus(revision=3, round=ROUND), entry, INDICATORS))
    assert form.is_valid(), form.errors
    assert form.content() == entry
    assert form.cleaned_data["revision"] == 3


@pytest.mark.slow
@given(entry=entries)
def test_the_history_holds_every_character_and_digit_as_json(entry: Entry) -> None:
    content = json.loads(json.dumps(content_of(entry)))
    assert content["light"] == entry.light
    assert content["texts"] == entry.texts
    restored = [
        Figure(
            row["indicator"],
            Decimal(row["value"]) if row["value"] else None,
            row["missing_reason"],
            row["source"],
            row["comment"],
        )
        for row in content["figures"]
    ]
    assert tuple(restored) == entry.figures


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ({"by_year": 2030}, "Måltal: mindst 3.000 ha inden 2030. Skriv fx 3,3 eller 1.000."),
        ({"yearly": True}, "Måltal: mindst 3.000 ha hvert år. Skriv fx 3,3 eller 1.000."),
        ({}, "Måltal: mindst 3.000 ha. Skriv fx 3,3 eller 1.000."),
        (
            {"comparison": Comparison.BETWEEN, "upper": Decimal(4000), "by_year": 2030},
            "Måltal: mellem 3.000 og 4.000 ha inden 2030. Skriv fx 3,3 eller 1.000.",
        ),
    ],
)
def test_the_field_of_a_figure_says_what_the_target_is_and_when(
    kind: dict[str, Any], words: str
) -> None:
    defaults = {"comparison": Comparison.AT_LEAST, "target": Decimal(3000)} | kind
    indicator = Indicator(pk=1, name="Ny skov", unit="ha", **defaults)
    form = StatusForm(indicators=[indicator], round_=ROUND)
    assert form.fields["value-1"].help_text.replace("\u00a0", " ") == words


def test_a_figure_with_what_came_along_when_it_was_pasted_is_read() -> None:
    row = Indicator(
        pk=1, name="Andel", unit="%", target=Decimal(20), comparison=Comparison.AT_LEAST
    )
    for typed in ("25 pct.", "\u200e25", "25 %\u200b"):
        form = StatusForm({"revision": 0, "value-1": typed}, indicators=[row], round_=ROUND)
        form.is_valid()
        assert form.content().figures[0].value == Decimal(25)


@pytest.mark.parametrize(
    ("typed", "value"), [("1", 1), ("0", 0), ("ja", 1), ("Nej", 0), ("", None), ("2", None)]
)
def test_a_yes_or_no_is_a_choice_that_is_kept_as_one_or_zero(typed: str, value: int | None) -> None:
    row = Indicator(
        pk=1, name="Plan vedtaget", target=Decimal(1), kind="yes_no", comparison=Comparison.AT_LEAST
    )
    form = StatusForm({"revision": 0, "value-1": typed}, indicators=[row], round_=ROUND)
    form.is_valid()
    assert form.content().figures[0].value == value
    assert form.content().unparsed == ({"value-1": "2"} if typed == "2" else {})
    labels = [label for _value, label in form.fields["value-1"].choices]  # type: ignore[attr-defined]
    assert labels == ["ja", "nej", "ikke oplyst"]
    assert form.fields["value-1"].label == "Plan vedtaget"


@pytest.mark.parametrize("stored", ["1.0000", "0.0000"])
def test_a_stored_yes_or_no_is_chosen_in_the_form(stored: str) -> None:
    row = Indicator(
        pk=1, name="Plan vedtaget", target=Decimal(1), kind="yes_no", comparison=Comparison.AT_LEAST
    )
    figure = Figure(1, Decimal(stored))
    form = StatusForm.of(GoalStatus(round=ROUND), Entry(figures=(figure,)), [row])
    chosen = [option.choice_label for option in form["value-1"] if option.data["selected"]]
    assert chosen == [{"1": "ja", "0": "nej"}[stored[0]]]
