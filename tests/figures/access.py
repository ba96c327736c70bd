"""Who gets what at an indicator's page."""

from actions.models import Indicator
from tests.support import factory
from tests.support.addresses import catalogue
from tests.support.cast import Cast
from tests.support.rows import COORDINATOR, OWN_SIGNERS, READERS, Kwargs, Place, Rule, all_of


def with_indicator(cast: Cast) -> None:
    factory.make_indicator(cast.own_goal)


def indicator(place: Place) -> Kwargs:
    rows = Indicator.objects.filter(goal__action__catalogue=place.catalogue)
    return catalogue(place) | {"pk": rows.order_by("goal__action__number", "pk")[0].pk}


RULES = [
    Rule(
        "indicator",
        indicator,
        get=all_of(READERS),
        post=all_of(OWN_SIGNERS | COORDINATOR, 422),
        given=with_indicator,
    ),
    Rule(
        "indicator",
        lambda cast: catalogue(cast) | {"pk": 999_999},
        get={},
        post={},
        case="not there",
    ),
    Rule("import_figures", catalogue, get=all_of(COORDINATOR), post=all_of(COORDINATOR, 422)),
    *(Rule(name, catalogue, get=all_of(READERS)) for name in ("figures_workbook", "figures_text")),
    *(
        Rule(
            name,
            lambda cast: {"slug": "findes-ikke"},
            get={},
            post=post,
            case="not there",
        )
        for name, post in (
            ("import_figures", {}),
            ("figures_workbook", all_of(READERS, 405)),
            ("figures_text", all_of(READERS, 405)),
        )
    ),
]
