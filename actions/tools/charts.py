"""Charts as pure functions from numbers to points: no colour, no markup, no database.

`templates/components/chart.html` and `light_bar.html` draw them, the same on page and paper.
Coordinates are text in units of the view box, with a decimal point in every language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _

from actions.danish import format_number, short_number

WIDTH: Final = 340
HEIGHT: Final = 170
TOP: Final = 40
BOTTOM: Final = 142
RIGHT: Final = 324
#: The width of a character of the smallest text; an axis makes room for its longest label.
CHARACTER: Final = Decimal("6.1")
#: The most gaps between ticks, and the most years of an axis: a later target year is only words.
INTERVALS: Final = 4
LONGEST_AXIS: Final = 8
#: A label goes below its dot if it would lie on the target's line, this far above the dot.
LABEL_ROOM: Final = 17

BAR_WIDTH: Final = 640
BAR_GAP: Final = 3
#: Widths: a narrower segment shows its number without the shape, or neither; the legend has both.
ROOM_FOR_SHAPE: Final = 52
ROOM_FOR_NUMBER: Final = 18


@dataclass(frozen=True)
class Tick:
    y: str
    label_y: str
    label: str


@dataclass(frozen=True)
class YearMark:
    """A year on the axis; `missing` if its value should be there and is not."""

    x: str
    label: str
    missing: bool = False
    band_x: str = ""
    band_width: str = ""


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    label_y: str
    label: str


@dataclass(frozen=True)
class IndicatorChart:
    """`lines` has a polyline for each unbroken run of years; `target_x` is a later target year.

    `upper_y` is the other end of a target that is a range, with `band` from the one to the other.
    `steps` are the (x, y) of the targets of other years.
    """

    left: str
    width: str
    ticks: list[Tick]
    years: list[YearMark]
    dots: list[Dot]
    lines: list[str]
    target_y: str
    target_x: str
    upper_y: str
    band: str
    steps: list[tuple[str, str]]
    description: str


@dataclass(frozen=True)
class Scale:
    """The value axis: round ticks from `ticks[0]` at the bottom to `ticks[-1]` at the top."""

    ticks: tuple[Decimal, ...]

    def y(self, value: Decimal) -> Decimal:
        low, high = self.ticks[0], self.ticks[-1]
        return BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP)


@dataclass(frozen=True)
class Segment:
    x: str
    width: str
    number_x: str
    shape_x: str
    count: int
    has_number: bool


def lay_out_chart(
    points: Sequence[tuple[int, Decimal | None]],
    *,
    target: Decimal,
    target_year: int | None = None,
    upper: Decimal | None = None,
    steps: Sequence[tuple[int, Decimal]] = (),
    every: int = 1,
    shown: Callable[[Decimal], str] = format_number,
) -> IndicatorChart | None:
    """Measured values over the years, with the target as a line; None if nothing is measured.

    `points` are (year, value) in order; a missing value is None. `upper` is the other end of a
    range, `steps` are the targets of other years. A line passes the years between two values, one
    in `every`. `shown` writes a value.
    """
    if not (measured := [value for _year, value in points if value is not None]):
        return None
    ends = [target] if upper is None else [target, upper]
    axis = _axis([year for year, _value in points], target_year)
    on_axis = [step for step in steps if step[0] in axis]
    scale = value_scale([*measured, *ends, *(value for _year, value in on_axis)])
    ticks = _ticks(scale)
    left = 12 + CHARACTER * max(len(tick.label) for tick in ticks)
    places = year_places(axis, left)
    later = None if target_year in dict(points) else places.get(target_year or 0)
    return IndicatorChart(
        left=_text(left),
        width=_text(RIGHT - left),
        ticks=ticks,
        years=_year_marks(points, places),
        dots=_dots(points, places, scale, ends, shown),
        lines=_lines(points, places, scale, every),
        target_y=_text(scale.y(target)),
        target_x="" if later is None else _text(later),
        upper_y="" if upper is None else _text(scale.y(upper)),
        band="" if upper is None else _text(scale.y(target) - scale.y(upper)),
        steps=[(_text(places[year]), _text(scale.y(value))) for year, value in on_axis],
        description=describe_chart(points, shown),
    )


def _ticks(scale: Scale) -> list[Tick]:
    return [
        Tick(_text(scale.y(tick)), _text(scale.y(tick) + 4), label)
        for tick, label in zip(scale.ticks, tick_labels(scale), strict=True)
    ]


def value_scale(values: Sequence[Decimal]) -> Scale:
    """Round ticks around zero and all values: a cut axis makes small changes look large."""
    low, high = min(Decimal(0), *values), max(Decimal(0), *values)
    if high == low:
        high = low + 1
    step = round_step((high - low) / INTERVALS)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return Scale(tuple(step * number for number in range(int(first), int(last) + 1)))


def round_step(least: Decimal) -> Decimal:
    """The smallest of 1, 2 and 5 times a power of ten that is at least `least`."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least)


def tick_labels(scale: Scale) -> list[str]:
    """All ticks in the magnitude of the largest: "0", "0,5 mio.", "1 mio."."""
    largest = max(scale.ticks, key=abs)
    return [short_number(tick, like=largest) if tick else "0" for tick in scale.ticks]


def _axis(years: Sequence[int], target_year: int | None) -> range:
    """Every year from the first to the last, or to the target year if that is near."""
    first, last = years[0], years[-1]
    if target_year is not None and last < target_year < first + LONGEST_AXIS:
        last = target_year
    return range(first, last + 1)


def year_places(axis: range, left: Decimal) -> dict[int, Decimal]:
    """The x of every year of the axis."""
    width = (RIGHT - left) / len(axis)
    return {year: left + width * (number + Decimal("0.5")) for number, year in enumerate(axis)}


def describe_chart(
    points: Sequence[tuple[int, Decimal | None]], shown: Callable[[Decimal], str]
) -> str:
    """The values in words: "2024: 40; 2025: mangler"."""
    return "; ".join(
        f"{year}: {_('mangler') if value is None else shown(value)}" for year, value in points
    )


def light_segments(counts: Sequence[int]) -> list[Segment]:
    """A bar divided in proportion to the counts; a count of zero has no width."""
    total = sum(counts)
    gaps = BAR_GAP * (sum(count > 0 for count in counts) - 1)
    segments, x = [], Decimal(0)
    for count in counts:
        width = (BAR_WIDTH - gaps) * Decimal(count) / total if total else Decimal(0)
        middle = x + width / 2
        has_shape = width >= ROOM_FOR_SHAPE
        segments.append(
            Segment(
                x=_text(x),
                width=_text(width),
                number_x=_text(middle + 11 if has_shape else middle),
                shape_x=_text(middle - 22) if has_shape else "",
                count=count,
                has_number=width >= ROOM_FOR_NUMBER,
            )
        )
        x += width + BAR_GAP if count else 0
    return segments


def _year_marks(
    points: Sequence[tuple[int, Decimal | None]], places: Mapping[int, Decimal]
) -> list[YearMark]:
    missing = {year for year, value in points if value is None}
    width = min(Decimal(44), (RIGHT - min(places.values())) / len(places))
    return [
        YearMark(_text(x), str(year), year in missing, _text(x - width / 2), _text(width))
        for year, x in places.items()
    ]


def _dots(
    points: Sequence[tuple[int, Decimal | None]],
    places: Mapping[int, Decimal],
    scale: Scale,
    ends: Sequence[Decimal],
    shown: Callable[[Decimal], str],
) -> list[Dot]:
    """The values; a label lies on no line of the target, which has two if it is a range."""
    lines = [scale.y(end) for end in ends]
    dots = []
    for year, value in points:
        if value is None:
            continue
        y = scale.y(value)
        is_crossed = any(0 <= y - line < LABEL_ROOM for line in lines)
        below = is_crossed and y + LABEL_ROOM < BOTTOM
        label_y = y + 16 if below else y - 9
        dots.append(
            Dot(_text(places[year]), _text(y), _text(label_y), short_number(value, shown=shown))
        )
    return dots


def _lines(
    points: Sequence[tuple[int, Decimal | None]],
    places: Mapping[int, Decimal],
    scale: Scale,
    every: int,
) -> list[str]:
    """Polylines through values at most `every` years apart; a missing year breaks the line."""
    runs: list[list[tuple[int, Decimal]]] = [[]]
    for (year, value), (after, _value) in pairwise([*points, (points[-1][0] + every + 1, None)]):
        if value is not None:
            runs[-1].append((year, value))
        if value is None or after > year + every:
            runs.append([])
    return [
        " ".join(f"{_text(places[year])},{_text(scale.y(value))}" for year, value in run)
        for run in runs
        if len(run) > 1
    ]


def _text(number: Decimal | int) -> str:
    return f"{Decimal(number).quantize(Decimal('0.1'), ROUND_HALF_UP).normalize():f}"
