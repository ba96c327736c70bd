"""Who gets what at every address (K1): one table, and a route that is missing from it fails.

What somebody may not see answers 404, exactly as what does not exist. Who is logged out is led to
the login page from every address, whether it exists for others or not.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.history import content_of, record
from actions.models import Event, GoalStatus
from actions.workflow import keep_refused
from reports import editorial
from reports.access import get_meeting
from reports.models import Edition, Kind, Part
from tests import factory
from tests.cast import Cast
from tests.routes import route_names

pytestmark = pytest.mark.django_db

ANONYMOUS = "anonymous"
OWN_WRITERS = {"head", "co_head", "writer", "deputy"}
WRITERS = OWN_WRITERS | {"other_head"}
READERS = WRITERS | {"coordinator", "colleague", "group_member", "strategic_forum"}
EDITION_READERS = READERS | {"committee", "council"}
STAFFING = {"coordinator", "administrator"}
EVERYBODY = EDITION_READERS | {"administrator", "former_head", "outsider"}

type Kwargs = dict[str, Any]


@dataclass(frozen=True)
class Rule:
    """One address in one situation.

    `get` and `post` map the people who may to their answer; everybody else gets 404. A method
    that a page does not have is None: those who may use the page get 405, the others 404. Posts
    are empty, so that they change nothing: 422 says that the form was reached, 409 that it
    carried no revision.
    """

    route: str
    kwargs: Callable[[Cast], Kwargs]
    get: dict[str, int] | None
    post: dict[str, int] | None = None
    given: Callable[[Cast], object] = field(default=lambda cast: None)
    public: dict[str, int] | None = None
    case: str = ""

    @property
    def label(self) -> str:
        return f"{self.route} {self.case}".strip()


def all_of(people: set[str], code: int = 200) -> dict[str, int]:
    return dict.fromkeys(people, code)


def none(cast: Cast) -> Kwargs:
    return {}


def catalogue(cast: Cast) -> Kwargs:
    return {"slug": cast.catalogue.slug}


def action(cast: Cast) -> Kwargs:
    return catalogue(cast) | {"number": 1}


def round_(cast: Cast) -> Kwargs:
    return {"slug": cast.catalogue.slug, "year": cast.round.year}


def own_status(cast: Cast) -> Kwargs:
    return round_(cast) | {"goal": cast.own_goal.pk}


def in_state(state: str) -> Callable[[Cast], GoalStatus]:
    return lambda cast: factory.hand_in(factory.status_of(cast.round, cast.own_goal), state)


def published(cast: Cast) -> object:
    return factory.make_edition(cast.catalogue, cast.round.year)


def made_public(cast: Cast) -> object:
    return factory.make_public(factory.make_edition(cast.catalogue, cast.round.year))


def withdrawn(cast: Cast) -> object:
    made = factory.make_edition(cast.catalogue, cast.round.year)
    return factory.make_public(made, withdrawn_at=timezone.now())


def rendered(cast: Cast) -> object:
    return factory.make_rendering(cast.catalogue, cast.round.year)


def publication(cast: Cast) -> Kwargs:
    return round_(cast) | {"pk": factory.make_wish(cast.catalogue, cast.round.year).pk}


def midterm(cast: Cast) -> Kwargs:
    return round_(cast) | {"kind": Kind.MIDTERM}


def published_midterm(cast: Cast) -> object:
    return factory.make_edition(cast.catalogue, cast.round.year, kind=Kind.MIDTERM)


def of_report(word: str) -> Callable[[Cast], Kwargs]:
    return lambda cast: round_(cast) | {"report": word}


def passage(key: str) -> Callable[[Cast], Kwargs]:
    return lambda cast: of_report("midtvejsevaluering")(cast) | {"key": key}


def refused_passage(cast: Cast) -> Kwargs:
    """A recommendation of the co-head's that could not be saved."""
    action = cast.own_goal.action
    kept = editorial.keep_refused(
        passage=factory.make_passage(cast.catalogue, Part.HEAD, action),
        by=factory.mandate(cast.co_head),
        texts={"choice": "adjust", "reason": "Målet er for lavt."},
        reason="Nogen har ændret teksten.",
    )
    return passage("chefer-1")(cast) | {"event": kept.pk}


def edition(cast: Cast) -> Kwargs:
    return round_(cast) | {"number": 1}


def selected(cast: Cast) -> object:
    return factory.make_selection(factory.make_edition(cast.catalogue, cast.round.year))


def printed(cast: Cast) -> object:
    """The temamøde's handouts as they are now."""
    selected(cast)
    return factory.make_handouts(get_meeting(cast.catalogue.slug, cast.round.year))


def asked(cast: Cast) -> Kwargs:
    """A question to the heads of the own goal's action."""
    found = Edition.objects.latest_of(cast.catalogue.slug, cast.round.year, Kind.STATUS)
    report = (found or factory.make_edition(cast.catalogue, cast.round.year)).report
    return round_(cast) | {"pk": factory.make_question(report, cast.own_goal.action).pk}


def refused(cast: Cast) -> Event:
    """A text of the co-head's that could not be saved."""
    return keep_refused(
        status=factory.status_of(cast.round, cast.own_goal),
        by=factory.mandate(cast.co_head),
        entry=factory.entry(),
        reason="Nogen har ændret teksten.",
    )


def appointment(cast: Cast) -> Kwargs:
    return {"pk": cast.position.appointments.filter(user=cast.head).get().pk}


def delegation(cast: Cast) -> Kwargs:
    return {"pk": cast.position.delegations.filter(deputy=cast.writer).get().pk}


def own_thread(cast: Cast) -> Kwargs:
    """A comment by somebody who is neither writer nor coordinator."""
    status = factory.status_of(cast.round, cast.own_goal)
    return own_status(cast) | {"thread": factory.comment(status, cast.colleague).pk}


def own_version(verb: str) -> Callable[[Cast], Kwargs]:
    """A version of the own goal's status that this verb made."""

    def kwargs(cast: Cast) -> Kwargs:
        made = record(
            verb,
            actor=cast.head,
            round_=cast.round,
            status=factory.status_of(cast.round, cast.own_goal),
            content=content_of(factory.entry()),
        )
        return own_status(cast) | {"event": made.pk}

    return kwargs


HEADS = {"head", "co_head", "other_head"}
OWN_SIGNERS = {"head", "co_head", "deputy"}
DRAFT_READERS = OWN_WRITERS | {"coordinator", "colleague"}
#: Who comments on what is handed in: not the heads of other goals.
TALKERS = READERS - {"other_head"}
COORDINATOR = {"coordinator"}
#: What is read of an edition's sagspakke, and of a temamøde with its address.
CASE = ("case", "case_txt", "case_docx")
MEETING = {"theme_meeting": round_, "presentation": round_}
HANDOUTS = {"handouts": round_, "handout": edition, "handout_progress": edition}
#: Who prepares the temamøde, and who reads the committee's questions: never the council.
SELECTORS = {"committee", "coordinator"}
QUESTION_READERS = READERS | {"committee"}
ADMINISTRATOR = {"administrator"}
#: Heads and VUF land on their pages, the rest of the readers on the round, and so on: all leave.
LANDS_ELSEWHERE = EDITION_READERS | ADMINISTRATOR

TABLE = [
    Rule(
        "home",
        none,
        get=all_of(LANDS_ELSEWHERE, 302) | all_of({"former_head", "outsider"}),
    ),
    Rule(
        "in_current_catalogue",
        lambda cast: {"section": "handlinger", "rest": "1/"},
        get=all_of(EDITION_READERS, 302),
    ),
    Rule("prolong_session", none, get=all_of(EVERYBODY, 405), post=all_of(EVERYBODY)),
    Rule("own_goals", none, get=all_of(WRITERS)),
    Rule("catalogue", catalogue, get=all_of(READERS)),
    Rule("catalogues", none, get=all_of(READERS)),
    Rule("new_catalogue", none, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule("import_catalogue", none, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule("catalogue_template", none, get=all_of(COORDINATOR)),
    Rule("catalogue_workbook", catalogue, get=all_of(READERS)),
    Rule("edit_catalogue", catalogue, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule("catalogue_fields", catalogue, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule("carry_over", catalogue, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule("new_action", catalogue, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 409)),
    Rule("edit_action", action, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 409)),
    Rule("remove_action", action, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 409)),
    *(
        Rule(
            name,
            lambda cast: catalogue(cast) | {"number": 99},
            get={},
            post=all_of(COORDINATOR, code) if code else {},
            case="not there",
        )
        for name, code in (("edit_action", 409), ("remove_action", 0))
    ),
    Rule(
        "catalogue",
        lambda cast: {"slug": "findes-ikke"},
        get={},
        post=all_of(READERS, 405),
        case="not there",
    ),
    Rule("action", lambda cast: catalogue(cast) | {"number": 1}, get=all_of(READERS)),
    Rule(
        "action",
        lambda cast: catalogue(cast) | {"number": 99},
        get={},
        post=all_of(READERS, 405),
        case="not there",
    ),
    Rule("rounds", catalogue, get=all_of(READERS)),
    Rule(
        "open_round",
        catalogue,
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 422),
    ),
    Rule("round", round_, get=all_of(READERS)),
    Rule(
        "round",
        lambda cast: catalogue(cast) | {"year": 1999},
        get={},
        post=all_of(READERS, 405),
        case="not there",
    ),
    Rule("round_list", round_, get=all_of(COORDINATOR)),
    Rule(
        "round_list",
        lambda cast: catalogue(cast) | {"year": 1999},
        get={},
        post=all_of(COORDINATOR, 405),
        case="not there",
    ),
    Rule("round_dates", round_, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule("close_round", round_, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 302)),
    Rule("reopen_round", round_, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule(
        "status",
        own_status,
        get=all_of(DRAFT_READERS),
        post=all_of(OWN_WRITERS, 409),
        given=in_state("draft"),
        case="in draft",
    ),
    Rule(
        "status",
        own_status,
        get=all_of(DRAFT_READERS),
        post=all_of(OWN_WRITERS, 409),
        given=in_state("returned"),
        case="returned",
    ),
    Rule(
        "status",
        own_status,
        get=all_of(READERS),
        post=all_of(OWN_WRITERS, 409),
        given=in_state("submitted"),
        case="submitted",
    ),
    Rule(
        "status",
        own_status,
        get=all_of(READERS),
        post=all_of(OWN_WRITERS, 409),
        given=in_state("approved"),
        case="approved",
    ),
    Rule(
        "status",
        lambda cast: own_status(cast) | {"slug": factory.make_catalogue("andet").slug},
        get={},
        post={},
        given=in_state("approved"),
        case="under a catalogue it is not in",
    ),
    Rule(
        "status",
        lambda cast: own_status(cast) | {"goal": 999_999},
        get={},
        post={},
        case="of a goal that does not exist",
    ),
    Rule(
        "approve", own_status, get=None, post=all_of(COORDINATOR, 302), given=in_state("submitted")
    ),
    Rule(
        "approve",
        lambda cast: own_status(cast) | {"goal": 999_999},
        get=all_of(COORDINATOR, 405),
        post={},
        case="of a goal that does not exist",
    ),
    Rule(
        "return_to_head",
        own_status,
        get=None,
        post=all_of(COORDINATOR, 409),
        given=in_state("submitted"),
    ),
    Rule(
        "autosave",
        own_status,
        get=all_of(WRITERS, 405),
        post=all_of(OWN_WRITERS, 409),
        given=in_state("submitted"),
    ),
    Rule("opened", own_status, get=all_of(WRITERS, 405), post=all_of(OWN_WRITERS, 204)),
    Rule("preview", own_status, get=all_of(OWN_WRITERS), post=all_of(WRITERS, 405)),
    Rule("typed", own_status, get=all_of(WRITERS, 405), post=all_of(OWN_WRITERS)),
    Rule(
        "compare",
        lambda cast: own_status(cast) | {"event": refused(cast).pk},
        get=all_of(OWN_WRITERS),
        post=all_of(OWN_WRITERS, 422),
        case="with a refused text",
    ),
    Rule(
        "compare",
        lambda cast: own_status(cast) | {"event": 999_999},
        get={},
        post={},
        case="that does not exist",
    ),
    Rule(
        "sign",
        own_status,
        get=all_of(WRITERS, 405),
        post=all_of(OWN_SIGNERS, 302),
        given=in_state("submitted"),
    ),
    Rule(
        "sign",
        lambda cast: own_status(cast) | {"goal": 999_999},
        get=all_of(WRITERS, 405),
        post={},
        case="of a goal that does not exist",
    ),
    Rule(
        "comment",
        own_status,
        get=all_of(READERS, 405),
        post=all_of(DRAFT_READERS, 422),
        given=in_state("draft"),
        case="in draft",
    ),
    Rule(
        "comment",
        own_status,
        get=all_of(READERS, 405),
        post=all_of(TALKERS, 422),
        given=in_state("submitted"),
        case="submitted",
    ),
    Rule(
        "answer_comment",
        own_thread,
        get=all_of(READERS, 405),
        post=all_of(DRAFT_READERS, 422),
        given=in_state("draft"),
        case="in draft",
    ),
    Rule(
        "answer_comment",
        own_thread,
        get=all_of(READERS, 405),
        post=all_of(TALKERS, 422),
        given=in_state("submitted"),
        case="submitted",
    ),
    Rule(
        "answer_comment",
        lambda cast: own_thread(cast) | {"goal": cast.other_goal.pk},
        get=all_of(READERS, 405),
        post={},
        given=in_state("submitted"),
        case="of another goal",
    ),
    Rule(
        "resolve_comment",
        own_thread,
        get=all_of(READERS, 405),
        post=all_of(OWN_WRITERS | {"coordinator", "colleague"}, 302),
        given=in_state("submitted"),
    ),
    Rule(
        "reopen_comment",
        own_thread,
        get=all_of(READERS, 405),
        post=all_of(OWN_WRITERS | {"coordinator", "colleague"}, 302),
        given=in_state("submitted"),
    ),
    Rule(
        "history",
        own_status,
        get=all_of(DRAFT_READERS),
        post=all_of(READERS, 405),
        given=in_state("draft"),
        case="in draft",
    ),
    Rule(
        "history",
        own_status,
        get=all_of(READERS),
        given=in_state("submitted"),
        case="submitted",
    ),
    Rule(
        "version",
        own_version("submit"),
        get=all_of(READERS),
        given=in_state("submitted"),
        case="handed in",
    ),
    Rule(
        "version",
        own_version("save"),
        get=all_of(DRAFT_READERS),
        post=all_of(READERS, 405),
        given=in_state("submitted"),
        case="a draft",
    ),
    Rule(
        "version",
        own_version("refuse"),
        get=all_of(OWN_WRITERS | COORDINATOR),
        post=all_of(READERS, 405),
        given=in_state("submitted"),
        case="refused",
    ),
    Rule(
        "version",
        lambda cast: own_version("submit")(cast) | {"goal": cast.other_goal.pk},
        get={},
        post=all_of(READERS, 405),
        given=in_state("submitted"),
        case="of another goal",
    ),
    Rule(
        "delegations",
        none,
        get=all_of(HEADS),
        post=all_of(HEADS, 422),
    ),
    Rule("end_delegation", delegation, get=all_of({"head"}), post=all_of({"head"}, 302)),
    Rule("end_delegation", lambda cast: {"pk": 999_999}, get={}, post={}, case="not there"),
    Rule("remind", round_, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule(
        "remind",
        lambda cast: catalogue(cast) | {"year": 1999},
        get={},
        post={},
        case="not there",
    ),
    Rule("deadlines", round_, get=all_of(READERS)),
    Rule(
        "deadlines",
        lambda cast: catalogue(cast) | {"year": 1999},
        get={},
        post=all_of(READERS, 405),
        case="not there",
    ),
    Rule("mail_log", none, get=all_of(COORDINATOR)),
    Rule("positions", none, get=all_of(STAFFING)),
    Rule(
        "position",
        lambda cast: {"pk": cast.position.pk},
        get=all_of(STAFFING),
        post=all_of(STAFFING, 302),
    ),
    Rule("position", lambda cast: {"pk": 999_999}, get={}, post={}, case="not there"),
    Rule(
        "rename_position",
        lambda cast: {"pk": cast.position.pk},
        get=all_of(STAFFING),
        post=all_of(STAFFING, 422),
    ),
    Rule(
        "appoint",
        lambda cast: {"pk": cast.position.pk},
        get=all_of(STAFFING),
        post=all_of(STAFFING, 422),
    ),
    Rule(
        "end_appointment",
        appointment,
        get=all_of(STAFFING),
        post=all_of(STAFFING, 422),
    ),
    Rule("users", none, get=all_of(ADMINISTRATOR)),
    Rule("create_user", none, get=all_of(ADMINISTRATOR), post=all_of(ADMINISTRATOR, 422)),
    Rule(
        "user",
        lambda cast: {"pk": cast.head.pk},
        get=all_of(ADMINISTRATOR),
        post=all_of(ADMINISTRATOR, 422),
    ),
    Rule("user", lambda cast: {"pk": 999_999}, get={}, post={}, case="not there"),
    Rule("log", none, get=all_of(ADMINISTRATOR)),
    Rule("reports", catalogue, get=all_of(EDITION_READERS)),
    Rule("draft", round_, get=all_of(COORDINATOR)),
    Rule(
        "draft",
        lambda cast: catalogue(cast) | {"year": 1999},
        get={},
        post=all_of(COORDINATOR, 405),
        case="outside the period",
    ),
    Rule("draft_pdf", round_, get=all_of(COORDINATOR, 302)),
    Rule("draft_pdf", round_, get=all_of(COORDINATOR), given=rendered, case="rendered"),
    Rule("draft_docx", round_, get=all_of(COORDINATOR)),
    Rule("draft_progress", round_, get={}, post=all_of(COORDINATOR, 405), case="not asked for"),
    Rule("draft_progress", round_, get=all_of(COORDINATOR), given=rendered),
    Rule("publish", round_, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 409)),
    Rule("publication", publication, get=all_of(COORDINATOR)),
    Rule(
        "publication",
        lambda cast: round_(cast) | {"pk": 999_999},
        get={},
        post=all_of(COORDINATOR, 405),
        case="not asked for",
    ),
    Rule("edition", edition, get=all_of(EDITION_READERS), given=published),
    Rule(
        "edition",
        edition,
        get={},
        post=all_of(EDITION_READERS, 405),
        case="not published",
    ),
    Rule("edition_pdf", edition, get=all_of(EDITION_READERS), given=published),
    Rule(
        "edition_pdf",
        edition,
        get={},
        post=all_of(EDITION_READERS, 405),
        case="not published",
    ),
    Rule("edition_docx", edition, get=all_of(EDITION_READERS), given=published),
    Rule(
        "edition_docx",
        edition,
        get={},
        post=all_of(EDITION_READERS, 405),
        case="not published",
    ),
    *(Rule(name, edition, get=all_of(COORDINATOR), given=published) for name in CASE),
    *(
        Rule(name, edition, get={}, post=all_of(COORDINATOR, 405), case="not published")
        for name in CASE
    ),
    Rule(
        "case",
        lambda cast: midterm(cast) | {"number": 1},
        get=all_of(COORDINATOR),
        given=published_midterm,
        case="of the midterm",
    ),
    Rule("case_template", catalogue, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
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
        post=all_of(COORDINATOR, 422),
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
    Rule("latest_selection", catalogue, get=all_of(SELECTORS, 302)),
    Rule("selection", round_, get=all_of(SELECTORS), given=published),
    Rule("selection", round_, get={}, post=all_of(SELECTORS, 405), case="not published"),
    Rule("selection_action", edition, get=all_of(SELECTORS), given=published),
    Rule(
        "selection_action",
        lambda cast: round_(cast) | {"number": 99},
        get={},
        post=all_of(SELECTORS, 405),
        given=published,
        case="not there",
    ),
    *(
        Rule(name, edition, get=None, post=all_of({"committee"}, code), given=published)
        for name, code in (("ask", 422), ("point", 422), ("withdraw", 302))
    ),
    *(
        Rule(name, edition, get=all_of({"committee"}, 405), post={}, case="not published")
        for name in ("ask", "point", "withdraw")
    ),
    Rule("decide", round_, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422), given=published),
    Rule("decide", round_, get={}, post={}, case="not published"),
    Rule("question", asked, get=all_of(QUESTION_READERS), post=all_of(OWN_SIGNERS, 422)),
    Rule(
        "autosave_answer",
        asked,
        get=all_of(QUESTION_READERS, 405),
        post=all_of(OWN_SIGNERS),
    ),
    Rule(
        "question",
        lambda cast: asked(cast) | {"year": cast.round.year - 1},
        get={},
        post={},
        case="of another year",
    ),
    Rule("draft", midterm, get=all_of(COORDINATOR), case="of the midterm"),
    Rule(
        "draft",
        lambda cast: midterm(cast) | {"year": cast.round.year - 1},
        get={},
        post=all_of(COORDINATOR, 405),
        case="of the midterm in another year",
    ),
    Rule("draft_pdf", midterm, get=all_of(COORDINATOR, 302), case="of the midterm"),
    Rule("draft_docx", midterm, get=all_of(COORDINATOR), case="of the midterm"),
    Rule(
        "publish",
        midterm,
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 409),
        case="the midterm",
    ),
    *(
        Rule(
            name,
            lambda cast: midterm(cast) | {"number": 1},
            get=all_of(EDITION_READERS),
            given=published_midterm,
            case="of the midterm",
        )
        for name in ("edition", "edition_pdf", "edition_docx")
    ),
    Rule(
        "edition",
        lambda cast: midterm(cast) | {"number": 1},
        get={},
        post=all_of(EDITION_READERS, 405),
        given=published,
        case="of a midterm not published",
    ),
    Rule("next_catalogue", round_, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    Rule(
        "next_catalogue",
        lambda cast: catalogue(cast) | {"year": cast.round.year - 1},
        get={},
        post={},
        case="no midterm",
    ),
    Rule("editorial", of_report("midtvejsevaluering"), get=all_of(COORDINATOR)),
    Rule(
        "editorial",
        of_report("statusredegoerelse"),
        get=all_of(COORDINATOR),
        case="of the yearly report",
    ),
    Rule(
        "editorial",
        of_report("andet"),
        get={},
        post=all_of(COORDINATOR, 405),
        case="of no report",
    ),
    Rule(
        "passage",
        passage("redaktion"),
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 422),
        case="of the report",
    ),
    Rule(
        "passage",
        passage("handling-1"),
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 422),
        case="of an action",
    ),
    Rule(
        "passage",
        passage("chefer-1"),
        get=all_of(OWN_SIGNERS),
        post=all_of(OWN_SIGNERS, 422),
        case="of the heads",
    ),
    Rule(
        "passage",
        passage("chefer-1"),
        get=all_of(OWN_SIGNERS),
        post=all_of(OWN_SIGNERS, 409),
        given=published_midterm,
        case="of the heads when published",
    ),
    Rule(
        "passage",
        lambda cast: passage("chefer-1")(cast) | {"report": "statusredegoerelse"},
        get={},
        post={},
        case="of the heads in the yearly report",
    ),
    Rule("passage", passage("handling-99"), get={}, post={}, case="of no action"),
    Rule(
        "autosave_passage",
        passage("redaktion"),
        get=all_of(WRITERS | COORDINATOR, 405),
        post=all_of(COORDINATOR),
    ),
    Rule(
        "compare_passage",
        refused_passage,
        get=all_of(OWN_SIGNERS),
        post=all_of(OWN_SIGNERS, 422),
        case="with a refused text",
    ),
    Rule(
        "compare_passage",
        lambda cast: refused_passage(cast) | {"key": "redaktion"},
        get={},
        post={},
        case="of another place",
    ),
    Rule("council", catalogue, get=all_of({"council", "coordinator"})),
    Rule(
        "make_public",
        edition,
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 302),
        given=published,
    ),
    Rule("make_public", edition, get={}, post={}, case="not published"),
    Rule(
        "withdraw_public",
        edition,
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 422),
        given=made_public,
    ),
    Rule("withdraw_public", edition, get={}, post={}, case="not published"),
    # For everybody, logged in or not.
    Rule("public_reports", none, get=all_of(EVERYBODY), public={"get": 200, "post": 405}),
    *(
        Rule(
            name,
            edition,
            get=all_of(EVERYBODY if code == 200 else set()),
            post=all_of(EVERYBODY, 405),
            given=given,
            public={"get": code, "post": 405},
            case=case,
        )
        for name in ("public_edition", "public_pdf")
        for case, given, code in (
            ("", made_public, 200),
            ("withdrawn", withdrawn, 404),
            ("not made public", published, 404),
            ("not published", none, 404),
        )
    ),
    Rule("accessibility", none, get=all_of(EVERYBODY), public={"get": 200, "post": 405}),
    Rule("was", none, get=all_of(EVERYBODY, 302), public={"get": 302, "post": 405}),
    # Accounts: everybody's own, and open to who is logged out where it must be.
    Rule(
        "account_login",
        none,
        get=all_of(EVERYBODY, 302),
        post=all_of(EVERYBODY, 302),
        public={"get": 200, "post": 200},
    ),
    Rule(
        "account_logout",
        none,
        get=all_of(EVERYBODY),
        post=all_of(EVERYBODY, 302),
        public={"get": 302, "post": 302},
    ),
    Rule("account_change_password", none, get=all_of(EVERYBODY), post=all_of(EVERYBODY)),
    Rule("account_set_password", none, get=all_of(EVERYBODY, 302), post=all_of(EVERYBODY, 302)),
    Rule(
        "account_inactive",
        none,
        get=all_of(EVERYBODY),
        post=all_of(EVERYBODY, 405),
        public={"get": 200, "post": 405},
    ),
    Rule(
        "account_reset_password",
        none,
        get=all_of(EVERYBODY),
        post=all_of(EVERYBODY),
        public={"get": 200, "post": 200},
    ),
    Rule(
        "account_reset_password_done",
        none,
        get=all_of(EVERYBODY),
        post=all_of(EVERYBODY, 405),
        public={"get": 200, "post": 405},
    ),
    Rule(
        "account_reset_password_from_key",
        lambda cast: {"uidb36": "0", "key": "forkert"},
        get=all_of(EVERYBODY),
        post=all_of(EVERYBODY),
        public={"get": 200, "post": 200},
    ),
    Rule(
        "account_reset_password_from_key_done",
        none,
        get=all_of(EVERYBODY),
        post=all_of(EVERYBODY, 405),
        public={"get": 200, "post": 405},
    ),
]
#: Addresses where a GET keeps something on purpose, and why.
KEEPS_ON_GET = {
    "draft_pdf": "the wish for a draft that is not rendered yet",
    "handout": "the wish for a handout that is not rendered yet",
    "handouts": "the wish for handouts that are not rendered yet",
    "account_login": "nothing but allauth's clean-up of the session",
}
WRITES = ("INSERT", "UPDATE", "DELETE")


def test_every_route_stands_in_the_table() -> None:
    assert {rule.route for rule in TABLE} == route_names()


def test_each_case_is_named() -> None:
    labels = [rule.label for rule in TABLE]
    assert sorted(set(labels)) == sorted(labels)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: rule.label)
def test_everybody_gets_what_the_table_says(cast: Cast, rule: Rule, method: str) -> None:
    rule.given(cast)
    url = reverse(rule.route, kwargs=rule.kwargs(cast))
    answers, expected, writers = {}, {}, set()
    for name, user in cast.people.items():
        client = Client()
        client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            answers[name] = getattr(client, method)(url).status_code
        expected[name] = _expected(rule, method, name)
        if any(query["sql"].startswith(WRITES) for query in queries):
            writers.add(name)
    assert answers == expected
    if method == "get" and rule.route not in KEEPS_ON_GET:
        assert writers == set(), "a page that is only read has written"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("rule", TABLE, ids=lambda rule: rule.label)
def test_who_is_logged_out_is_led_to_the_login_page(
    cast: Cast, rule: Rule, method: str, client: Client
) -> None:
    if rule.public:
        rule.given(cast)
    url = reverse(rule.route, kwargs=rule.kwargs(cast))
    answer = getattr(client, method)(url)
    if rule.public:
        assert answer.status_code == rule.public[method]
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_login"))


def test_no_post_is_heard_without_its_token(cast: Cast) -> None:
    """K4; the token is asked for before anything is fetched."""
    heard = {}
    for rule in {rule.route: rule for rule in TABLE}.values():
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.coordinator)
        heard[rule.route] = client.post(reverse(rule.route, kwargs=rule.kwargs(cast))).status_code
    assert {route: code for route, code in heard.items() if code != 403} == {}


def test_a_forbidden_page_looks_the_same_as_one_that_does_not_exist(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.committee)
    forbidden = client.get(reverse("round", kwargs=round_(cast)))
    absent = client.get(reverse("round", kwargs=catalogue(cast) | {"year": 1999}))
    assert forbidden.status_code == absent.status_code == 404
    assert _without_token(forbidden.content) == _without_token(absent.content)


def _without_token(content: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)


def _expected(rule: Rule, method: str, name: str) -> int:
    allowed = rule.get if method == "get" else rule.post
    if allowed is None:
        other = rule.post if method == "get" else rule.get
        return 405 if name in (other or {}) else 404
    return allowed.get(name, 404)
