"""Every page × role × state: the permission table's cases, and those that only look different."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reports.models import JobState
from tests import factory
from tests.browser import states
from tests.cast import Cast
from tests.test_permissions import (
    ANONYMOUS,
    TABLE,
    Kwargs,
    Rule,
    action,
    catalogue,
    edition,
    midterm,
    none,
    of_report,
    own_status,
    passage,
    round_,
)

#: Addresses that never answer with a page of their own, and why.
NO_PAGE = {
    "latest_selection": "leads on to the page of the latest report",
    "withdraw": "a button on the action's page",
    "in_current_catalogue": "leads on to the address with the catalogue in it",
    "approve": "a button on the status page",
    "autosave": "a part of the status page",
    "deadlines": "a calendar file",
    "catalogue_template": "a workbook",
    "catalogue_workbook": "a workbook",
    "round_list": "a workbook",
    "prolong_session": "a button in the dialog of every page",
    "reopen_comment": "a button on the status page",
    "resolve_comment": "a button on the status page",
    "sign": "a button on the status page",
    "typed": "parts of the status page",
    "opened": "the form's own word that it is open",
    "draft_pdf": "a PDF",
    "draft_progress": "a line on the draft's page",
    "draft_docx": "a Word document",
    "edition_pdf": "a PDF",
    "edition_docx": "a Word document",
    "case_txt": "a text file",
    "case_docx": "a Word document",
    "handouts": "a PDF",
    "handout": "a PDF",
    "handout_progress": "a line on the temamøde's page",
    "public_pdf": "a PDF",
    "was": "leads to the accessibility statement",
    "autosave_passage": "a part of the passage's page",
    "autosave_answer": "a part of the question's page",
    "autosave_conclusion": "a part of the conclusion's page",
    "account_set_password": "leads to the forgotten password",
}

type Typed = Callable[[Cast], dict[str, str]]


def nothing(cast: Cast) -> None:
    """The cast as it is."""


@dataclass(frozen=True)
class Situation:
    """One page as some people see it; with `typed` it is the answer to that post."""

    route: str
    kwargs: Callable[[Cast], Kwargs]
    people: frozenset[str]
    case: str = ""
    given: Callable[[Cast], object] = nothing
    code: int = 200
    typed: Typed | None = None
    query: str = ""

    @property
    def label(self) -> str:
        answer = "" if self.typed is None else "outdated" if self.code == 409 else "refused"
        return " ".join(filter(None, [self.route, self.case, answer]))


def _of_rule(rule: Rule) -> Iterable[Situation]:
    """The page of a rule, and what an empty post to it answers, for those who get them."""
    shown = {name for name, code in (rule.get or {}).items() if code == 200}
    shown |= {ANONYMOUS} if (rule.public or {}).get("get") == 200 else set()
    if shown:
        yield Situation(rule.route, rule.kwargs, frozenset(shown), rule.case, rule.given)
    posts = (rule.post or {}) | ({ANONYMOUS: rule.public["post"]} if rule.public else {})
    for code in (200, 409, 422):
        refused = frozenset(name for name, answer in posts.items() if answer == code)
        if refused:
            yield Situation(
                rule.route, rule.kwargs, refused, rule.case, rule.given, code, lambda cast: {}
            )


def _empty(cast: Cast) -> Kwargs:
    """A catalogue with neither actions, rounds nor editions."""
    return {"slug": factory.make_catalogue("tomt", municipality="").slug}


def _year_without_round(cast: Cast) -> Kwargs:
    return catalogue(cast) | {"year": cast.round.year - 1}


def _position(cast: Cast) -> Kwargs:
    return {"pk": cast.position.pk}


def _publication(**kwargs: object) -> Callable[[Cast], Kwargs]:
    def wished(cast: Cast) -> Kwargs:
        wish = factory.make_wish(cast.catalogue, cast.round.year, **kwargs)
        return round_(cast) | {"pk": wish.pk}

    return wished


def _published(cast: Cast) -> Kwargs:
    edition = factory.make_edition(cast.catalogue, cast.round.year)
    return _publication(state=JobState.DONE, edition=edition)(cast)


def _version(cast: Cast) -> Kwargs:
    events = factory.status_of(cast.round, cast.own_goal).events
    return own_status(cast) | {"event": events.filter(verb="submit")[0].pk}


def _answered(cast: Cast) -> Kwargs:
    states.committee_in_full(cast)
    answered = cast.own_goal.action.questions.exclude(answer="")
    return round_(cast) | {"pk": answered[0].pk}


HEAD, VUF = frozenset({"head"}), frozenset({"coordinator"})
BOTH, COMMITTEE = HEAD | VUF, frozenset({"committee"})
SELECTORS = COMMITTEE | VUF
COUNCIL, EVERYBODY = frozenset({"council"}), frozenset({ANONYMOUS})
ADMINISTRATOR = frozenset({"administrator"})

EXTRA = [
    Situation("home", none, frozenset({"outsider"}), "no catalogue", states.no_catalogue),
    Situation("catalogue", _empty, BOTH, "empty"),
    Situation("catalogue", catalogue, HEAD, "every light and state", states.mixed),
    Situation("catalogue", catalogue, HEAD, "long words", states.long_names),
    Situation("action", action, HEAD, "with figures", states.in_full("approved")),
    Situation("action", action, HEAD, "long words", states.long_names),
    # VUF edits the catalogue.
    Situation("edit_catalogue", _empty, VUF, "empty"),
    Situation("edit_action", action, VUF, "with figures", states.in_full("approved")),
    Situation("edit_action", action, VUF, "long words", states.long_names),
    Situation(
        "edit_action", action, VUF, "preview", states.with_figures, 200, states.action_changed
    ),
    Situation(
        "edit_action",
        action,
        VUF,
        "a decision",
        states.in_full("approved"),
        422,
        states.target_changed,
    ),
    Situation(
        "import_catalogue", none, VUF, "to look at", code=422, typed=states.catalogue_brought
    ),
    # A head's own goals.
    Situation("own_goals", none, frozenset({"other_head"}), "none", states.without_goals),
    Situation("own_goals", none, HEAD, "every state", states.mixed),
    Situation("own_goals", none, HEAD, "closed", states.closed),
    Situation("own_goals", none, HEAD, "planned", states.planned),
    Situation("own_goals", none, HEAD, "overdue", states.overdue),
    Situation("own_goals", none, HEAD, "all done", states.all_approved),
    Situation("own_goals", none, HEAD, "long words", states.long_names),
    # The rounds.
    Situation("rounds", _empty, BOTH, "none"),
    Situation("open_round", _empty, VUF, "empty"),
    Situation(
        "open_round",
        catalogue,
        VUF,
        "dates in disorder",
        code=422,
        typed=states.dates_in_disorder,
    ),
    Situation("round", round_, BOTH, "every state", states.mixed),
    Situation("round", round_, VUF, "only what is missing", states.mixed, query="?vis=mangler"),
    Situation("round", round_, VUF, "nothing to approve", query="?vis=til-godkendelse"),
    Situation(
        "round",
        round_,
        VUF,
        "texts over length",
        states.in_full("submitted"),
        query="?vis=lange-tekster",
    ),
    Situation("round", round_, BOTH, "closed", states.closed),
    Situation("round", round_, BOTH, "planned", states.planned),
    Situation("round", round_, VUF, "overdue", states.overdue),
    Situation("round", round_, VUF, "long words", states.long_names),
    Situation("close_round", round_, VUF, "all done", states.all_approved),
    Situation("close_round", round_, VUF, "every state", states.mixed),
    Situation("reopen_round", round_, VUF, "closed", states.closed),
    # A goal's status.
    Situation("status", own_status, HEAD, "not started"),
    Situation("status", own_status, HEAD, "with figures", states.with_figures),
    Situation("status", own_status, HEAD, "same as last year", states.same_as_last_year),
    Situation("preview", own_status, HEAD, "in full", states.in_full("draft")),
    Situation("status", own_status, HEAD, "returned in full", states.in_full("returned")),
    Situation("status", own_status, BOTH, "submitted in full", states.in_full("submitted")),
    Situation("status", own_status, BOTH, "closed", states.closed),
    Situation("status", own_status, HEAD, "planned", states.planned),
    Situation("status", own_status, HEAD, "wrong", states.with_figures, 422, states.typed_wrong),
    Situation(
        "status", own_status, HEAD, "incomplete", states.with_figures, 422, states.typed_too_little
    ),
    Situation(
        "status", own_status, HEAD, "changed", states.in_full("draft"), 409, states.typed_on_old
    ),
    Situation(
        "status", own_status, HEAD, "sent", states.in_full("submitted"), 409, states.typed_on_old
    ),
    Situation("status", own_status, HEAD, "too late", states.closed, 409, states.typed_on_old),
    Situation(
        "return_to_head",
        own_status,
        VUF,
        "already returned",
        states.in_full("returned"),
        409,
        lambda cast: {"revision": "0", "comment": states.LONG_TEXT},
    ),
    Situation(
        "status",
        own_status,
        BOTH | {"co_head", "colleague", "other_head"},
        "talked about",
        states.talked_about("submitted"),
    ),
    Situation("status", own_status, HEAD, "draft talked about", states.talked_about("draft")),
    Situation(
        "comment",
        own_status,
        frozenset({"colleague"}),
        "too long",
        states.talked_about("submitted"),
        422,
        lambda cast: {"text": states.LONG_TEXT * 4},
    ),
    Situation(
        "comment",
        own_status,
        frozenset({"colleague"}),
        "too late",
        states.closed,
        409,
        lambda cast: {"text": states.LONG_TEXT},
    ),
    Situation("own_goals", none, frozenset({"co_head"}), "to sign", states.mixed_shared),
    Situation("round", round_, VUF, "unsigned", states.mixed_shared),
    Situation("history", own_status, HEAD, "empty"),
    Situation("history", own_status, BOTH, "in full", states.written_often),
    Situation("history", own_status, HEAD, "second page", states.written_often, query="?side=2"),
    Situation("version", _version, HEAD, "in full", states.written_often),
    Situation("remind", round_, VUF, "some reminded", states.reminded),
    Situation("remind", round_, VUF, "none lacks", states.all_approved),
    Situation("remind", round_, VUF, "closed", states.closed),
    Situation("mail_log", none, VUF, "long", states.long_post),
    Situation("mail_log", none, VUF, "second page", states.long_post, query="?side=2"),
    # People.
    Situation("delegations", none, HEAD | {"co_head"}, "long names", states.deputies),
    Situation("positions", none, VUF, "long names", states.crowd),
    Situation("position", _position, VUF, "vacant", states.vacant),
    Situation(
        "position",
        _position,
        VUF,
        "too long",
        code=422,
        typed=lambda cast: {"administration": "x" * 201},
    ),
    Situation("users", none, ADMINISTRATOR, "long names", states.crowd),
    Situation("log", none, ADMINISTRATOR, "two pages", states.long_log),
    Situation("log", none, ADMINISTRATOR, "second page", states.long_log, query="?side=2"),
    Situation(
        "account_login",
        none,
        frozenset({ANONYMOUS}),
        "wrong password",
        typed=lambda cast: {"login": "head", "password": "forkert"},
    ),
    # The reports.
    Situation("reports", _empty, VUF | {"committee"}, "none"),
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
    # The sagspakke and the temamøde.
    *(
        Situation(name, kwargs, VUF | {"council"}, "in full", states.meeting_in_full)
        for name, kwargs in (("theme_meeting", round_), ("presentation", round_))
    ),
    Situation("reports", catalogue, VUF | {"council"}, "with a meeting", states.meeting_in_full),
    *(
        Situation(name, kwargs, VUF, "in full", states.meeting_in_full, code, typed)
        for name, kwargs, code, typed in (
            ("programme", round_, 200, None),
            ("programme", round_, 409, states.typed_programme),
            ("conclusion", edition, 200, None),
            ("conclusion", edition, 409, lambda cast: {"text": states.LONG_TEXT}),
            ("case", edition, 200, None),
            ("case_template", catalogue, 200, None),
            ("case_template", catalogue, 422, states.typed_section("{titlen}")),
            ("case_template", catalogue, 409, states.typed_section("{titel}")),
        )
    ),
    # The committee before the temamøde.
    *(
        Situation("selection", round_, SELECTORS, case, states.committee_in_full, query=query)
        for case, query in (
            ("in full", ""),
            ("compared", "?sorter=peget&handling=1&handling=2"),
            ("too few to compare", "?handling=1"),
        )
    ),
    Situation("selection_action", edition, SELECTORS, "in full", states.committee_in_full),
    Situation("own_goals", none, HEAD, "asked", states.committee_in_full),
    *(
        Situation(
            name, edition, COMMITTEE, "too long", states.committee_in_full, 422, states.too_long
        )
        for name in ("ask", "point")
    ),
    *(
        Situation("decide", round_, VUF, "in full", states.committee_in_full, code, typed)
        for code, typed in ((200, None), (409, states.typed_decision), (422, states.too_long))
    ),
    *(
        Situation("question", _answered, people, "answered", nothing, code, typed)
        for people, code, typed in (
            (HEAD | COMMITTEE, 200, None),
            (HEAD, 409, lambda cast: {"revision": "0", "text": states.LONG_TEXT}),
        )
    ),
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
    Situation("council", catalogue, COUNCIL, "with a meeting", states.decided),
    # What everybody sees.
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
    # The midterm, and what is written by hand.
    Situation("reports", catalogue, VUF, "with a midterm", states.evaluated),
    Situation("draft", midterm, VUF, "of a midterm in full", states.evaluated),
    Situation("own_goals", none, HEAD, "with a midterm", states.evaluated),
    Situation("editorial", of_report("midtvejsevaluering"), VUF, "in full", states.evaluated),
    Situation("editorial", of_report("statusredegoerelse"), VUF, "with lines", states.evaluated),
    Situation("passage", passage("handling-1"), VUF, "in full", states.evaluated),
    Situation("passage", passage("chefer-1"), HEAD, "written", states.evaluated),
    Situation("passage", passage("chefer-1"), HEAD, "planned", states.planned),
    Situation(
        "passage",
        passage("redaktion"),
        VUF,
        "too long",
        code=422,
        typed=lambda cast: {"revision": "0", "foreword": states.LONG_TEXT * 4},
    ),
    Situation(
        "passage",
        passage("chefer-1"),
        HEAD,
        "changed",
        states.evaluated,
        409,
        lambda cast: {"revision": "0", "choice": "close", "reason": states.LONG_TEXT},
    ),
]

SITUATIONS = [
    found for rule in TABLE if rule.route not in NO_PAGE for found in _of_rule(rule)
] + EXTRA
