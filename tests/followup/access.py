"""Who gets what at the pages of a follow-up."""

from datetime import timedelta

from django.utils import timezone

from actions.writing import drafts
from reports.followup.verbs import FOLLOW_UP_TEXT
from reports.models import FollowUpAnswer, JobState, Kind, Paper, Rendering, Report
from tests.support import factory
from tests.support.addresses import round_
from tests.support.cast import Cast
from tests.support.followups import followed_up, make_follow_up, own_answer
from tests.support.rows import (
    COORDINATOR,
    EDITION_READERS,
    OWN_SIGNERS,
    READERS,
    WRITERS,
    Kwargs,
    Rule,
    all_of,
)


def refused_answer(cast: Cast) -> Kwargs:
    """An answer of the co-head's that could not be saved."""
    place = own_answer(cast)
    answer = FollowUpAnswer.objects.get(status__goal=cast.own_goal)
    texts = {"reached": "Vi er halvvejs.", "changed": "", "next_step": ""}
    by = factory.mandate(cast.co_head)
    _row, kept = drafts.archive(FOLLOW_UP_TEXT, answer, texts, by=by, reason="For sent.")
    return place | {"event": kept.pk}


def ended(cast: Cast) -> object:
    """The follow-up is closed, and its report published."""
    factory.make_edition(cast.catalogue, cast.round.year)
    return make_follow_up(cast, due=timezone.localdate() - timedelta(days=1))


def wanted(cast: Cast) -> object:
    """The addendum is asked for."""
    ended(cast)
    report = Report.objects.get(catalogue=cast.catalogue, year=cast.round.year, kind=Kind.STATUS)
    return Rendering.objects.create(
        report=report, paper=Paper.ADDENDUM, number=1, state=JobState.QUEUED, asked=1
    )


RULES = [
    Rule(
        "new_follow_up",
        round_,
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 422),
    ),
    Rule("follow_up", followed_up, get=all_of(READERS), post=all_of(EDITION_READERS, 405)),
    Rule("follow_up", followed_up, get=all_of(EDITION_READERS), given=ended, case="closed"),
    Rule("addendum", followed_up, get={}, post=all_of(EDITION_READERS, 405), case="open"),
    Rule("addendum", followed_up, get=all_of(EDITION_READERS, 302), given=ended, case="closed"),
    Rule("addendum_progress", followed_up, get=all_of(EDITION_READERS), given=wanted),
    Rule(
        "follow_up",
        lambda cast: round_(cast) | {"number": 1},
        get={},
        post=all_of(EDITION_READERS, 405),
        case="not there",
    ),
    Rule("close_follow_up", followed_up, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 302)),
    Rule("undo_follow_up", followed_up, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 302)),
    Rule(
        "follow_up_answer",
        own_answer,
        get=all_of(OWN_SIGNERS),
        post=all_of(OWN_SIGNERS, 422),
    ),
    Rule(
        "autosave_follow_up",
        own_answer,
        get=all_of(WRITERS, 405),
        post=all_of(OWN_SIGNERS),
    ),
    Rule(
        "compare_follow_up",
        refused_answer,
        get=all_of(OWN_SIGNERS),
        post=all_of(OWN_SIGNERS, 422),
        case="with a refused text",
    ),
    Rule(
        "compare_follow_up",
        lambda cast: refused_answer(cast) | {"event": 99999},
        get={},
        post={},
        case="of another text",
    ),
]
