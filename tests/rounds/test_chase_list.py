"""VUF's chase list: what it narrows to, the check before publishing, and the same as a workbook."""

import re
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import assume, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from actions.lights import Light
from actions.models import Action, Administration, Goal, GoalStatus, Measurement, Position, Round
from actions.models.status import SOFT_LIMITS
from actions.rounds.filters import RoundRow, StatusRow
from actions.rounds.workbook import chase_list
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import hand_in, status_of
from tests.support.pages import Page, read

pytestmark = pytest.mark.django_db

OWN, OTHER = "Mål 1.1 skal nås.", "Mål 2.1 skal nås."
HEADERS = [
    "Handling",
    "Mål",
    "Ansvarlig",
    "Forvaltning",
    "Sidste års vurdering",
    "Årets vurdering",
    "Status",
    "Frist",
    "Åbnet",
    "Senest ændret",
    "Mangler tiltrædelse",
    "Manglende tal",
]


def page_for(cast: Cast, name: str = "coordinator", **asked: Any) -> Page:
    return read(client_of(cast, name).get(address(cast, "round", **asked)))


def client_of(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name])
    return client


def address(cast: Cast, route: str, **asked: object) -> str:
    url = reverse(route, args=[cast.catalogue.slug, cast.round.year])
    return f"{url}?{urlencode(asked)}" if asked else url


def goals_of(page: Page) -> list[str]:
    return [text for text in (OWN, OTHER) if text in page.text]


def place(cast: Cast) -> Administration:
    """The other goal's post is put in an administration of its own."""
    made = Administration.objects.create(name="Øst & <b>Vest</b>")
    Position.objects.filter(responsibilities__action=cast.other_goal.action).update(
        administration=made
    )
    return made


def post_of(goal: Goal) -> Position:
    return Position.objects.get(responsibilities__action=goal.action_id)


# Narrowing.


def test_the_list_narrows_to_an_administration_and_to_a_post(cast: Cast) -> None:
    there = place(cast)
    assert goals_of(page_for(cast)) == [OWN, OTHER]
    assert goals_of(page_for(cast, forvaltning=there.pk)) == [OTHER]
    assert goals_of(page_for(cast, stilling=cast.position.pk)) == [OWN]
    assert goals_of(page_for(cast, stilling=cast.position.pk, forvaltning=there.pk)) == []


def test_an_action_with_two_posts_is_found_under_both(cast: Cast) -> None:
    shared = Position.objects.get(name="Kulturchefen")
    assert goals_of(page_for(cast, stilling=shared.pk)) == [OWN]


def test_filters_are_kept_together_and_the_counts_are_of_the_chosen_posts(cast: Cast) -> None:
    hand_in(status_of(cast.round, cast.other_goal), "approved")
    post = post_of(cast.other_goal)
    page = page_for(cast, vis="godkendt", stilling=post.pk)
    assert goals_of(page) == [OTHER]
    assert page.form_with("stilling").fields == {
        "forvaltning": "",
        "stilling": str(post.pk),
        "vis": "godkendt",
    }
    assert f"{address(cast, 'round', vis='mangler', stilling=post.pk)}#maal" in page.links
    assert "Alle (1) Mangler (0) Til godkendelse (0) Godkendt (1)" in page.text
    assert goals_of(page_for(cast, vis="mangler", stilling=post.pk)) == []


@pytest.mark.parametrize("value", ["findes-ikke", "-1", "9" * 40, "\0", "1 OR 1=1", "<b>"])
@pytest.mark.parametrize("name", ["vis", "forvaltning", "stilling"])
def test_what_is_unknown_narrows_nothing(cast: Cast, name: str, value: str) -> None:
    page = page_for(cast, **{name: value})
    assert goals_of(page) == [OWN, OTHER]
    assert page.form_with("stilling").fields == {"forvaltning": "", "stilling": ""}
    assert "Nulstil filtrene" not in page.text


def test_without_administrations_there_is_nothing_to_choose_among(cast: Cast) -> None:
    Position.objects.update(administration=None)
    assert page_for(cast).form_with("stilling").fields == {"stilling": ""}


def test_unsigned_goals_are_a_filter_of_the_coordinators(cast: Cast) -> None:
    for goal in (cast.own_goal, cast.other_goal):
        hand_in(status_of(cast.round, goal), "submitted")
    page = page_for(cast, vis="mangler-tiltraedelse")
    assert goals_of(page) == [OWN]
    assert "Mangler tiltrædelse (1)" in page.text
    assert "Ikke godkendt (" not in page.text
    other = page_for(cast, "strategic_forum", vis="mangler-tiltraedelse")
    assert goals_of(other) == [OWN, OTHER]
    assert "Mangler tiltrædelse" not in other.text


# Before publishing.


def status_over_length(cast: Cast) -> GoalStatus:
    texts = {"progress": "æ" * SOFT_LIMITS["progress"], "cause": "æ" * (SOFT_LIMITS["cause"] + 1)}
    return hand_in(status_of(cast.round, cast.own_goal), "submitted", **texts)


def measure(cast: Cast, value: Decimal | None, **kwargs: Any) -> None:
    indicator = factory.make_indicator(cast.own_goal)
    Measurement.objects.append(
        indicator=indicator,
        status=status_of(cast.round, cast.own_goal),
        **{"year": cast.round.measured_year, "value": value} | kwargs,
    )


def test_the_check_counts_what_is_left_and_links_to_it(cast: Cast) -> None:
    status_over_length(cast)
    hand_in(status_of(cast.round, cast.other_goal), "approved")
    measure(cast, Decimal(0))
    measure(cast, None, missing_reason="Måles hvert andet år.")
    measure(cast, Decimal(3), year=cast.round.measured_year - 1)
    page = page_for(cast)
    for words, word in (
        ("Ikke godkendt 1 mål", "ikke-godkendt"),
        ("Mangler tiltrædelse 1 mål", "mangler-tiltraedelse"),
        ("Mangler tal 1 mål", "mangler-tal"),
        ("Tekster over længden 1 mål", "lange-tekster"),
    ):
        assert words in page.text
        assert f"{address(cast, 'round', vis=word)}#maal" in page.links
        narrowed = page_for(cast, vis=word)
        assert goals_of(narrowed) == [OWN]
        assert f"{words.removesuffix(' 1 mål')} (1)" in narrowed.text
    assert "Mangler 2 tal" in page.text
    assert "Over længden: Årsag" in page.text


def test_when_nothing_is_left_the_check_says_so(cast: Cast) -> None:
    for goal in (cast.own_goal, cast.other_goal):
        hand_in(status_of(cast.round, goal), "approved")
    page = page_for(cast)
    for label in ("Ikke godkendt", "Mangler tal", "Tekster over længden"):
        assert f"{label} ingen mål" in page.text


@pytest.mark.parametrize("name", ["head", "other_head", "group_member", "strategic_forum"])
def test_the_check_and_the_workbook_are_for_the_coordinator_alone(cast: Cast, name: str) -> None:
    status_over_length(cast)
    measure(cast, None)
    page = page_for(cast, name)
    for words in ("Inden rapporten udgives", "Over længden", "Mangler 1 tal", ".xlsx"):
        assert words not in page.text
    assert goals_of(page_for(cast, name, vis="lange-tekster")) == [OWN, OTHER]


def test_the_chase_list_tells_who_has_not_even_opened_the_form(cast: Cast) -> None:
    url = reverse("opened", args=[cast.catalogue.slug, cast.round.year, cast.own_goal.pk])
    form = reverse("status", args=[cast.catalogue.slug, cast.round.year, cast.own_goal.pk])
    head = client_of(cast, "head")
    assert url in head.get(form).text
    assert goals_of(page_for(cast, vis="ikke-aabnet")) == [OWN, OTHER], "a GET writes nothing"
    first = status_of(cast.round, cast.own_goal)
    for _twice in range(2):
        assert head.post(url).status_code == 204
    opened = status_of(cast.round, cast.own_goal)
    assert opened.opened_at is not None
    assert (opened.revision, opened.state) == (first.revision, "not_started")
    assert url not in head.get(form).text
    assert goals_of(page_for(cast, vis="ikke-aabnet")) == [OTHER]
    assert goals_of(page_for(cast, vis="aabnet")) == [OWN]
    assert "Åbnet den" in page_for(cast).text
    assert "Åbnet" not in page_for(cast, "strategic_forum").text


@pytest.mark.parametrize(("state", "word"), [("draft", "kladde"), ("returned", "sendt-tilbage")])
def test_what_is_written_counts_as_opened(cast: Cast, state: str, word: str) -> None:
    hand_in(status_of(cast.round, cast.own_goal), state)
    assert goals_of(page_for(cast, vis=word)) == [OWN]
    assert goals_of(page_for(cast, vis="ikke-aabnet")) == [OTHER]
    assert goals_of(page_for(cast, vis="aabnet")) == []


# The workbook.


def fetch(cast: Cast, **asked: object) -> bytes:
    answer = client_of(cast, "coordinator").get(address(cast, "round_list", **asked))
    assert answer.status_code == 200
    assert answer.streaming
    assert answer.headers["Content-Type"] == (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    name = f'attachment; filename="statusrunde-{cast.round.year}.xlsx"'
    assert answer.headers["Content-Disposition"] == name
    return b"".join(answer)


def rows_of(book: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()


def test_the_workbook_holds_the_rows_of_the_page(cast: Cast) -> None:
    past = Round.objects.get(pk=factory.make_past_round(cast.catalogue, cast.round.year - 1).pk)
    hand_in(status_of(past, cast.own_goal), light=Light.AT_RISK)
    saved = datetime(2026, 3, 1, 23, 30, tzinfo=timezone.get_default_timezone())
    hand_in(
        status_of(cast.round, cast.own_goal),
        "submitted",
        light=Light.OFF_TRACK,
        saved_at=saved,
        opened_at=saved,
    )
    measure(cast, None)
    there = place(cast)
    header, own, other = rows_of(fetch(cast))
    assert header == HEADERS
    own_place = str(cast.position.administration)
    assert own == [
        "1. Handling nummer 1",
        OWN,
        "Planchefen, Kulturchefen",
        own_place,
        "Opmærksomhed",
        "Kræver handling",
        "Indsendt",
        cast.round.due,
        datetime(2026, 3, 1, 23, 30),
        datetime(2026, 3, 1, 23, 30),
        "Kulturchefen",
        1.0,
    ]
    post = post_of(cast.other_goal)
    assert other == [
        "2. Handling nummer 2",
        OTHER,
        post.name,
        there.name,
        "",
        "",
        "Ikke begyndt",
        cast.round.due,
        "",
        "",
        "",
        0.0,
    ]
    page = page_for(cast)
    for text in (*own[:6], own[6], *other[:3], other[6]):
        assert all(part in page.text for part in text.split(", "))


def test_the_page_links_to_the_workbook_of_the_same_rows(cast: Cast) -> None:
    hand_in(status_of(cast.round, cast.other_goal), "approved")
    asked: dict[str, Any] = {"vis": "mangler", "stilling": cast.position.pk}
    assert address(cast, "round_list", **asked) in page_for(cast, **asked).links
    assert [row[1] for row in rows_of(fetch(cast, **asked))] == ["Mål", OWN]
    assert [row[1] for row in rows_of(fetch(cast, vis="godkendt"))] == ["Mål", OTHER]
    assert rows_of(fetch(cast, vis="til-godkendelse")) == [HEADERS]


def test_the_header_stays_in_sight_and_every_column_has_a_width(cast: Cast) -> None:
    sheet = load_workbook(BytesIO(fetch(cast))).worksheets[0]
    assert sheet.title == f"Statusrunde {cast.round.year}"
    assert sheet.freeze_panes == "A2"
    assert all(sheet.column_dimensions[letter].width >= 12 for letter in "ABCDEFGHIJK")
    assert isinstance(sheet["H2"].value, date)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("https://example.org","klik")',
        "+45 12 34",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "#N/A",
        "12",
        "2026-01-01",
        "TRUE",
        "_x0041_",
        "_x005F_x0041_",
        "<b>&amp;</b> æøå 😀",
        " to  mellemrum ",
    ],
)
def test_what_people_write_is_text_and_no_formula(cast: Cast, text: str) -> None:
    Goal.objects.filter(pk=cast.own_goal.pk).update(text=text)
    Position.objects.filter(pk=cast.position.pk).update(name=text)
    book = fetch(cast)
    first = rows_of(book)[1]
    assert first[1] == text
    assert first[2] == f"{text}, Kulturchefen"
    sheet = load_workbook(BytesIO(book)).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.rows for cell in row)
    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))


def test_what_a_workbook_cannot_hold_is_left_out_and_nothing_breaks(cast: Cast) -> None:
    Goal.objects.filter(pk=cast.own_goal.pk).update(text="=a\x01\x0b\x1f\ufffe\uffffb\r\nc")
    assert rows_of(fetch(cast))[1][1] == "=ab\nc"


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_is_read_back_as_it_was_written(text: str) -> None:
    held = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)
    assume(held.strip())
    round_ = Round(year=2026, due=timezone.localdate())
    goal = Goal(action=Action(number=1, title="Handling"), number=1, text=text)
    line = StatusRow(GoalStatus(goal=goal, round=round_), "", is_readable=True)
    rows = rows_of(chase_list(round_, [RoundRow(goal.action, [], [line])]))
    assert rows[1][1] == re.sub("\r\n?", "\n", held)
