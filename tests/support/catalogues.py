"""Catalogues for the tests of file, import and export: a small one as text, any one as rows."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from actions.catalogue.file import (
    ActionRow,
    CatalogueRows,
    GoalRow,
    IndicatorRow,
    InitiativeRow,
    MilestoneRow,
    MoneyRow,
    PartnerRow,
    RelatedRow,
    ResponsibleRow,
    TargetRow,
)
from actions.catalogue.file.rules import RESERVED_SLUGS, TREACHEROUS
from actions.tools.text import spelling_key

OTHER_MUNICIPALITY = Path(__file__).parents[1] / "fixtures" / "noerreaa-handlingsplan-22.yaml"
REAL = Path(__file__).parents[2] / "fixtures" / "handlingskatalog-24.yaml"

SMALL = """\
format: handlingskatalog/1
slug: plan-22
title: Plan 22
municipality: Nørreå Kommune
strategy: Strategi 21
vision: Vi holder sammen.
period: {from: 2022, to: 2025}
midterm_year: 2024
bodies: {overall_responsible: Ledelsen, coordinator: Plan, steering_committee: Udvalg, council: Råd}
selection: {min: 1, max: 2}
actions:
  - number: 1
    title: En å
    responsible:
      - {position: Vejchefen}
    partners:
      - {name: Åens Venner}
    goals:
      - text: Vandet er rent.
        indicators:
          - {name: Badedage, unit: dage, target: 120, comparison: at_least, frequency: yearly}
          - {name: Overløb, unit: gange, target: 4.5, comparison: at_most, by: 2025, baseline: 31}
    initiatives:
      - title: Badebroer
        milestones: [{text: Første bro, year: 2023}]
      - title: Kloakker
        related: [{action: 1, initiative: Badebroer}]
  - number: 2
    title: Stier
    responsible:
      - {position: Vejchefen, note: Alle stier.}
    partners: []
    goals:
      - text: Man kan cykle trygt.
    initiatives: []
"""


def changed(*changes: tuple[str, str], text: str = SMALL) -> str:
    """The small catalogue with some of its words exchanged; each must stand there once."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def without(*lines: str, text: str = SMALL) -> str:
    """The small catalogue without the lines that hold some words."""
    kept = [line for line in text.splitlines(keepends=True) if not any(w in line for w in lines)]
    return "".join(kept)


# Rows of any catalogue that the format allows.
characters = st.characters(
    exclude_categories=["Cc", "Cs", "Zl", "Zp"],
    exclude_characters=[*TREACHEROUS, "\ufffe", "\uffff"],
)
#: Words that YAML readers take for something else, and what is hard to write in a block.
tricky = st.sampled_from(
    ["no", "null", "~", "true", "1e5", "0x1f", "007", "2024-01-01", "12:30", "1.", ".5", "=", "<<"]
) | st.sampled_from(["*a", "&a", "!a", "%", "@", "`", "[", "{", "'", '"', "|", ">", "- a", "a: b"])
lines = tricky | st.text(characters, max_size=30).map(str.split).map(" ".join).filter(bool)
proses = (
    tricky
    | st.sampled_from(["a\n", "\n a", "  a\n b \n\n", "a\n\n\n", "\ta\n#b", "a \nb", "---\na\n..."])
    | st.text(characters | st.sampled_from("\n \t"), max_size=60).filter(str.strip)
)
maybe = st.just("") | proses
years = st.integers(2000, 2100)
numbers = (
    st.decimals(-(10**11) + 1, 10**11 - 1, places=4)
    | st.integers(-(10**11) + 1, 10**11 - 1).map(Decimal)
    | st.integers(-100, 100).map(Decimal)
)


@st.composite
def indicators(draw: st.DrawFn, first_year: int, last_year: int) -> tuple[IndicatorRow, ...]:
    names = draw(st.lists(lines, unique=True, max_size=3))
    return tuple(draw(one_indicator(name, first_year, last_year)) for name in names)


@st.composite
def one_indicator(draw: st.DrawFn, name: str, first_year: int, last_year: int) -> IndicatorRow:
    """Half of them use only what the first format has."""
    yearly = draw(st.booleans())
    by = None if yearly else draw(st.none() | st.integers(first_year, 2200))
    if draw(st.integers(0, 5)) == 0:
        every = draw(st.integers(1, 50))
        return IndicatorRow(
            name, "", Decimal(1), "at_least", yearly, by, kind="yes_no", every=every
        )
    comparison = draw(st.sampled_from(["at_least", "at_most"]))
    target, baseline = draw(numbers), draw(st.none() | numbers)
    plain = IndicatorRow(name, draw(lines), target, comparison, yearly, by, baseline)
    if draw(st.booleans()):
        return plain
    upper: Decimal | None = None
    targets: tuple[TargetRow, ...] = ()
    if draw(st.booleans()):
        low, upper = sorted(draw(st.lists(numbers, min_size=2, max_size=2, unique=True)))
        plain = replace(plain, target=low, comparison="between")
    elif by:
        some = draw(st.lists(st.integers(1900, by - 1), unique=True, max_size=3))
        targets = tuple(TargetRow(year, draw(numbers)) for year in sorted(some))
    has_year = baseline is not None and draw(st.booleans())
    return replace(
        plain,
        upper=upper,
        targets=targets,
        baseline_year=draw(st.integers(1900, last_year)) if has_year else None,
        measures=draw(st.sampled_from(["level", "total", "addition"])),
        every=draw(st.integers(1, 50)),
        decimals=draw(st.none() | st.integers(0, 4)),
        tolerance=draw(st.none() | st.integers(0, 100).map(Decimal)),
    )


money = st.builds(
    MoneyRow,
    year=years,
    amount=numbers,
    kind=st.just("") | lines,
    state=st.just("") | lines,
    decided=maybe,
)


@st.composite
def actions(
    draw: st.DrawFn,
    number: int,
    titles: dict[int, list[str]],
    names: list[str],
    period: tuple[int, int],
) -> ActionRow:
    known = [RelatedRow(action, title) for action, some in titles.items() for title in some]
    some_names = st.lists(st.sampled_from(names), unique=True, min_size=1, max_size=3)
    goals = st.builds(GoalRow, text=proses, indicators=indicators(*period))

    def initiative(title: str) -> InitiativeRow:
        others = [one for one in known if one != RelatedRow(number, title)]
        none: st.SearchStrategy[list[RelatedRow]] = st.just([])
        some = st.lists(st.sampled_from(others), unique=True, max_size=3) if others else none
        return InitiativeRow(
            title=title,
            description=draw(maybe),
            milestones=tuple(
                draw(st.lists(st.builds(MilestoneRow, text=proses, year=years), max_size=2))
            ),
            related=tuple(draw(some)),
        )

    return ActionRow(
        number=number,
        title=draw(lines),
        summary=draw(maybe),
        purpose=draw(maybe),
        code=f"{number}.0" if draw(st.booleans()) else "",
        theme=draw(st.just("") | lines),
        committee=draw(st.just("") | lines),
        sdg=tuple(draw(st.lists(st.integers(1, 17), unique=True, max_size=3))),
        ambition=draw(maybe),
        money=tuple(draw(st.lists(money, max_size=2))),
        responsible=tuple(ResponsibleRow(name, draw(maybe)) for name in draw(some_names)),
        partners=tuple(PartnerRow(name, draw(maybe)) for name in draw(some_names | st.just([]))),
        goals=tuple(draw(st.lists(goals, min_size=1, max_size=3))),
        initiatives=tuple(initiative(title) for title in titles[number]),
    )


@st.composite
def catalogues(draw: st.DrawFn, slug: str = "") -> CatalogueRows:
    """Any catalogue without a fault; of a fixed slug where one is given."""
    count = draw(st.integers(1, 4))
    first, midterm, last = sorted(draw(st.tuples(years, years, years)))
    least, most = sorted(draw(st.tuples(st.integers(1, count), st.integers(1, count))))
    names = draw(st.lists(lines, min_size=1, max_size=4, unique_by=spelling_key))
    titles = {n: draw(st.lists(lines, unique=True, max_size=3)) for n in range(1, count + 1)}
    slugs = st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,2}", fullmatch=True)
    return CatalogueRows(
        slug=slug or draw(slugs.filter(lambda one: one not in RESERVED_SLUGS)),
        title=draw(lines),
        municipality=draw(lines),
        strategy=draw(lines),
        vision=draw(proses),
        period_from=first,
        period_to=last,
        midterm_year=midterm if draw(st.booleans()) else None,
        overall_responsible=draw(lines),
        coordinator=draw(lines),
        steering_committee=draw(lines),
        council=draw(lines),
        selection_min=least,
        selection_max=most,
        actions=tuple(draw(actions(number, titles, names, (first, last))) for number in titles),
        kle=draw(st.just("") | st.just("01.02.03")),
        case_number=draw(st.just("") | lines),
    )
