"""The form follows the one who types: chart, suggestion, the sentence it asks for, the report."""

from decimal import Decimal

from playwright.sync_api import expect

from actions.lights import Light
from actions.models import GoalStatus, Measurement, State
from tests.browser.conftest import Visit
from tests.support import factory
from tests.support.cast import Cast


def _last_year(cast: Cast) -> GoalStatus:
    past = factory.make_past_round(cast.catalogue, cast.round.year - 1)
    indicator = factory.make_indicator(cast.own_goal, name="Besøg", target=Decimal(100))
    status = factory.hand_in(
        factory.status_of(past, cast.own_goal), light=Light.ON_TRACK, progress="Stien er åben."
    )
    Measurement.objects.append(
        indicator=indicator, status=status, year=past.measured_year, value=Decimal(110)
    )
    return status


def test_chart_suggestion_and_report_follow_the_typing(visit: Visit, cast: Cast) -> None:
    _last_year(cast)
    page = visit(cast.head)
    page.goto(factory.status_of(cast.round, cast.own_goal).get_absolute_url())
    figure = page.get_by_label("Besøg (besøg)")
    figure.press_sequentially("40")
    expect(page.locator(".figure-chart")).to_contain_text(f"{cast.round.measured_year}: 40.")
    expect(page.locator("#assessment-notes")).to_contain_text("Kræver handling")
    expect(figure).to_be_focused()

    page.locator("label").filter(has_text="På sporet").click()
    differs = page.get_by_label("Hvorfor vurderingen er en anden end tallenes")
    expect(differs).to_be_visible()
    figure.fill("120")
    expect(differs).to_be_hidden()

    page.locator("summary", has_text="Sådan ser målet ud i rapporten").click()
    look = page.locator("#look")
    expect(look).to_contain_text("rapportens side")
    page.get_by_label("Fremdrift siden sidste år").press_sequentially("Nu er broen bygget.")
    expect(look).to_contain_text("Nu er broen bygget.")


def test_an_unchanged_goal_is_handed_in_with_one_sentence(visit: Visit, cast: Cast) -> None:
    _last_year(cast)
    page = visit(cast.head)
    page.goto(factory.status_of(cast.round, cast.own_goal).get_absolute_url())
    expect(page.get_by_label("Hvorfor status er uændret")).to_be_hidden()
    page.get_by_label("Besøg (besøg)").fill("110")
    page.get_by_label("Næste skridt").press_sequentially("Vi bygger en bro.")
    expect(page.locator("#saved")).to_contain_text("Gemt kl.")
    page.get_by_role("button", name="Uændret – tag sidste år over").click()
    why = page.get_by_label("Hvorfor status er uændret")
    expect(why).to_be_focused()
    why.fill("Sagen venter på fredningsnævnet.")
    page.get_by_role("button", name="Indsend status").click()
    expect(page.get_by_role("status").first).to_contain_text("Status er indsendt")
    status = factory.status_of(cast.round, cast.own_goal)
    assert status.state == State.SUBMITTED
    assert (status.progress, status.next_step) == ("Stien er åben.", "Vi bygger en bro.")
