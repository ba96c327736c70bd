"""The demo: every login lands where its work is, and a second run changes nothing."""

from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from actions.models import (
    GRANTABLE,
    Appointment,
    Catalogue,
    FigureSupplier,
    GoalStatus,
    Position,
    Role,
    RoleGrant,
    State,
    User,
)
from actions.models.figures import awaited
from handlingskatalog.demo.examples import SLUG
from handlingskatalog.demo.people import PASSWORD
from reports.content.assemble import assemble
from reports.editions import verbs
from reports.models import Edition, Kind, Passage
from tests.support import factory
from tests.support.cast import Cast
from tests.support.pages import Page

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HEADS = [
    "chefen-for-kultur-og-fritid",
    "erhvervs-og-turistchefen",
    "familie-og-forebyggelseschefen",
    "hr-chefen",
    "myndighedschefen-for-sundhed-og-arbejdsmarked",
    "plan-og-miljoechefen",
    "sekretariatschefen-i-staben",
    "skole-og-dagtilbudschefen",
    "sundheds-og-velfaerdschefen",
    "teknik-og-forsyningschefen",
]
READERS = ["vuf", "projektgruppe", "strategisk-chefforum"]
POLITICIANS = ["oekonomiudvalget", "kommunalbestyrelsen"]
LOGINS = [*HEADS, *READERS, *POLITICIANS, "administrator"]


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.DEBUG = True
    monkeypatch.setattr(verbs, "render_pdf", lambda content, edition: b"%PDF-")


@pytest.fixture
def catalogue(allowed: None, capsys: pytest.CaptureFixture[str]) -> Catalogue:
    call_command("demo")
    capsys.readouterr()
    return Catalogue.objects.get(slug=SLUG)


def row_counts() -> dict[str, int]:
    return {
        model.__name__: model._default_manager.count()
        for app in ("actions", "reports")
        for model in apps.get_app_config(app).get_models()
    }


def test_the_demo_is_refused_where_debug_is_off(settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="kun, hvor DEBUG=1"):
        call_command("demo")
    assert not User.objects.exists()
    assert not Catalogue.objects.exists()


def test_a_second_run_adds_nothing_and_keeps_what_was_edited(catalogue: Catalogue) -> None:
    before = row_counts()
    head, vuf = (User.objects.get(username=name) for name in ("hr-chefen", "vuf"))
    head.set_password("min-egen-adgangskode")
    head.first_name = "Hanne"
    head.save()
    vuf.role_grants.all().delete()
    staben = Position.objects.get(name="Sekretariatschefen i Staben")
    staben.administration = None
    staben.save()
    catalogue.actions.filter(number=1).update(title="Omdøbt")
    text = GoalStatus.objects.filter(state=State.DRAFT)[0]
    text.progress = "Skrevet af mig."
    text.save()

    call_command("demo")

    assert row_counts() == before | {"RoleGrant": before["RoleGrant"] - 1}
    head.refresh_from_db()
    assert head.check_password("min-egen-adgangskode")
    assert head.first_name == "Hanne"
    assert not RoleGrant.objects.filter(user=vuf).exists()
    staben.refresh_from_db()
    assert staben.administration is None
    assert catalogue.actions.get(number=1).title == "Omdøbt"
    text.refresh_from_db()
    assert text.progress == "Skrevet af mig."


def test_there_is_a_login_for_every_post_and_role_and_it_is_printed(
    allowed: None, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    call_command("demo")
    said = capsys.readouterr().out
    assert [line.split()[0] for line in said.splitlines() if line.startswith("  ")] == LOGINS
    assert said.endswith(f"Adgangskode for alle: {PASSWORD}\n")
    assert set(User.objects.values_list("username", flat=True)) == set(LOGINS)
    assert all(user.check_password(PASSWORD) for user in User.objects.all())
    assert Appointment.objects.count() == Position.objects.count() == len(HEADS)
    page = Client().get(reverse("account_login")).text
    for word in [*LOGINS, PASSWORD]:
        assert word in page
    settings.DEBUG = False
    page = Client().get(reverse("account_login")).text
    assert not [word for word in [*LOGINS, PASSWORD] if word in page]


def test_a_figure_is_delivered_by_a_post_that_does_not_answer_for_it(catalogue: Catalogue) -> None:
    supplier = FigureSupplier.objects.get()
    answers = supplier.indicator.goal.action.responsibilities.values("position")
    assert not answers.filter(position=supplier.position).exists()
    assert list(awaited(catalogue.rounds.get(year=2026))) == [supplier.indicator]
    client = Client()
    assert client.login(username="plan-og-miljoechefen", password=PASSWORD)
    assert supplier.indicator.name in client.get(reverse("supplied")).text
    supplier.delete()
    call_command("demo")
    assert not FigureSupplier.objects.exists(), "a task that was taken back stays so"


def test_every_login_lands_where_its_work_is(catalogue: Catalogue) -> None:
    edition = Edition.objects.get()
    assert edition.report.year == 2025
    expected = {
        **dict.fromkeys(HEADS, reverse("own_goals")),
        **dict.fromkeys(READERS, reverse("round", args=[catalogue.slug, 2026])),
        "oekonomiudvalget": edition.get_absolute_url(),
        "kommunalbestyrelsen": reverse("council", args=[catalogue.slug]),
        "administrator": reverse("users"),
    }
    for name in LOGINS:
        client = Client()
        assert client.login(username=name, password=PASSWORD)
        answer = client.get(reverse("home"), follow=True)
        assert answer.redirect_chain == [(expected[name], 302)], name
        assert answer.status_code == 200, name


def test_the_examples_are_complete_and_marked_as_examples(catalogue: Catalogue) -> None:
    finished, under_way = catalogue.rounds.order_by("year")
    assert (finished.year, under_way.year) == (2025, 2026)
    goals = GoalStatus.objects.filter(round=finished).count()
    assert finished.statuses.filter(state=State.APPROVED).count() == goals
    assert set(under_way.statuses.values_list("state", flat=True)) == set(State.values)
    assert not GoalStatus.objects.exclude(state=State.NOT_STARTED).filter(is_example=False).exists()
    assert Edition.objects.get().content["is_example"] is True
    assert Edition.objects.get().content["editorial"]["foreword"]
    assert not Passage.objects.filter(is_example=False).exists()
    midterm = assemble(catalogue, 2026, Kind.MIDTERM)["evaluation"]
    assert midterm is not None
    assert all(count["actions"] for count in midterm["recommendations"])


# Landing, whatever the installation holds.


def landing(user: User) -> str:
    client = Client()
    client.force_login(user)
    return str(client.get(reverse("home")).headers.get("Location", ""))


def test_before_there_is_a_catalogue_everybody_gets_a_page(db: None) -> None:
    for role in GRANTABLE:
        user = factory.make_user(roles=[role])
        client = Client()
        client.force_login(user)
        assert client.get(reverse("home"), follow=True).status_code == 200, role


def test_the_first_page_leads_vuf_to_the_first_catalogue(db: None) -> None:
    user = factory.make_user(roles=[Role.COORDINATOR])
    client = Client()
    client.force_login(user)
    page = Page(client.get(reverse("home"), follow=True).text)
    for route in ("new_catalogue", "import_catalogue"):
        assert reverse(route) in page.links
        assert client.get(reverse(route)).status_code == 200


def test_without_a_round_the_readers_land_where_rounds_are_opened(cast: Cast) -> None:
    other = factory.make_catalogue("nyt", period_from=cast.round.year, period_to=cast.round.year)
    cast.round.statuses.all().delete()
    cast.round.delete()
    cast.catalogue.period_to = cast.catalogue.period_from
    cast.catalogue.save()
    assert landing(cast.coordinator) == reverse("rounds", args=[other.slug])


def test_without_an_edition_the_politicians_land_on_the_list_of_reports(cast: Cast) -> None:
    assert landing(cast.committee) == reverse("reports", args=[cast.catalogue.slug])


def test_the_committee_lands_on_the_latest_edition_and_the_council_on_its_page(cast: Cast) -> None:
    year = cast.round.year
    factory.make_edition(cast.catalogue, year - 1)
    factory.make_edition(cast.catalogue, year, number=1)
    latest = factory.make_edition(cast.catalogue, year, number=2)
    assert landing(cast.committee) == latest.get_absolute_url()
    assert landing(cast.council) == reverse("council", args=[cast.catalogue.slug])


def test_a_head_who_coordinates_too_lands_on_own_goals(cast: Cast) -> None:
    RoleGrant.objects.create(user=cast.head, role="coordinator")
    assert landing(cast.head) == reverse("own_goals")


def test_the_temamoede_of_2025_was_held_and_says_it_is_an_example(catalogue: Catalogue) -> None:
    client = Client()
    client.force_login(User.objects.get(username="kommunalbestyrelsen"))
    words = Page(client.get(reverse("theme_meeting", args=[catalogue.slug, 2025])).text).text
    assert "Eksempeldata" in words
    assert words.count("Mødets konklusion") == 4
    client.force_login(User.objects.get(username="plan-og-miljoechefen"))
    goal = catalogue.actions.get(number=5).goals.get()
    form = Page(client.get(reverse("status", args=[catalogue.slug, 2026, goal.pk])).text).text
    assert "Temamødet den 18. juni 2025 konkluderede" in form
