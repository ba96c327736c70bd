"""How an indicator's page looks in situations that the table of access does not make."""

from base64 import b64encode
from decimal import Decimal

from actions.models import Indicator, Measurement
from tests.figures.access import indicator, with_supplier
from tests.support import states
from tests.support.addresses import catalogue, none
from tests.support.cast import Cast
from tests.support.rows import Situation
from tests.support.states import HEAD, VUF


def revised(cast: Cast) -> None:
    """A year that was revised twice, one without a value, and all that can be said of them."""
    states.with_figures(cast)
    row = Indicator.objects.order_by("goal__action__number", "pk")[0]
    for value in (95, 97):
        Measurement.objects.append(
            indicator=row,
            year=cast.round.measured_year,
            value=Decimal(value),
            source=states.LONG_TEXT,
            comment="Opgjort igen.",
            by_name="Anna Åkjær",
            position="Udviklingsforvaltningen",
            reason="To besøg var talt med to gange.",
        )


def outdated_file(cast: Cast) -> dict[str, str]:
    """A file that was shown before somebody told another value of the year."""
    row = Indicator.objects.order_by("goal__action__number", "pk")[0]
    text = (
        "handling;mål;måltal;år;værdi;kilde;årsag\n"
        f"{row.goal.action.number};{row.goal.number};{row.name};{cast.round.measured_year};99;"
        "Registeret;Talt igen."
    )
    return {"content": b64encode(text.encode()).decode(), "seen": "0:0"}


SITUATIONS = [
    Situation("supplied", none, frozenset({"outsider"}), "one", with_supplier),
    Situation("indicator", indicator, VUF | HEAD | {"strategic_forum"}, "revised", revised),
    Situation("import_figures", catalogue, VUF, "to look at again", revised, 409, outdated_file),
    Situation("indicator", indicator, VUF, "long words", revised, query="?aar=2019"),
    Situation(
        "indicator",
        indicator,
        VUF,
        "another value",
        revised,
        code=409,
        typed=lambda cast: {"year": str(cast.round.measured_year), "value": "99"},
    ),
    Situation(
        "paste_figures",
        indicator,
        VUF,
        "preview",
        revised,
        typed=lambda cast: {"column": f"{cast.round.measured_year}\t99\n2019\t1.047"},
    ),
    Situation(
        "paste_figures",
        indicator,
        VUF,
        "another value",
        revised,
        code=409,
        typed=lambda cast: {"column": f"{cast.round.measured_year}\t99", "confirm": "1"},
    ),
]
