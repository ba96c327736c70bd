"""Who gets what at the pages of the temamøde."""

from actions.writing import drafts
from reports.meeting.page import get_meeting
from reports.meeting.verbs import ConclusionText
from reports.models import Edition, Kind
from tests.status.access import refused
from tests.support import factory
from tests.support.addresses import catalogue, edition, round_
from tests.support.cast import Cast
from tests.support.rows import COORDINATOR, EDITION_READERS, Kwargs, Rule, all_of

#: What is read of a temamøde, with its address.
MEETING = {"theme_meeting": round_, "presentation": round_}
HANDOUTS = {"handouts": round_, "handout": edition, "handout_progress": edition}


def selected(cast: Cast) -> object:
    """A decision on the latest edition, which is made if there is none."""
    latest = Edition.objects.latest_of(cast.catalogue.slug, cast.round.year, Kind.STATUS)
    return factory.make_selection(latest or factory.make_edition(cast.catalogue, cast.round.year))


def printed(cast: Cast) -> object:
    """The temamøde's handouts as they are now."""
    selected(cast)
    return factory.make_handouts(get_meeting(cast.catalogue.slug, cast.round.year))


def refused_conclusion(cast: Cast) -> Kwargs:
    """A conclusion on a chosen action that could not be saved."""
    published = Edition.objects.latest_of(cast.catalogue.slug, cast.round.year, Kind.STATUS)
    published = published or factory.make_edition(cast.catalogue, cast.round.year)
    if not published.report.selections.exists():
        factory.make_selection(published)
    page = get_meeting(cast.catalogue.slug, cast.round.year)
    text, by = ConclusionText(page.report, page.chosen[0]), factory.mandate(cast.coordinator)
    reason = "En anden har skrevet."
    _row, kept = drafts.archive(text, text.row, "Mødet vil vide mere.", by=by, reason=reason)
    return round_(cast) | {"number": page.chosen[0].number, "event": kept.pk}


RULES = [
    *(
        Rule(name, kwargs, get=all_of(EDITION_READERS), given=selected)
        for name, kwargs in MEETING.items()
    ),
    *(
        Rule(name, HANDOUTS[name], get=all_of(EDITION_READERS, 302), given=selected)
        for name in ("handouts", "handout")
    ),
    *(
        Rule(name, kwargs, get=all_of(EDITION_READERS), given=printed, case="rendered")
        for name, kwargs in HANDOUTS.items()
    ),
    *(
        Rule(name, kwargs, get={}, post=all_of(EDITION_READERS, 405), case="not decided")
        for name, kwargs in (MEETING | HANDOUTS).items()
    ),
    *(
        Rule(
            name,
            lambda cast: round_(cast) | {"number": 9},
            get={},
            post=all_of(EDITION_READERS, 405),
            given=printed,
            case="not chosen",
        )
        for name in ("handout", "handout_progress")
    ),
    Rule(
        "programme",
        round_,
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 409),
        given=selected,
    ),
    Rule("programme", round_, get={}, post={}, case="not decided"),
    Rule(
        "conclusion",
        edition,
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 409),
        given=selected,
    ),
    Rule("conclusion", edition, get={}, post={}, case="not decided"),
    Rule(
        "autosave_conclusion",
        edition,
        get=all_of(COORDINATOR, 405),
        post=all_of(COORDINATOR),
        given=selected,
    ),
    Rule(
        "autosave_conclusion",
        edition,
        get=all_of(COORDINATOR, 405),
        post={},
        case="not decided",
    ),
    Rule(
        "compare_conclusion",
        refused_conclusion,
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 422),
        case="with a refused text",
    ),
    Rule(
        "compare_conclusion",
        lambda cast: refused_conclusion(cast) | {"event": refused(cast).pk},
        get={},
        post={},
        case="of another text",
    ),
    Rule("council", catalogue, get=all_of({"council", "coordinator"})),
]
