"""An appointment by mistake is taken back on the same day, as long as nothing rests on it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.models import Appointment, Event
from actions.people import verbs
from actions.status.verbs import save_draft
from actions.writing.refusals import Refused
from tests.support.cast import Cast
from tests.support.clock import on
from tests.support.factory import entry, mandate, status_of
from tests.support.pages import read

pytestmark = pytest.mark.django_db


def holders(cast: Cast) -> set[str]:
    rows = cast.position.appointments.in_force(timezone.localdate())
    return {str(row.user) for row in rows.select_related("user")}


@pytest.fixture
def mistake(cast: Cast) -> Appointment:
    """A post given to the wrong person, from today on."""
    return verbs.appoint(
        position=cast.position,
        user=cast.outsider,
        starts=timezone.localdate(),
        by=mandate(cast.coordinator),
    )


def test_the_wrong_person_goes_and_who_was_stopped_goes_on(
    cast: Cast, mistake: Appointment
) -> None:
    assert holders(cast) == {str(cast.outsider)}
    verbs.undo_appointment(appointment=mistake, by=mandate(cast.coordinator))
    assert holders(cast) == {str(cast.head)}
    assert cast.position.appointments.get(user=cast.head).ends is None
    codes = Event.objects.filter(subject=f"{cast.position}: {cast.outsider}")
    assert list(codes.order_by("pk").values_list("verb", flat=True)) == [
        "appoint",
        "undo_appointment",
    ]
    with pytest.raises(Refused, match="allerede fortrudt"):
        verbs.undo_appointment(appointment=mistake, by=mandate(cast.coordinator))


def test_the_right_person_gets_the_post_on_the_same_day(cast: Cast, mistake: Appointment) -> None:
    by = mandate(cast.coordinator)
    right, today = cast.other_head, timezone.localdate()
    with pytest.raises(Refused, match="fortryd den ansættelse"):
        verbs.appoint(position=cast.position, user=right, starts=today, by=by)
    verbs.undo_appointment(appointment=mistake, by=by)
    verbs.appoint(position=cast.position, user=right, starts=today, by=by)
    assert holders(cast) == {str(right)}


def test_what_somebody_wrote_in_the_post_keeps_it(cast: Cast, mistake: Appointment) -> None:
    save_draft(
        status=status_of(cast.round, cast.own_goal),
        by=mandate(cast.outsider),
        entry=entry(),
        revision=0,
    )
    with pytest.raises(Refused, match="har skrevet noget"):
        verbs.undo_appointment(appointment=mistake, by=mandate(cast.coordinator))


def test_the_day_after_it_is_no_mistake_any_more(cast: Cast, mistake: Appointment) -> None:
    with (
        on((timezone.localdate() + timedelta(days=1)).isoformat()),
        pytest.raises(Refused, match="begyndt før i dag"),
    ):
        verbs.undo_appointment(appointment=mistake, by=mandate(cast.coordinator))


def test_it_is_undone_on_the_post_s_page(cast: Cast, mistake: Appointment) -> None:
    client = Client()
    client.force_login(cast.coordinator)
    page = read(client.get(reverse("position", args=[cast.position.pk])))
    assert "Fortryd ansættelsen" in page.text
    url = reverse("undo_appointment", args=[mistake.pk])
    assert "alligevel ikke have stillingen" in read(client.get(url)).text
    assert client.post(url).status_code == 302
    assert holders(cast) == {str(cast.head)}
    began = cast.position.appointments.get(user=cast.head)
    page = read(client.get(reverse("undo_appointment", args=[began.pk])))
    assert "begyndt før i dag" in page.text
