"""What the second format of the catalogue file says can be typed in the browser as well."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from actions.catalogue.exporter import rows_of
from actions.catalogue.file import read_bytes, to_text
from actions.models import Action, TargetRevision
from actions.models.versions import CatalogueVersion
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import read

pytestmark = pytest.mark.django_db

ROW = "goals-0-indicators-0"


def address(cast: Cast) -> str:
    return reverse("edit_action", args=[cast.catalogue.slug, 1])


def typed(client: Client, cast: Cast, **changed: str) -> dict[str, str]:
    fields = read(client.get(address(cast))).form_with("seal").fields
    return fields | {f"{ROW}-{name.replace('_0_', '-0-')}": text for name, text in changed.items()}


def faults(client: Client, cast: Cast, **changed: str) -> dict[str, list[str]]:
    answer = client.post(address(cast), typed(client, cast, **changed))
    assert answer.status_code == 422
    return {
        name: errors
        for node in answer.context["node"].all()
        for name, errors in node.form.errors.items()
    }


def test_an_indicator_is_given_its_meaning(vuf: Client, cast: Cast) -> None:
    indicator = factory.make_indicator(cast.own_goal, target=100)
    said = {
        "comparison": "at_least",
        "timing": "by",
        "by": "2030",
        "targets_0_year": "2027",
        "targets_0_value": "40",
        "baseline": "10",
        "baseline_year": "2021",
        "measures": "total",
        "every": "2",
        "decimals": "1",
        "tolerance": "5",
    }
    assert vuf.post(address(cast), typed(vuf, cast, **said)).status_code == 302
    indicator.refresh_from_db()
    assert (indicator.by_year, indicator.targets) == (2030, [{"year": 2027, "value": "40"}])
    assert (indicator.measures, indicator.every, indicator.decimals) == ("total", 2, 1)
    assert (indicator.baseline_year, indicator.tolerance) == (2021, Decimal(5))
    again = vuf.post(address(cast), typed(vuf, cast), follow=True)
    assert "Der var intet at ændre." in again.text
    rows = rows_of(cast.catalogue.slug)
    assert read_bytes(to_text(rows, "yaml").encode()) == rows


def test_a_range_and_an_answer_of_yes_or_no(vuf: Client, cast: Cast) -> None:
    indicator = factory.make_indicator(cast.own_goal, target=20)
    vuf.post(address(cast), typed(vuf, cast, comparison="between", upper="25"))
    indicator.refresh_from_db()
    assert (indicator.comparison, indicator.target, indicator.upper) == (
        "between",
        Decimal(20),
        Decimal(25),
    )
    answered = {"kind": "yes_no", "target": "", "upper": "", "unit": ""}
    vuf.post(address(cast), typed(vuf, cast, **answered))
    indicator.refresh_from_db()
    assert (indicator.kind, indicator.target, indicator.upper) == (
        "yes_no",
        Decimal(1),
        None,
    )
    again = vuf.post(address(cast), typed(vuf, cast), follow=True)
    assert "Der var intet at ændre." in again.text


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"comparison": "between"}, "upper"),
        ({"upper": "200"}, "upper"),
        ({"comparison": "between", "upper": "3"}, "target"),
        ({"kind": "yes_no"}, "target"),
        ({"target": ""}, "target"),
        ({"every": "0"}, "every"),
        ({"every": ""}, "every"),
        ({"decimals": "9"}, "decimals"),
        ({"tolerance": "200"}, "tolerance"),
        ({"baseline_year": "2024"}, "baseline_year"),
        ({"targets_0_year": "2025", "targets_0_value": "4"}, "by"),
        (
            {
                "timing": "by",
                "by": "2025",
                "targets_0_year": "2026",
                "targets_0_value": "4",
            },
            "by",
        ),
    ],
)
def test_what_says_two_things_is_told_at_its_field(
    vuf: Client, cast: Cast, said: dict[str, str], field: str
) -> None:
    factory.make_indicator(cast.own_goal, target=100)
    assert field in faults(vuf, cast, **said)


def test_another_range_takes_a_decision_once_heads_have_reported(vuf: Client, cast: Cast) -> None:
    indicator = factory.make_indicator(
        cast.own_goal, target=20, comparison="between", upper=Decimal(25)
    )
    said = {"upper": "30"}
    factory.hand_in(factory.status_of(cast.round, cast.own_goal))
    assert "decision" in faults(vuf, cast, **said)
    decided = said | {"decision": "Byrådet, punkt 2", "decided_on": "2026-01-02"}
    assert vuf.post(address(cast), typed(vuf, cast, **decided)).status_code == 302
    indicator.refresh_from_db()
    assert indicator.upper == 30
    # The target itself is as before, so it has no revision; the version tells the decision.
    assert not TargetRevision.objects.exists()
    latest = CatalogueVersion.objects.order_by("-pk")[0]
    assert latest.decision == "Byrådet, punkt 2"


def test_an_action_is_given_its_code_committee_and_money(vuf: Client, cast: Cast) -> None:
    fields = typed(vuf, cast) | {
        "code": "14.1.0",
        "theme": "Natur",
        "committee": "Teknik- og Miljøudvalget",
        "sdg": "6, 14",
        "money-0-year": "2027",
        "money-0-amount": "1.250.000",
        "money-0-kind": "anlæg",
        "money-0-state": "afsat",
        "money-0-decided": "Budget 2027",
    }
    assert vuf.post(address(cast), fields).status_code == 302
    action = Action.objects.get(number=1)
    assert (action.code, action.sdg) == ("14.1.0", [6, 14])
    assert action.money == [
        {
            "year": 2027,
            "kind": "anlæg",
            "amount": "1250000",
            "state": "afsat",
            "decision": "Budget 2027",
        }
    ]
    page = read(vuf.get(action.get_absolute_url())).text
    for words in ("14.1.0", "Natur", "Teknik- og Miljøudvalget", "6, 14", "1.250.000 kr."):
        assert words in page
    assert "Der var intet at ændre." in vuf.post(address(cast), typed(vuf, cast), follow=True).text


def test_a_world_goal_that_is_none_is_refused_with_everything_kept(vuf: Client, cast: Cast) -> None:
    answer = vuf.post(address(cast), typed(vuf, cast) | {"sdg": "3 og 4", "theme": "Natur"})
    assert answer.status_code == 422
    assert "Skriv tal med komma imellem" in answer.text
    assert read(answer).form_with("seal").fields["sdg"] == "3 og 4"
    assert not Action.objects.filter(theme="Natur").exists()
