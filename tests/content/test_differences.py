"""The differences between two editions: computed, in Danish, at the reader's places."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from actions.lights import Light
from reports.content.differences import FOLLOWS, KEYS, WORDS, differences
from reports.content.shape import ReportContent
from tests.content import sample

type Told = list[tuple[str, str, str, str]]


def told(
    change: Callable[[Any], object], made: Callable[[], ReportContent] = sample.report
) -> Told:
    before = made()
    after: Any = deepcopy(before)
    change(after)
    return [
        (each["place"], each["what"], each["before"], each["after"])
        for each in differences(before, after)
    ]


def goal_of(content: Any, action: int = 3) -> Any:
    return content["actions"][action - 1]["goals"][0]


def change_light(content: Any) -> None:
    goal = goal_of(content)
    goal["light"] = goal["lights_by_year"][-1]["light"] = sample.light(Light.AT_RISK)


def change_value(content: Any) -> None:
    goal_of(content)["indicators"][5]["points"][0]["value"] = "1200000"


def take_partner(content: Any) -> None:
    del content["actions"][2]["partners"][0]


def add_text(content: Any) -> None:
    text = {"name": "why_differs", "label": "Hvorfor en anden", "text": "Sæsonen er kort."}
    goal_of(content)["texts"].append(text)


def revise(content: Any) -> None:
    content["actions"][4]["goals"][0]["indicators"][0]["revisions"][0]["decision"] = "Byrådet"


def paint(content: Any) -> None:
    goal_of(content)["light"]["colour"] = "#000000"
    content["counts"] = []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda content: None, []),
        (paint, []),
        (change_light, [("Handling 3, mål 1", "Vurdering i 2026", "På sporet", "Opmærksomhed")]),
        (
            lambda content: content.update(municipality="Ny Kommune"),
            [("", "Kommune", "Havneby Kommune", "Ny Kommune")],
        ),
        (
            lambda content: content["round_dates"].update(due="2026-02-21"),
            [("", "Rundens frist", "den 20. februar 2026", "den 21. februar 2026")],
        ),
        (
            lambda content: goal_of(content)["texts"][0].update(text="Nyt."),
            [("Handling 3, mål 1", "Fremdrift siden sidste år", sample.PROGRESS, "Nyt.")],
        ),
        (add_text, [("Handling 3, mål 1", "Hvorfor en anden", "", "Sæsonen er kort.")]),
        (
            change_value,
            [
                (
                    "Handling 3, mål 1, måltallet Investeringer i grøn omstilling hos de "
                    "virksomheder, der har taget imod rådgivning",
                    "Tal for 2024: værdi",
                    "850.000",
                    "1.200.000",
                )
            ],
        ),
        (
            take_partner,
            [
                (
                    "Handling 3",
                    "Samarbejdspartner",
                    "Havneby Erhvervsråd",
                    "",
                )
            ],
        ),
        (
            revise,
            [
                (
                    "Handling 5, mål 1, måltallet Ny skov",
                    "Justeret måltal 2025-10-08: beslutning",
                    "Byrådets budgetforlig 2025",
                    "Byrådet",
                )
            ],
        ),
        (
            lambda content: content["actions"].pop(),
            [("Handling 11", "Handlingen", sample.TITLES[10], "")],
        ),
    ],
)
def test_each_change_is_told_once_with_its_place(
    change: Callable[[Any], object], expected: Told
) -> None:
    assert told(change) == expected


def test_what_is_written_for_the_midterm_is_told_with_its_voice() -> None:
    decided = sample.decisions()[0]["title"]

    def rewrite(content: Any) -> None:
        content["editorial"]["resume"] = "Nyt resumé."
        content["actions"][0]["recommendation"]["reason"] = "Målet er nået."
        content["actions"][0]["head_recommendation"]["word"] = "Afslut"
        content["evaluation"]["decisions"][0]["numbers"] = [1, 5]
        content["evaluation"]["decisions"].pop()

    assert [
        (place, what, after) for place, what, _before, after in told(rewrite, sample.midterm)
    ] == [
        ("Handling 1", "De ansvarliges anbefaling: valg", "Afslut"),
        ("Handling 1", "Anbefaling: begrundelse", "Målet er nået."),
        ("", "Resumé", "Nyt resumé."),
        ("", f"Beslutning undervejs {decided}: handlinger", "1; 5"),
        ("", "Beslutning undervejs", ""),
    ]


def names_in(value: Any) -> set[str]:
    if isinstance(value, list):
        return {name for each in value for name in names_in(each)}
    if not isinstance(value, dict) or "colour" in value:
        return set()
    shown = {name: each for name, each in value.items() if name not in FOLLOWS}
    return set(shown) | {name for each in shown.values() for name in names_in(each)}


def test_every_part_of_a_report_has_a_danish_name_or_follows_from_another() -> None:
    contents: list[ReportContent] = [sample.report(), sample.midterm(), sample.final()]
    known = {*WORDS, *KEYS, *KEYS.values(), "bodies", "editorial", "evaluation", "final"}
    assert names_in(contents) - known == set()
