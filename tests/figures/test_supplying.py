"""Who delivers an indicator's values: named by the coordinator, and may write them only."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.access import mandate_of
from actions.catalogue.carry_over import carry_over
from actions.catalogue.exporter import rows_of
from actions.catalogue.importer import import_rows
from actions.figures.supplying import end_supplier, name_supplier
from actions.figures.told import Told, YearTold
from actions.figures.verbs import tell_figures
from actions.models import Event, FigureSupplier, Indicator, Measurement, Role
from actions.writing.refusals import NotAllowed, Refused
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import mandate
from tests.support.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    return factory.make_indicator(cast.own_goal, name="Besøg", unit="besøg")


def url(route: str, indicator: Indicator) -> str:
    return reverse(route, args=[indicator.goal.action.catalogue.slug, indicator.pk])


def as_(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def test_vuf_names_a_person_and_takes_it_back(cast: Cast, indicator: Indicator) -> None:
    vuf = as_(cast.coordinator)
    answer = vuf.post(url("supplier", indicator), {"user": cast.outsider.pk})
    assert answer["Location"] == indicator.get_absolute_url()
    assert str(cast.outsider) in read(vuf.get(indicator.get_absolute_url())).text
    assert as_(cast.outsider).get(indicator.get_absolute_url()).status_code == 200
    vuf.post(url("end_supplier", indicator))
    assert not FigureSupplier.objects.exists()
    assert as_(cast.outsider).get(indicator.get_absolute_url()).status_code == 404
    assert [event.verb for event in Event.objects.order_by("pk")] == [
        "name_supplier",
        "end_supplier",
    ]
    assert end_supplier(indicator=indicator, by=mandate(cast.coordinator)) is False


@pytest.mark.parametrize(
    ("names", "field", "message"),
    [
        ("position user", "user", "Vælg enten en stilling eller en person, ikke begge."),
        ("", "position", "Vælg en stilling eller en person."),
    ],
)
def test_exactly_one_is_named(
    cast: Cast, indicator: Indicator, names: str, field: str, message: str
) -> None:
    keys = {"position": cast.position.pk, "user": cast.outsider.pk}
    typed = {name: keys[name] for name in names.split()}
    answer = as_(cast.coordinator).post(url("supplier", indicator), typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [message]
    assert not FigureSupplier.objects.exists()


def test_a_second_supplier_is_refused(cast: Cast, indicator: Indicator) -> None:
    by = mandate(cast.coordinator)
    first = name_supplier(indicator=indicator, position=cast.position, user=None, by=by)
    again = name_supplier(indicator=indicator, position=cast.position, user=None, by=by)
    assert again == first, "a second click"
    answer = as_(cast.coordinator).post(url("supplier", indicator), {"user": cast.outsider.pk})
    assert answer.status_code == 422
    words = "Planchefen leverer allerede måltallet. Fjern først den leverandør."
    assert words in read(answer).text
    assert FigureSupplier.objects.get() == first
    with pytest.raises(Refused):
        name_supplier(indicator=indicator, position=None, user=None, by=by)


def test_only_the_coordinator_names(cast: Cast, indicator: Indicator) -> None:
    for user in (cast.head, cast.outsider, cast.administrator):
        with pytest.raises(NotAllowed):
            name_supplier(indicator=indicator, position=None, user=user, by=mandate(user))
    assert "Vælg en leverandør" not in read(as_(cast.head).get(indicator.get_absolute_url())).text


def test_who_has_no_other_role_lands_on_the_list_and_writes_there(
    cast: Cast, indicator: Indicator
) -> None:
    other = factory.make_indicator(cast.other_goal, name="Andet")
    FigureSupplier.objects.create(indicator=indicator, user=cast.outsider)
    client, year = as_(cast.outsider), timezone.localdate().year - 1
    assert client.get("/")["Location"] == reverse("supplied")
    page = read(client.get(reverse("supplied")))
    assert f"{indicator.get_absolute_url()}#skriv" in page.links
    assert f"Mangler for {year}" in page.text
    assert "Andet" not in page.text
    answer = client.post(indicator.get_absolute_url(), {"year": str(year), "value": "12"})
    assert answer.status_code == 302
    row = Measurement.objects.get()
    assert (row.value, row.by_name) == (Decimal(12), str(cast.outsider))
    assert row.position == "Måltalsleverandør"
    page = read(client.get(reverse("supplied")))
    assert f"Senest {year}: 12 besøg" in " ".join(page.text.split())
    assert "Mangler for" not in page.text
    rows = [YearTold(other, year, Told(Decimal(1)))]
    with pytest.raises(NotAllowed):
        tell_figures(by=mandate(cast.outsider), rows=rows)


def test_every_link_on_a_suppliers_pages_opens(cast: Cast, indicator: Indicator) -> None:
    FigureSupplier.objects.create(indicator=indicator, user=cast.outsider)
    client = as_(cast.outsider)
    for address in (reverse("supplied"), indicator.get_absolute_url()):
        links = [link for link in read(client.get(address)).links if link.startswith("/")]
        assert links
        for link in links:
            assert client.get(link, follow=True).status_code == 200, link


def test_a_post_delivers_by_whoever_holds_it(cast: Cast, indicator: Indicator) -> None:
    holder, today = factory.make_user("holder"), timezone.localdate()
    post = factory.make_position("Registret")
    FigureSupplier.objects.create(indicator=indicator, position=post)
    tenure = factory.appoint(post, holder, starts=today, ends=today)
    for day, supplies in ((-1, set()), (0, {indicator.pk}), (1, set())):
        assert mandate_of(holder, today + timedelta(days=day)).supplies == supplies
    assert mandate_of(holder, today).roles == {Role.HEAD, Role.SUPPLIER}
    tenure.delete()


def test_what_is_stopped_lacks_nothing(cast: Cast, indicator: Indicator) -> None:
    FigureSupplier.objects.create(indicator=indicator, user=cast.outsider)
    cast.own_goal.stopped_on = timezone.localdate()
    cast.own_goal.save()
    assert "Mangler for" not in read(as_(cast.outsider).get(reverse("supplied"))).text


def test_the_next_catalogue_keeps_the_supplier(cast: Cast, indicator: Indicator) -> None:
    FigureSupplier.objects.create(indicator=indicator, position=cast.position)
    rows, begins = rows_of(cast.catalogue.slug), cast.catalogue.period_to + 1
    frame = replace(
        rows, slug="naeste", period_from=begins, period_to=begins + 3, midterm_year=begins + 1
    )
    made = carry_over(
        source=cast.catalogue.slug, numbers=[1], frame=frame, by=mandate(cast.coordinator)
    ).catalogue
    copy = Indicator.objects.get(goal__action__catalogue=made)
    assert copy.supplier.position == cast.position
    assert FigureSupplier.objects.count() == 2


def test_an_import_keeps_the_supplier_while_the_indicator_stays(
    cast: Cast, indicator: Indicator
) -> None:
    FigureSupplier.objects.create(indicator=indicator, user=cast.outsider)
    rows = rows_of(cast.catalogue.slug)
    [first, *rest] = rows.actions
    goal = replace(first.goals[0], text="Målet er skrevet om.")
    import_rows(replace(rows, actions=(replace(first, goals=(goal,)), *rest)))
    assert FigureSupplier.objects.get().indicator == indicator
    import_rows(
        replace(rows, actions=(replace(first, goals=(replace(goal, indicators=()),)), *rest))
    )
    assert not FigureSupplier.objects.exists()
