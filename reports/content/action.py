"""One action of a report: its goals with what was handed in, and their figures."""

from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from actions.danish import format_date, plain_decimal
from actions.lights import NEEDS_EXPLANATION, Light, direction
from actions.models import Goal, GoalStatus, Measurement, State
from actions.models.catalogue import Lasting
from actions.models.status import TEXT_LABELS
from actions.status.suggestion import suggest
from reports.content.beginnings import origins_in_words
from reports.content.data import ActionData, GoalData, IndicatorData, ReportData
from reports.content.midterm.course import YearOfGoal, course
from reports.content.midterm.evaluation import recommendation
from reports.content.shape import (
    ActionContent,
    CourseContent,
    GoalContent,
    IndicatorContent,
    LightContent,
    PointContent,
    TextContent,
    YearLight,
)
from reports.models import Kind, Part


def action_content(data: ActionData, report: ReportData) -> ActionContent:
    action = data.action
    line = report.passage(Part.LINE, action)
    return ActionContent(
        number=action.number,
        code=action.code,
        title=action.title,
        theme=action.theme,
        stopped=stopped_words(action) if action.is_stopped(report.day) else "",
        origins=origins_in_words(action, data.origins),
        summary=action.summary,
        purpose=action.purpose,
        responsible=data.responsible,
        partners=data.partners,
        initiatives=data.initiatives,
        goals=[goal_content(goal, report) for goal in data.goals],
        line=line.line if line else "",
        head_recommendation=recommendation(report.passage(Part.HEAD, action)),
        recommendation=recommendation(report.passage(Part.FINAL, action)),
    )


def goal_content(goal_data: GoalData, data: ReportData) -> GoalContent:
    """One goal of the report, from what was handed in."""
    goal = goal_data.goal
    indicators = [_indicator(row, goal, data) for row in goal_data.indicators]
    stopped = goal.stopped(data.day)
    status = data.status(goal)
    before = data.status(goal, data.previous.year) if data.previous else None
    content = GoalContent(
        number=goal.number,
        text=goal.text,
        light=light_content(status.light if status else ""),
        previous_light=light_content(before.light) if before else None,
        state=str(status.get_state_display()) if status else "",
        approved=bool(status and status.state == State.APPROVED),
        gap="" if stopped and status is None else _gap(goal, status, data),
        texts=_texts(status, suggested_light(goal_data, data), has_before=before is not None),
        author=_author(status),
        indicators=indicators,
        lights_by_year=[_year_light(goal, year, data) for year in data.years],
        stopped=stopped_words(stopped) if stopped else "",
        course=_course(goal, indicators, data) if data.kind is not Kind.STATUS else None,
    )
    if goal_data.unsigned:
        content["unsigned"] = goal_data.unsigned
    return content


def stopped_words(row: Lasting) -> str:
    """When and by which decision something was stopped."""
    assert row.stopped_on is not None
    words = _("Standset %(day)s: %(decision)s") if row.stopped_by else _("Standset %(day)s.")
    return words % {"day": format_date(row.stopped_on), "decision": row.stopped_by}


def _course(goal: Goal, indicators: list[IndicatorContent], data: ReportData) -> CourseContent:
    years = [
        YearOfGoal(
            row.year,
            light_content(status.light) if status else None,
            status,
            _earlier_text(goal, row.year, data),
        )
        for row in data.rounds
        for status in [data.status(goal, row.year)]
        if status or goal.is_asked(row.due)
    ]
    turns = data.meanings.turns.get(goal.pk, [])
    return course(years, indicators, data.catalogue.period_from, turns)


def _earlier_text(goal: Goal, year: int, data: ReportData) -> str:
    """What the goal said that year, "" if it means the same now."""
    return data.meanings.texts.get((goal.pk, year), "")


def _gap(goal: Goal, status: GoalStatus | None, data: ReportData) -> str:
    if data.round is None:
        return _("Der er ikke gennemført en statusrunde for %(year)d.") % {"year": data.year}
    if status is None and (later := data.later.get((goal.pk, data.year))):
        return _(
            "Målet går videre i %(catalogue)s; status gives dér og er ikke indsendt endnu."
        ) % {"catalogue": later.round.catalogue}
    if status is None:
        return _("Der er ikke indsendt status på målet.")
    if status.state != State.APPROVED:
        return _("Status er indsendt, men ikke godkendt af %(body)s.") % {
            "body": data.catalogue.coordinator
        }
    return ""


def suggested_light(goal_data: GoalData, data: ReportData) -> Light | None:
    """The light that the year's figures suggest."""
    year, period_from = data.measured_year, data.catalogue.period_from
    figures = [
        (row.indicator, row.indicator.meaning.held(row.values, year, period_from))
        for row in goal_data.indicators
    ]
    return suggest(figures, year=year, period_from=period_from).light


def _texts(
    status: GoalStatus | None, suggested: Light | None, *, has_before: bool
) -> list[TextContent]:
    """What belongs to the light: a text that another choice asked for is kept, but not printed.

    Why the light is another than the figures' is printed only if it is better than theirs. Without
    a status before it, no progress is said to be since then.
    """
    if status is None:
        return []
    is_better = suggested is not None and direction(suggested, status.light) == "better"
    belongs = {
        "why_not_assessable": status.light == Light.NOT_ASSESSABLE,
        "cause": status.light in NEEDS_EXPLANATION,
        "consequence": status.light in NEEDS_EXPLANATION,
        "why_differs": is_better,
    }
    labels = TEXT_LABELS if has_before else {**TEXT_LABELS, "progress": _("Fremdrift")}
    rows = [(name, str(label), getattr(status, name)) for name, label in labels.items()]
    return [
        TextContent(name=name, label=label, text=text)
        for name, label, text in rows
        if text and belongs.get(name, True)
    ]


def _author(status: GoalStatus | None) -> str:
    return status.author_position or status.author_name if status else ""


def _year_light(goal: Goal, year: int, data: ReportData) -> YearLight:
    status = data.status(goal, year)
    return YearLight(year=year, light=light_content(status.light) if status else None)


def light_content(code: str) -> LightContent:
    """A light with its word; "" stands for no assessment."""
    if code not in Light.values:
        return LightContent(code="", word=_("Ingen status"))
    return LightContent(code=code, word=str(Light(code).label))


# --- figures -------------------------------------------------------------------------------------


def _indicator(indicator_data: IndicatorData, goal: Goal, data: ReportData) -> IndicatorContent:
    indicator = indicator_data.indicator
    meaning, year = indicator.meaning, data.measured_year
    held = meaning.held(indicator_data.values, year, data.catalogue.period_from)
    return IndicatorContent(
        name=indicator.name,
        unit=indicator.unit,
        target=_number(indicator.target),
        comparison=indicator.comparison,
        comparison_word=str(indicator.get_comparison_display()),
        by_year=indicator.by_year,
        yearly=indicator.yearly,
        timing=indicator.timing,
        baseline=_number(indicator.baseline),
        baseline_year=indicator.baseline_year,
        measures=indicator.measures,
        kind=indicator.kind,
        upper=_number(indicator.upper),
        targets=indicator.targets,
        every=indicator.every,
        decimals=indicator.decimals,
        tolerance=_number(indicator.tolerance),
        is_met=None if held is None else meaning.is_met(held, year),
        points=_points(indicator_data, goal, data),
        revisions=[
            {
                "old_target": _number(row.old_target),
                "new_target": _number(row.new_target),
                "decision": row.decision,
                "date": timezone.localdate(row.decided_at).isoformat(),
            }
            for row in indicator_data.revisions
        ],
    )


def _points(figure: IndicatorData, goal: Goal, data: ReportData) -> list[PointContent]:
    """A point for every measured year up to the report's; a year without a row shows as missing if
    its round asked for the goal.
    """
    rows = {row.year: row for row in figure.measurements if row.year <= data.measured_year}
    asked = (row for row in data.rounds if goal.is_asked(row.due))
    years = {row.measured_year for row in asked} | set(rows)
    return [_point(figure, year, rows.get(year), data) for year in sorted(years)]


def _point(
    figure: IndicatorData, year: int, row: Measurement | None, data: ReportData
) -> PointContent:
    meaning, period_from = figure.indicator.meaning, data.catalogue.period_from
    value = row.value if row else None
    between = value is None and not meaning.is_measured_in(year, period_from)
    unsent = (
        _("måles ikke i %(year)d") % {"year": year} if between else _("tallet er ikke indsendt")
    )
    point = PointContent(
        year=year,
        value=_number(value),
        missing_reason=row.missing_reason if row else unsent,
        source=row.source if row else "",
        comment=row.comment if row else "",
        revised=_revised(figure, row, data) if row else "",
    )
    if between:
        point["between"] = True
    if meaning.adds_up:
        point["total"] = _number(meaning.held(figure.values, year, period_from))
    return point


def _revised(figure: IndicatorData, known: Measurement, data: ReportData) -> str:
    """What the report of the year before said of an earlier year, if it was revised since."""
    earlier, reported = figure.earlier.get(known.year), data.previous
    if earlier is None or reported is None or known.year > reported.measured_year:
        return ""
    day = timezone.localdate(known.at)
    if day <= reported.closed_on:
        return ""
    told = {
        "year": known.year,
        "day": format_date(day),
        "before": _told(figure, earlier),
        "now": _told(figure, known),
    }
    words = _("Tallet for %(year)d er revideret %(day)s: før %(before)s, nu %(now)s.") % told
    return f"{words} {known.reason}".strip()


def _told(figure: IndicatorData, row: Measurement) -> str:
    return _("intet tal") if row.value is None else figure.indicator.meaning.quantity(row.value)


def _number(value: Decimal | None) -> str:
    return "" if value is None else plain_decimal(value)
