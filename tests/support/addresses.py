"""The arguments of addresses, and what must be there before they are opened."""

from collections.abc import Callable

from actions.models import GoalStatus
from reports.models import Kind
from tests.support import factory
from tests.support.cast import Cast
from tests.support.rows import Kwargs, Place


def none(place: Place) -> Kwargs:
    return {}


def catalogue(place: Place) -> Kwargs:
    return {"slug": place.catalogue.slug}


def action(place: Place) -> Kwargs:
    return catalogue(place) | {"number": 1}


def first_goal(place: Place) -> Kwargs:
    return action(place) | {"goal": 1}


def round_(place: Place) -> Kwargs:
    return {"slug": place.catalogue.slug, "year": place.round.year}


def own_status(place: Place) -> Kwargs:
    return round_(place) | {"goal": place.own_goal.pk}


def midterm(place: Place) -> Kwargs:
    return round_(place) | {"kind": Kind.MIDTERM}


def final(place: Place) -> Kwargs:
    return catalogue(place) | {"year": place.catalogue.final_year, "kind": Kind.FINAL}


def of_report(word: str) -> Callable[[Place], Kwargs]:
    return lambda place: round_(place) | {"report": word}


def passage(key: str) -> Callable[[Place], Kwargs]:
    return lambda place: of_report("midtvejsevaluering")(place) | {"key": key}


def edition(place: Place) -> Kwargs:
    """The first edition of a year; or its first action."""
    return round_(place) | {"number": 1}


def in_state(state: str) -> Callable[[Cast], GoalStatus]:
    return lambda cast: factory.hand_in(factory.status_of(cast.round, cast.own_goal), state)


def published(cast: Cast) -> object:
    return factory.make_edition(cast.catalogue, cast.round.year)


def published_final(cast: Cast) -> object:
    return factory.make_edition(cast.catalogue, cast.catalogue.final_year, kind=Kind.FINAL)


def published_midterm(cast: Cast) -> object:
    return factory.make_edition(cast.catalogue, cast.round.year, kind=Kind.MIDTERM)
