"""A follow-up of last year's round, straight into its rows."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from actions.models import Round
from reports.models import FollowUp, FollowUpAnswer
from tests.support import factory
from tests.support.rows import Kwargs, Place


def last_round(place: Place) -> Round:
    """Last year's round, closed; if nothing is handed in yet, everything is now."""
    year = place.round.year - 1
    round_ = place.catalogue.rounds.filter(year=year).first()
    if round_ is None:
        round_ = factory.make_past_round(place.catalogue, year)
    if not round_.statuses.shown_to_others().exists():
        factory.hand_in_all(round_)
    return round_


def make_follow_up(place: Place, **kwargs: Any) -> FollowUp:
    """An open follow-up on every goal of this year's round, without an answer."""
    today = timezone.localdate()
    defaults: dict[str, Any] = {"number": 1, "due": today + timedelta(days=20), "made_on": today}
    values = defaults | kwargs
    row = FollowUp.objects.create(round=place.round, made_by_name="Koordinatoren", **values)
    add_answers(row)
    return row


def add_answers(row: FollowUp) -> None:
    """An answer for every goal of the round that has none yet."""
    lacking = row.round.statuses.exclude(follow_ups__follow_up=row)
    FollowUpAnswer.objects.bulk_create(
        FollowUpAnswer(
            follow_up=row,
            status=status,
            action_number=status.goal.action.number,
            action_title=status.goal.action.title,
            goal_number=f"{status.goal.action.number}.{status.goal.number}",
            goal_text=status.goal.text,
            light=status.light,
        )
        for status in lacking.select_related("goal__action")
    )


def followed_up(place: Place) -> Kwargs:
    """The address of the follow-up, which is made if there is none; all goals are in it."""
    row = FollowUp.objects.filter(round__catalogue=place.catalogue).first()
    add_answers(row or make_follow_up(place))
    return {"slug": place.catalogue.slug, "year": place.round.year, "number": 1}


def own_answer(place: Place) -> Kwargs:
    return followed_up(place) | {"goal": place.own_goal.pk}
