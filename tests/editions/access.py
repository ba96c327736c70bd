"""Who gets what at a report's draft and editions, in the house and in public."""

from django.utils import timezone

from tests.support import factory
from tests.support.addresses import (
    catalogue,
    edition,
    final,
    midterm,
    none,
    published,
    published_final,
    published_midterm,
    round_,
)
from tests.support.cast import Cast
from tests.support.rows import COORDINATOR, EDITION_READERS, EVERYBODY, Kwargs, Rule, all_of


def made_public(cast: Cast) -> object:
    return factory.make_public(factory.make_edition(cast.catalogue, cast.round.year))


def withdrawn(cast: Cast) -> object:
    made = factory.make_edition(cast.catalogue, cast.round.year)
    return factory.make_public(made, withdrawn_at=timezone.now())


def rendered(cast: Cast) -> object:
    return factory.make_rendering(cast.catalogue, cast.round.year)


def publication(cast: Cast) -> Kwargs:
    return round_(cast) | {"pk": factory.make_wish(cast.catalogue, cast.round.year).pk}


RULES = [
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
    Rule("draft", final, get=all_of(COORDINATOR), case="of the final report"),
    Rule(
        "draft",
        lambda cast: final(cast) | {"year": cast.round.year},
        get={},
        post=all_of(COORDINATOR, 405),
        case="of the final report in another year",
    ),
    Rule("draft_pdf", final, get=all_of(COORDINATOR, 302), case="of the final report"),
    Rule("draft_docx", final, get=all_of(COORDINATOR), case="of the final report"),
    Rule(
        "publish",
        final,
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 409),
        case="the final report",
    ),
    *(
        Rule(
            name,
            lambda cast: final(cast) | {"number": 1},
            get=all_of(EDITION_READERS),
            given=published_final,
            case="of the final report",
        )
        for name in ("edition", "edition_pdf", "edition_docx")
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
]
