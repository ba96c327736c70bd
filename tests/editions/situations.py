"""How drafts and editions look in situations that the table of access does not make."""

from collections.abc import Callable

from reports.models import JobState
from tests.support import factory, states
from tests.support.addresses import catalogue, midterm, none, round_
from tests.support.cast import Cast
from tests.support.rows import Kwargs, Situation
from tests.support.states import EVERYBODY, VUF, empty


def _year_without_round(cast: Cast) -> Kwargs:
    return catalogue(cast) | {"year": cast.round.year - 1}


def _publication(**kwargs: object) -> Callable[[Cast], Kwargs]:
    def wished(cast: Cast) -> Kwargs:
        wish = factory.make_wish(cast.catalogue, cast.round.year, **kwargs)
        return round_(cast) | {"pk": wish.pk}

    return wished


def _published(cast: Cast) -> Kwargs:
    edition = factory.make_edition(cast.catalogue, cast.round.year)
    return _publication(state=JobState.DONE, edition=edition)(cast)


SITUATIONS = [
    Situation("reports", empty, VUF | {"committee"}, "none"),
    Situation("reports", catalogue, VUF | {"council"}, "two editions", states.published_twice),
    Situation("draft", round_, VUF, "in full", states.closed),
    Situation("draft", _year_without_round, VUF, "no round"),
    *(
        Situation("draft", round_, VUF, f"PDF {state}", states.draft_pdf(state, **more))
        for state, more in (
            (JobState.QUEUED, {}),
            (JobState.RUNNING, {"attempts": 2}),
            (JobState.DONE, {}),
            (JobState.FAILED, {"key": "", "fault": states.LONG_TEXT}),
        )
    ),
    Situation(
        "publication",
        _publication(state=JobState.FAILED, fault=states.LONG_TEXT, changes=states.LONG_TEXT),
        VUF,
        "failed",
    ),
    Situation("publication", _published, VUF, "published"),
    Situation("publish", round_, VUF, "third edition", states.published_twice),
    Situation("publish", _year_without_round, VUF, "no round"),
    Situation(
        "publish",
        round_,
        VUF,
        "nothing new",
        states.published_twice,
        409,
        lambda cast: {"changes": ""},
    ),
    Situation("publish", round_, VUF, "every hindrance", states.published_then_mixed),
    Situation(
        "publish",
        round_,
        VUF,
        "not confirmed",
        states.published_then_mixed,
        422,
        states.not_confirmed,
    ),
    Situation(
        "edition",
        lambda cast: round_(cast) | {"number": 1},
        VUF | {"committee"},
        "with a newer one",
        states.published_twice,
    ),
    Situation(
        "edition",
        lambda cast: round_(cast) | {"number": 2},
        VUF | {"committee"},
        "a correction",
        states.published_twice,
    ),
    Situation(
        "edition",
        lambda cast: round_(cast) | {"number": 1},
        VUF | {"committee"},
        "in full",
        states.published_in_full,
    ),
    Situation("reports", catalogue, VUF | {"council"}, "with a meeting", states.meeting_in_full),
    Situation(
        "edition",
        lambda cast: round_(cast) | {"number": 1},
        VUF,
        "that is public",
        states.public_in_full,
    ),
    Situation(
        "edition",
        lambda cast: round_(cast) | {"number": 1},
        VUF,
        "withdrawn",
        states.withdrawn_in_full,
    ),
    Situation(
        "make_public",
        lambda cast: round_(cast) | {"number": 1},
        VUF,
        "that is so already",
        states.public_in_full,
    ),
    Situation(
        "withdraw_public",
        lambda cast: round_(cast) | {"number": 1},
        VUF,
        "that is so already",
        states.withdrawn_in_full,
        409,
        lambda cast: {"reason": states.LONG_TEXT},
    ),
    Situation("public_reports", none, EVERYBODY, "two editions", states.both_public),
    Situation(
        "public_edition",
        lambda cast: round_(cast) | {"number": 1},
        EVERYBODY,
        "with a newer one",
        states.both_public,
    ),
    Situation(
        "public_edition",
        lambda cast: round_(cast) | {"number": 1},
        EVERYBODY,
        "in full",
        states.public_in_full,
    ),
    Situation(
        "public_edition",
        lambda cast: midterm(cast) | {"number": 1},
        EVERYBODY,
        "of a midterm in full",
        states.public_midterm,
    ),
    Situation("reports", catalogue, VUF, "with a midterm", states.evaluated),
    Situation("draft", midterm, VUF, "of a midterm in full", states.evaluated),
]
