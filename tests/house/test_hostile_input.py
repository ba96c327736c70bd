"""Whatever is typed into a form, or into an address: an answer in Danish, never an error of ours,
and never a tag of the writer's in the page (K5).

Fifty examples a form, always the same; HYPOTHESIS_PROFILE=drill tries 10,000 new ones.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.catalogue.editor import whole_seal
from actions.catalogue.exporter import rows_of
from actions.catalogue.file import to_text
from actions.models import Goal, Role
from actions.rounds import verbs
from reports.committee.questions import address_of
from reports.models import Edition, Kind, Question, Report
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import hand_in, mandate, status_of
from tests.support.pages import typed_at
from tests.support.routes import route_names

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DRILL = os.environ.get("HYPOTHESIS_PROFILE") == "drill"
hostile = settings(
    max_examples=10_000 if DRILL else 50,
    derandomize=not DRILL,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

#: A tag and an attribute that no page of ours has: where they show up, something was not escaped.
TAG, ATTRIBUTE = "hov", "onhov"
NASTY = [
    f"<{TAG}>",
    f"</textarea><{TAG} {ATTRIBUTE}=1>",
    f'" {ATTRIBUTE}="x',
    f"' {ATTRIBUTE}='x",
    f"</title></script></style><{TAG}>",
    f"<!-- --><{TAG}/>",
    f"%(x)s {{{{ x }}}} {{% x %}} <{TAG}>",
    "\x00",
    "\r\n\r\nSet-Cookie: a=b",
    "' OR 1=1; --",
    "../../etc/passwd",
    "\u202e\u2066",
    "\ud7ff\ufffe\uffff",
    "a" * 5000,
    "9" * 5000,
    "-1",
    "0",
    "1e400",
    "NaN",
    "٣",
    "9999-12-31",
    "0001-01-01",
    "31/12 9999",
    "2147483648",
    "9223372036854775808",
]
words = st.sampled_from(NASTY) | st.text(max_size=30)
anything = words | st.tuples(words, words).map("".join)


@dataclass(frozen=True)
class Target:
    """A form: who posts to it, where, what it takes, and which pages may show it afterwards.

    `right` is a form that is accepted; each example spoils some of its fields, adds some, and
    leaves some out.
    """

    name: str
    who: str
    address: Callable[[Cast], str]
    right: Callable[[Cast], dict[str, str]]
    pages: Callable[[Cast], list[str]] = lambda cast: []
    given: Callable[[Cast], object] = field(default=lambda cast: None)


def within(route: str, *more: str) -> Callable[[Cast], str]:
    def address(cast: Cast) -> str:
        values = {"year": cast.round.year, "goal": cast.own_goal.pk, "number": 1}
        return reverse(route, args=[cast.catalogue.slug, *(values[name] for name in more)])

    return address


def status_form(cast: Cast) -> dict[str, str]:
    indicator = Goal.objects.get(pk=cast.own_goal.pk).indicators.get().pk
    texts = ("progress", "cause", "consequence", "next_step", "why_not_assessable", "why_differs")
    figure = {"value": "95", "missing": "", "source": "Optælling", "comment": "Foreløbig"}
    return (
        {"revision": "0", "light": "at_risk", "move": "save"}
        | dict.fromkeys(texts, "Tekst")
        | {f"{name}-{indicator}": value for name, value in figure.items()}
    )


def days(cast: Cast) -> dict[str, str]:
    names = ("opens", "due", "closes")
    return {name: getattr(cast.round, name).isoformat() for name in names}


def person(cast: Cast) -> dict[str, str]:
    return {
        "username": "nyt-navn",
        "first_name": "Hanne",
        "last_name": "Hansen",
        "email": "hanne@kommune.example",
        "password": "klitter-og-marehalm",
        "roles": "council",
        "administration": "",
        "is_active": "on",
    }


def close(cast: Cast) -> None:
    verbs.close_round(round_=cast.round, by=mandate(cast.coordinator))


def published(cast: Cast) -> Edition:
    return factory.make_edition(cast.catalogue, cast.round.year)


def decided(cast: Cast) -> None:
    factory.make_selection(published(cast))


def chefs_passage(cast: Cast) -> list[object]:
    return [cast.catalogue.slug, cast.round.year, "midtvejsevaluering", "chefer-1"]


def review_pages(cast: Cast) -> list[str]:
    return [within("status", "year", "goal")(cast), within("round", "year")(cast)]


def action_form(cast: Cast) -> dict[str, str]:
    return typed_at(client_of(cast, "coordinator"), action_address(cast), "seal")


def action_address(cast: Cast) -> str:
    return reverse("edit_action", args=[cast.catalogue.slug, 1])


def client_of(cast: Cast, name: str) -> Client:
    client = Client()
    if name:
        client.force_login(cast.people[name])
    return client


def bring(cast: Cast) -> dict[str, str]:
    """The answer to a file that gives an action another title."""
    slug = cast.catalogue.slug
    content = to_text(rows_of(slug), "json").replace("Handling nummer 2", "Et nyt navn")
    decided = {"decision": "Byrådet", "decided_on": timezone.localdate().isoformat()}
    return {"content": content, "seal": whole_seal(slug)} | decided


def committee_page(cast: Cast) -> str:
    return reverse("selection_action", args=[cast.catalogue.slug, cast.round.year, 1])


def conclusion_address(cast: Cast) -> str:
    return reverse("conclusion", args=[cast.catalogue.slug, cast.round.year, 1])


def decision_form(cast: Cast) -> dict[str, str]:
    today = timezone.localdate().isoformat()
    days_ = {"decided_on": today, "theme_meeting_on": today}
    chosen = {f"choose-{number}": "on" for number in (1, 2, 3)}
    reasons = {f"reason-{number}": "Derfor." for number in (1, 2, 3)}
    return {"revision": "0", "decision": "Udvalget vælger."} | days_ | chosen | reasons


TARGETS = [
    Target(
        "action",
        "coordinator",
        action_address,
        lambda cast: action_form(cast) | {"do": "save", "responsible-2-position": "Vejchefen"},
        lambda cast: [within("catalogue")(cast), action_address(cast)],
        given=lambda cast: factory.make_indicator(cast.own_goal),
    ),
    Target(
        "catalogue",
        "coordinator",
        within("catalogue_fields"),
        lambda cast: typed_at(
            client_of(cast, "coordinator"), within("catalogue_fields")(cast), "seal"
        ),
        lambda cast: [within("catalogue")(cast), reverse("catalogues")],
    ),
    Target(
        "catalogue file",
        "coordinator",
        lambda cast: reverse("import_catalogue"),
        bring,
        lambda cast: [within("catalogue")(cast)],
    ),
    Target(
        "status",
        "head",
        within("status", "year", "goal"),
        status_form,
        lambda cast: [within("status", "year", "goal")(cast)],
        given=lambda cast: factory.make_indicator(cast.own_goal),
    ),
    Target(
        "typed",
        "head",
        within("typed", "year", "goal"),
        status_form,
        lambda cast: [],
        given=lambda cast: factory.make_indicator(cast.own_goal),
    ),
    Target(
        "submitted status",
        "head",
        within("status", "year", "goal"),
        lambda cast: status_form(cast) | {"move": "submit"},
        lambda cast: [within("status", "year", "goal")(cast), within("draft", "year")(cast)],
        given=lambda cast: factory.make_indicator(cast.own_goal),
    ),
    Target(
        "open round",
        "coordinator",
        within("open_round"),
        lambda cast: (
            days(cast)
            | {"year": str(cast.round.year - 1), "measured_year": str(cast.round.year - 2)}
        ),
        lambda cast: [within("rounds")(cast)],
    ),
    Target("round dates", "coordinator", within("round_dates", "year"), days, review_pages),
    Target(
        "reopen",
        "coordinator",
        within("reopen_round", "year"),
        lambda cast: {"closes": days(cast)["closes"], "reason": "Fordi"},
        review_pages,
        given=close,
    ),
    Target(
        "return",
        "coordinator",
        within("return_to_head", "year", "goal"),
        lambda cast: {"revision": "1", "comment": "Uddyb"},
        review_pages,
        given=lambda cast: hand_in(status_of(cast.round), "submitted"),
    ),
    Target(
        "publish",
        "coordinator",
        within("publish", "year"),
        lambda cast: {
            "seal": factory.proof_now(cast.catalogue, cast.round.year),
            "changes": "Rettelse",
            "confirmed": "on",
        },
        lambda cast: [within("reports")(cast)],
        given=lambda cast: (
            factory.make_edition(cast.catalogue, cast.round.year),
            hand_in(status_of(cast.round)),
        ),
    ),
    Target(
        "withdraw public",
        "coordinator",
        within("withdraw_public", "year", "number"),
        lambda cast: {"reason": "En fejl"},
        lambda cast: [within("edition", "year", "number")(cast), reverse("public_reports")],
        given=lambda cast: factory.make_public(
            factory.make_edition(cast.catalogue, cast.round.year)
        ),
    ),
    Target(
        "passage",
        "head",
        lambda cast: reverse("passage", args=chefs_passage(cast)),
        lambda cast: {"revision": "0", "choice": "adjust", "reason": "Målet er for lavt."},
        lambda cast: [
            Report(catalogue=cast.catalogue, kind=Kind.MIDTERM, year=cast.round.year).draft_url,
            reverse("passage", args=[*chefs_passage(cast)[:-1], "handling-1"]),
        ],
    ),
    Target(
        "position",
        "administrator",
        lambda cast: reverse("position", args=[cast.position.pk]),
        lambda cast: {"administration": "Staben"},
        lambda cast: [reverse("positions"), reverse("log")],
    ),
    Target(
        "rename a post",
        "coordinator",
        lambda cast: reverse("rename_position", args=[cast.position.pk]),
        lambda cast: {"name": "Planchefen"},
        lambda cast: [reverse("positions"), cast.own_goal.action.get_absolute_url()],
    ),
    Target(
        "appoint",
        "administrator",
        lambda cast: reverse("appoint", args=[cast.position.pk]),
        lambda cast: {"user": str(cast.outsider.pk), "starts": days(cast)["closes"]},
        lambda cast: [reverse("positions"), reverse("log")],
    ),
    Target(
        "end appointment",
        "administrator",
        lambda cast: reverse(
            "end_appointment", args=[cast.position.appointments.get(user=cast.head).pk]
        ),
        lambda cast: {"ends": days(cast)["closes"]},
        lambda cast: [reverse("positions"), reverse("log")],
    ),
    Target(
        "new user",
        "administrator",
        lambda cast: reverse("create_user"),
        person,
        lambda cast: [reverse("users"), reverse("log")],
    ),
    Target(
        "user",
        "administrator",
        lambda cast: reverse("user", args=[cast.head.pk]),
        person,
        lambda cast: [reverse("users"), reverse("log"), reverse("positions")],
    ),
    Target(
        "programme",
        "coordinator",
        within("programme", "year"),
        lambda cast: {
            "revision": "0",
            "starts_at": "16:30",
            "place": "Byrådssalen",
            "welcome": "Velkommen",
            "lines-0-title": "Velkomst",
            "lines-0-minutes": "10",
            "lines-0-action": "",
            "lines-1-title": "Handlingen",
            "lines-1-minutes": "20",
            "lines-1-action": str(cast.own_goal.action_id),
        },
        lambda cast: [within("theme_meeting", "year")(cast), within("presentation", "year")(cast)],
        given=decided,
    ),
    Target(
        "rearranged programme",
        "coordinator",
        within("programme", "year"),
        lambda cast: {
            "revision": "0",
            "welcome": "Velkommen",
            "lines-0-title": "Velkomst",
            "lines-0-minutes": "10",
            "do": "down:lines-0",
        },
        given=decided,
    ),
    Target(
        "case template",
        "coordinator",
        within("case_template"),
        lambda cast: {
            "revision": "0",
            "lines-0-heading": "Resumé",
            "lines-0-body": "{titel}",
        },
        lambda cast: [
            within("case_template")(cast),
            reverse("case", args=[cast.catalogue.slug, cast.round.year, 1]),
        ],
        given=decided,
    ),
    Target(
        "conclusion",
        "coordinator",
        conclusion_address,
        lambda cast: {"revision": "0", "text": "Mødet vil vide mere."},
        lambda cast: [within("theme_meeting", "year")(cast)],
        given=decided,
    ),
    Target(
        "question of the committee's",
        "committee",
        lambda cast: reverse("ask", args=[cast.catalogue.slug, cast.round.year, 1]),
        lambda cast: {"text": "Hvorfor?", "due": timezone.localdate().isoformat()},
        lambda cast: [committee_page(cast)],
        given=published,
    ),
    Target(
        "pointing",
        "committee",
        lambda cast: reverse("point", args=[cast.catalogue.slug, cast.round.year, 1]),
        lambda cast: {"reason": "Det haster."},
        lambda cast: [committee_page(cast)],
        given=published,
    ),
    Target(
        "answer to the committee",
        "head",
        lambda cast: address_of(Question.objects.latest("pk")),
        lambda cast: {"revision": "0", "text": "Fordi det regnede."},
        lambda cast: [address_of(Question.objects.latest("pk"))],
        given=lambda cast: factory.make_question(published(cast).report, cast.own_goal.action),
    ),
    Target(
        "draft of a conclusion",
        "coordinator",
        lambda cast: f"{conclusion_address(cast)}autogem/",
        lambda cast: {"revision": "0", "text": "Mødet vil", "saves": "1-00000000"},
        given=decided,
    ),
    Target(
        "draft of an answer",
        "head",
        lambda cast: f"{address_of(Question.objects.latest('pk'))}autogem/",
        lambda cast: {"revision": "0", "text": "Fordi", "saves": "1-00000000"},
        given=lambda cast: factory.make_question(published(cast).report, cast.own_goal.action),
    ),
    Target(
        "decision",
        "coordinator",
        within("decide", "year"),
        decision_form,
        lambda cast: [within("selection", "year")(cast)],
        given=lambda cast: (factory.make_action(cast.catalogue), published(cast)),
    ),
    Target(
        "login",
        "",
        lambda cast: reverse("account_login"),
        lambda cast: {"login": "head", "password": "forkert", "next": "/", "remember": ""},
    ),
    Target(
        "forgotten password",
        "",
        lambda cast: reverse("account_reset_password"),
        lambda cast: {"email": "head@example.org"},
    ),
]


@contextmanager
def undone() -> Iterator[None]:
    """Nothing an example does is there for the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def assert_clean(answer: HttpResponseBase, *codes: int) -> None:
    """None of these stands so in a page that escapes what it shows."""
    assert answer.status_code in codes
    page = answer.text if isinstance(answer, HttpResponse) else ""
    for raw in (f"<{TAG}", f'" {ATTRIBUTE}=', f"' {ATTRIBUTE}="):
        assert raw not in page


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_anything_typed_into_a_form_is_answered_and_escaped(cast: Cast, target: Target) -> None:
    target.given(cast)
    right, address, pages = target.right(cast), target.address(cast), target.pages(cast)
    client, reader = client_of(cast, target.who), client_of(cast, "coordinator")
    if target.who == "administrator":
        reader = client
    fields = sorted(right)

    @hostile
    @given(
        spoiled=st.dictionaries(st.sampled_from([*fields, "fremmed"]), anything, max_size=4),
        left_out=st.sets(st.sampled_from(fields), max_size=1),
    )
    def example(spoiled: dict[str, str], left_out: set[str]) -> None:
        typed = {name: text for name, text in (right | spoiled).items() if name not in left_out}
        with undone():
            answer = client.post(address, typed)
            assert_clean(answer, 200, 302, 409, 422, 429)
            if answer.status_code == 302:
                assert "\n" not in answer.headers["Location"]
                assert_clean(client.get(answer.headers["Location"]), 200, 302)
                for page in pages:
                    assert_clean(reader.get(page), 200, 302)

    example()
    with undone():
        assert client.post(address, right).status_code in {200, 302, 429}, "the right form"


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_bytes_that_are_no_text_are_answered(cast: Cast, target: Target) -> None:
    target.given(cast)
    client = client_of(cast, target.who)
    for body in (b"%ff%fe=%ff&", b"progress=%ed%a0%80&reason=%c0%80&changes=%f5", b"=&&=%00"):
        with undone():
            answer = client.post(
                target.address(cast), body, content_type="application/x-www-form-urlencoded"
            )
            assert_clean(answer, 200, 302, 409, 422, 429)


@pytest.mark.once
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_a_form_from_elsewhere_is_refused(cast: Cast, target: Target) -> None:
    """Another site can make a browser post, but does not know the token (K4)."""
    target.given(cast)
    client = Client(enforce_csrf_checks=True)
    if target.who:
        client.force_login(cast.people[target.who])
    answer = client.post(target.address(cast), target.right(cast))
    assert_clean(answer, 403)
    assert "Siden var for gammel" in answer.text


# Addresses.

ABSURD = ["0", "2147483648", "9223372036854775808", "9" * 20, "9" * 5000]
MARK = 7777777


def numbered_routes() -> list[tuple[str, str, list[str]]]:
    """Every route with a number in its address, once for each: its name, the number, all names."""
    reverse_of: Any = get_resolver().reverse_dict
    return [
        (route, name, list(converters))
        for route in sorted(route_names())
        for _texts, _pattern, _defaults, converters in reverse_of.getlist(route)
        for name in converters
        if name != "slug"
    ]


@pytest.mark.parametrize(("route", "absurd", "names"), numbered_routes())
def test_an_absurd_number_in_an_address_does_not_exist(
    cast: Cast, route: str, absurd: str, names: list[str]
) -> None:
    everything = factory.make_user(roles=[Role.COORDINATOR, Role.ADMINISTRATOR, Role.COMMITTEE])
    factory.appoint(cast.position, everything)
    factory.make_edition(cast.catalogue, cast.round.year)
    client = Client()
    client.force_login(everything)
    known: dict[str, Any] = {
        "slug": cast.catalogue.slug,
        "year": cast.round.year,
        "number": 1,
        "goal": cast.own_goal.pk,
        "pk": cast.position.pk,
        "event": 1,
        "thread": 1,
        "report": "midtvejsevaluering",
        "key": "redaktion",
    }
    marked = reverse(route, kwargs={name: known[name] for name in names} | {absurd: MARK})
    for number in ABSURD:
        url = marked.replace(str(MARK), number)
        assert_clean(client.get(url), 404, 405)
        assert_clean(client.post(url), 404, 405)


@pytest.mark.parametrize(
    "address",
    [
        "/katalog/status/{year}/?vis={text}",
        "/katalog/status/{year}/?forvaltning={text}&stilling={text}",
        "/log/?side={text}",
        "/konto/log-ind/?next={text}",
        "/handlinger/{text}",
        "/status/{text}/",
        "/{text}/",
        "/katalog/rapporter/{year}/{text}/",
    ],
)
def test_anything_written_in_the_address_line_is_answered_and_escaped(
    cast: Cast, address: str
) -> None:
    client = client_of(cast, "coordinator" if "katalog" in address else "administrator")
    for text in NASTY:
        quoted = "".join(f"%{byte:02x}" for byte in text.encode(errors="surrogatepass")[:500])
        url = address.format(year=cast.round.year, text=quoted)
        assert_clean(client.get(url), 200, 302, 404)
