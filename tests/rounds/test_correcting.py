"""The coordinator corrects a slip of the pen herself; it is marked as hers, and the light stays."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from actions.models import Event, GoalStatus, Indicator, Measurement, State
from actions.rounds.verbs import close_round
from actions.status import verbs
from actions.status.entry import Figure, stored_entry
from actions.status.page import known_values
from actions.writing.refusals import Conflict, NotAllowed, Refused
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import entry, mandate, status_of
from tests.support.pages import read

pytestmark = pytest.mark.django_db

REASON = "Kommaet stod forkert."


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    return factory.make_indicator(cast.own_goal, name="Fravær", unit="%", target=4)


@pytest.fixture
def status(cast: Cast, indicator: Indicator) -> GoalStatus:
    """What a head handed in and the coordinator approved."""
    written = replace(
        entry(progress="Alle moder op.", why_differs="Det tror vi."),
        figures=(Figure(indicator.pk, Decimal(53)),),
    )
    status = status_of(cast.round, cast.own_goal)
    submitted = verbs.submit(status=status, by=mandate(cast.head), entry=written, revision=0)
    return verbs.approve(
        status=submitted, by=mandate(cast.coordinator), revision=submitted.revision
    )


def now(status: GoalStatus) -> GoalStatus:
    return status_of(status.round, status.goal)


def correct(
    cast: Cast,
    status: GoalStatus,
    *,
    progress: str = "Alle møder op.",
    value: str = "5.3",
    reason: str = REASON,
) -> GoalStatus:
    return verbs.correct(
        status=status,
        by=mandate(cast.coordinator),
        revision=status.revision,
        texts={"progress": progress},
        figures=[(row, Decimal(value)) for row in known_values(status)],
        reason=reason,
    )


def test_text_and_figure_are_corrected_and_all_else_stays(cast: Cast, status: GoalStatus) -> None:
    correct(cast, now(status))
    latest = now(status)
    assert latest.progress == "Alle møder op."
    assert (latest.state, latest.light) == (State.APPROVED, status.light)
    assert latest.author_name == str(cast.head)
    assert [row["value"] for row in latest.figures] == ["5.3"]
    rows = Measurement.objects.order_by("pk").values_list("value", "reason", "position")
    coordinator = cast.catalogue.coordinator
    assert list(rows)[1:] == [(Decimal("5.3"), REASON, coordinator)]
    event = Event.objects.get(verb="correct")
    assert (event.comment, event.position) == (REASON, coordinator)
    assert event.content["texts"]["progress"] == "Alle møder op."


def test_it_works_after_the_round_has_closed(cast: Cast, status: GoalStatus) -> None:
    close_round(round_=cast.round, by=mandate(cast.coordinator))
    correct(cast, now(status))
    assert now(status).progress == "Alle møder op."


def test_a_returned_status_shows_the_right_figure(cast: Cast, status: GoalStatus) -> None:
    corrected = correct(cast, now(status))
    verbs.return_to_head(
        status=corrected,
        by=mandate(cast.coordinator),
        revision=corrected.revision,
        comment="Skriv mere.",
    )
    written = stored_entry(now(status))
    verbs.submit(
        status=now(status),
        by=mandate(cast.head),
        entry=written,
        revision=now(status).revision,
    )
    latest = Measurement.objects.known().get(year=status.round.measured_year)
    assert latest.value == Decimal("5.3")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reason": " "}, "Skriv, hvad du har rettet"),
        ({"progress": " "}, "kan ikke slettes"),
        ({"progress": "Alle moder op.", "value": "53"}, "ikke rettet noget"),
    ],
)
def test_what_is_no_correction_is_refused(
    cast: Cast, status: GoalStatus, changed: dict[str, str], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        correct(cast, now(status), **changed)
    assert Measurement.objects.count() == 1


def test_only_what_was_handed_in_and_read_is_corrected(cast: Cast, status: GoalStatus) -> None:
    before = now(status)
    correct(cast, now(status))
    with pytest.raises(Conflict):
        correct(cast, before)
    with pytest.raises(Conflict):
        verbs.correct(
            status=status_of(cast.round, cast.other_goal),
            by=mandate(cast.coordinator),
            revision=0,
            texts={"progress": "Ny."},
            figures=[],
            reason=REASON,
        )
    with pytest.raises(NotAllowed):
        verbs.correct(
            status=now(status),
            by=mandate(cast.head),
            revision=now(status).revision,
            texts={"progress": "Min."},
            figures=[],
            reason=REASON,
        )


def test_the_coordinator_corrects_on_the_page_and_the_head_sees_it(
    cast: Cast, status: GoalStatus, indicator: Indicator
) -> None:
    client = Client()
    client.force_login(cast.coordinator)
    url = reverse("correct", args=[cast.catalogue.slug, cast.round.year, status.goal_id])
    form = client.get(url).context["form"]
    data = {field.html_name: field.value() for field in form if field.value() is not None}
    data |= {"progress": "Alle møder op.", f"value-{indicator.pk}": "5,3", "reason": REASON}
    assert client.post(url, data).status_code == 302
    client.force_login(cast.head)
    page = read(client.get(status.get_absolute_url())).text
    assert f"Rettet af {cast.catalogue.coordinator}" in page
    assert REASON in page
    assert "5,3" in page


def test_a_figure_revised_meanwhile_is_no_slip_of_the_pen(
    cast: Cast, status: GoalStatus, indicator: Indicator
) -> None:
    client = Client()
    client.force_login(cast.coordinator)
    url = reverse("correct", args=[cast.catalogue.slug, cast.round.year, status.goal_id])
    form = client.get(url).context["form"]
    data = {field.html_name: field.value() for field in form if field.value() is not None}
    correct(cast, now(status), progress="Alle moder op.")
    data |= {"revision": now(status).revision, "progress": "Ny.", "reason": REASON}
    response = client.post(url, data)
    assert response.status_code == 422
    assert "Et af tallene er ændret imens" in read(response).text
