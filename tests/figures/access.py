"""Who gets what at an indicator's page."""

from actions.models import FigureSupplier, Indicator
from tests.support import factory
from tests.support.addresses import catalogue, none
from tests.support.cast import Cast
from tests.support.rows import COORDINATOR, OWN_SIGNERS, READERS, Kwargs, Place, Rule, all_of


def with_indicator(cast: Cast) -> None:
    factory.make_indicator(cast.own_goal)


def indicator(place: Place) -> Kwargs:
    """The first one; who is logged out gets to none, so none need be there."""
    return catalogue(place) | {"pk": next(iter(_indicators(place)), 999_999)}


def another(place: Place) -> Kwargs:
    return catalogue(place) | {"pk": next(reversed(_indicators(place)), 999_999)}


def _indicators(place: Place) -> list[int]:
    rows = Indicator.objects.filter(goal__action__catalogue=place.catalogue)
    return list(rows.order_by("goal__action__number", "pk").values_list("pk", flat=True))


def with_supplier(cast: Cast) -> None:
    """The outsider delivers the head's indicator, and nothing else is theirs."""
    row = factory.make_indicator(cast.own_goal)
    FigureSupplier.objects.create(indicator=row, user=cast.outsider)
    factory.make_indicator(cast.other_goal)


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
    Rule(
        "indicator",
        indicator,
        get=all_of(READERS | {"outsider"}),
        post=all_of(OWN_SIGNERS | COORDINATOR | {"outsider"}, 422),
        given=with_supplier,
        case="supplied",
    ),
    Rule(
        "indicator",
        another,
        get=all_of(READERS),
        post=all_of({"other_head"} | COORDINATOR, 422),
        given=with_supplier,
        case="supplied by nobody",
    ),
    Rule(
        "paste_figures",
        indicator,
        get=all_of(OWN_SIGNERS | COORDINATOR | {"outsider"}),
        post=all_of(OWN_SIGNERS | COORDINATOR | {"outsider"}, 422),
        given=with_supplier,
    ),
    Rule("supplied", none, get={}),
    Rule(
        "supplier",
        indicator,
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 422),
        given=with_indicator,
    ),
    Rule(
        "supplier",
        indicator,
        get=all_of(COORDINATOR),
        post=all_of(COORDINATOR, 422),
        given=with_supplier,
        case="named",
    ),
    Rule("end_supplier", indicator, get=None, post=all_of(COORDINATOR, 302), given=with_supplier),
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
