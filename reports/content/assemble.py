"""What is in a report: one assembled content for preview, draft, PDF and edition.

`assemble` reads the database in five queries (`reports.content.queries`) and gives plain data
(`reports.content.shape`); nothing downstream asks the database again. It holds what heads have
handed in: submitted texts are marked as not approved, drafts and returned texts count as missing.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from actions.lights import LOOKS, NEEDS_EXPLANATION, Light
from actions.lights import order as attention_order
from actions.models import Catalogue, Goal, GoalStatus, Measurement, Round, State
from actions.models.status import TEXT_LABELS
from actions.status.suggestion import RULES
from reports.content import evaluation, missing
from reports.content.decisions import decision_contents
from reports.content.queries import ActionData, GoalData, IndicatorData, ReportData, read_report
from reports.content.shape import (
    FORMAT,
    ActionContent,
    AttentionGoal,
    Change,
    CourseContent,
    EditorialContent,
    EvaluationContent,
    GoalContent,
    IndicatorContent,
    LightContent,
    LightCount,
    NoSuchReport,
    PointContent,
    ProgressContent,
    ReportContent,
    SourceContent,
    TextContent,
    YearLight,
)
from reports.models import Kind, Part


def assemble(catalogue: Catalogue, year: int, kind: Kind = Kind.STATUS) -> ReportContent:
    """The content of a report; NoSuchReport as `data_of`."""
    return content_of(data_of(catalogue, year, kind))


def data_of(catalogue: Catalogue, year: int, kind: Kind = Kind.STATUS) -> ReportData:
    """What a report is made of; NoSuchReport where the catalogue has none of the year."""
    check_year(catalogue, year, kind)
    return read_report(catalogue, year, kind)


def check_year(catalogue: Catalogue, year: int, kind: Kind) -> None:
    """Whether there can be a report of the year; else NoSuchReport."""
    if kind is Kind.MIDTERM and year != catalogue.midterm_year:
        raise NoSuchReport(
            _("Midtvejsevalueringen hører til %(midterm)d, ikke %(year)d.")
            % {"midterm": catalogue.midterm_year, "year": year}
        )
    if year not in catalogue.years:
        raise NoSuchReport(
            _("%(year)d ligger uden for katalogets periode %(period)s.")
            % {"year": year, "period": catalogue.period}
        )


def content_of(data: ReportData) -> ReportContent:
    actions = [_action(action, data) for action in data.actions]
    content = _report(data, actions)
    if too_long := missing.too_long_in(actions):
        content["too_long"] = too_long
    return content


# --- the whole -----------------------------------------------------------------------------------


def _report(data: ReportData, actions: list[ActionContent]) -> ReportContent:
    kind = data.kind
    catalogue, round_ = data.catalogue, data.round
    previous = data.previous
    lights = [goal["light"]["code"] for goal in _goals(actions)]
    before = [(goal["previous_light"] or _light(""))["code"] for goal in _goals(actions)]
    return ReportContent(
        format=FORMAT,
        kind=kind.value,
        kind_word=str(kind.label),
        title=f"{kind.label} {data.year}",
        catalogue_title=catalogue.title,
        municipality=catalogue.municipality,
        strategy=catalogue.strategy,
        vision=catalogue.vision,
        period=catalogue.period,
        year=data.year,
        measured_year=data.measured_year,
        bodies={
            "overall_responsible": catalogue.overall_responsible,
            "coordinator": catalogue.coordinator,
            "steering_committee": catalogue.steering_committee,
            "council": catalogue.council,
        },
        has_round=round_ is not None,
        round_dates=_round_dates(round_),
        is_example=data.is_example,
        as_of=_as_of(data),
        years=_years(data),
        counts=_counts(lights),
        previous_counts=_counts(before) if previous else [],
        previous_year=previous.year if previous else None,
        progress=_progress(actions, data.measured_year),
        changes=_changes(actions),
        attention=_attention(actions),
        gaps=missing.gaps_in(actions, data.measured_year, catalogue.coordinator, kind),
        sources=_sources(actions),
        method=_method(catalogue) + (evaluation.method() if kind is Kind.MIDTERM else []),
        actions=actions,
        editorial=_editorial(data),
        evaluation=_evaluation(data, actions),
    )


def _evaluation(data: ReportData, actions: list[ActionContent]) -> EvaluationContent | None:
    if data.kind is not Kind.MIDTERM:
        return None
    decided = decision_contents(data.decided, data.catalogue.steering_committee)
    return evaluation.evaluate(actions, decided)


def _editorial(data: ReportData) -> EditorialContent:
    written = data.passage(Part.TEXTS)
    if written is None:
        return EditorialContent(foreword="", resume="", conclusion="")
    return EditorialContent(
        foreword=written.foreword, resume=written.summary, conclusion=written.conclusion
    )


def _goals(actions: Iterable[ActionContent]) -> list[GoalContent]:
    return [goal for action in actions for goal in action["goals"]]


def _round_dates(round_: Round | None) -> dict[str, str]:
    if round_ is None:
        return {}
    names = ("opens", "due", "closes")
    return {name: getattr(round_, name).isoformat() for name in names}


def _years(data: ReportData) -> list[int]:
    """The columns of the matrix: every round so far, and the report's own year."""
    return sorted({row.year for row in data.rounds} | {data.year})


def _as_of(data: ReportData) -> str:
    """The day of the latest change that shows; the period's first where nothing does."""
    days = [timezone.localdate(row.saved_at) for row in data.written if row.saved_at]
    days += [row.decided_on for row in data.decided]
    if days:
        return max(days).isoformat()
    opens = data.round.opens if data.round else date(data.catalogue.period_from, 1, 1)
    return opens.isoformat()


def _counts(codes: list[str]) -> list[LightCount]:
    """Goals per light, worst first, and last those without an assessment."""
    rows = [
        LightCount(light=_light(light), meaning=str(LOOKS[light].meaning), goals=codes.count(light))
        for light in Light
    ]
    without = LightCount(
        light=_light(""),
        meaning=_("Der er ikke indsendt status på målet."),
        goals=codes.count(""),
    )
    return [*rows, without]


def _progress(actions: list[ActionContent], measured_year: int) -> ProgressContent:
    goals = _goals(actions)
    figures = [
        next((point for point in indicator["points"] if point["year"] == measured_year), None)
        for goal in goals
        for indicator in goal["indicators"]
    ]
    return ProgressContent(
        goals=len(goals),
        with_status=sum(bool(goal["light"]["code"]) for goal in goals),
        approved=sum(goal["approved"] for goal in goals),
        figures=len(figures),
        figures_missing=sum(point is None or not point["value"] for point in figures),
    )


def _changes(actions: list[ActionContent]) -> list[Change]:
    return [
        Change(
            action_number=action["number"],
            action_title=action["title"],
            goal_number=goal["number"],
            goal_text=goal["text"],
            before=goal["previous_light"],
            after=goal["light"],
            direction=_direction(goal["previous_light"]["code"], goal["light"]["code"]),
        )
        for action in actions
        for goal in action["goals"]
        if goal["previous_light"]
        and goal["light"]["code"]
        and goal["previous_light"]["code"] != goal["light"]["code"]
    ]


def _direction(before: str, after: str) -> str:
    if Light.NOT_ASSESSABLE in {before, after}:
        return "other"
    return "better" if attention_order(after) > attention_order(before) else "worse"


def _attention(actions: list[ActionContent]) -> list[AttentionGoal]:
    rows = [
        AttentionGoal(
            action_number=action["number"],
            action_title=action["title"],
            goal_number=goal["number"],
            goal_text=goal["text"],
            light=goal["light"],
            next_step=next(
                (text["text"] for text in goal["texts"] if text["name"] == "next_step"), ""
            ),
        )
        for action in actions
        for goal in action["goals"]
        if goal["light"]["code"] in NEEDS_EXPLANATION
    ]
    return sorted(rows, key=lambda row: attention_order(row["light"]["code"]))


def _sources(actions: list[ActionContent]) -> list[SourceContent]:
    return [
        SourceContent(
            action_number=action["number"],
            indicator=indicator["name"],
            year=point["year"],
            source=point["source"],
        )
        for action in actions
        for goal in action["goals"]
        for indicator in goal["indicators"]
        for point in indicator["points"]
        if point["source"]
    ]


def _method(catalogue: Catalogue) -> list[str]:
    about = [
        _(
            "Hvert år giver de ansvarlige chefer status på handlingernes mål. Der gives ikke "
            "status på de enkelte indsatser: det er summen af dem, der fører til målet."
        ),
        _("%(body)s samler bidragene og gennemgår dem. Det, der ikke er godkendt, er mærket.")
        % {"body": catalogue.coordinator},
        _(
            "Vurderingen er chefens faglige skøn. Måltallene foreslår en vurdering; vælger chefen "
            "en anden, står begrundelsen ved målet."
        ),
    ]
    return about + [str(rule) for rule in RULES]


# --- one action ----------------------------------------------------------------------------------


def _action(data: ActionData, report: ReportData) -> ActionContent:
    action = data.action
    line = report.passage(Part.LINE, action)
    return ActionContent(
        number=action.number,
        title=action.title,
        summary=action.summary,
        purpose=action.purpose,
        responsible=data.responsible,
        partners=data.partners,
        initiatives=data.initiatives,
        goals=[goal_content(goal, report) for goal in data.goals],
        line=line.line if line else "",
        head_recommendation=evaluation.recommendation(report.passage(Part.HEAD, action)),
        recommendation=evaluation.recommendation(report.passage(Part.FINAL, action)),
    )


def goal_content(goal_data: GoalData, data: ReportData) -> GoalContent:
    """One goal of the report, from what was handed in."""
    goal = goal_data.goal
    indicators = [_indicator(row, data) for row in goal_data.indicators]
    status = data.status(goal)
    before = data.status(goal, data.previous.year) if data.previous else None
    content = GoalContent(
        number=goal.number,
        text=goal.text,
        light=_light(status.light if status else ""),
        previous_light=_light(before.light) if before else None,
        state=str(status.get_state_display()) if status else "",
        approved=bool(status and status.state == State.APPROVED),
        gap=_gap(status, data),
        texts=_texts(status),
        author=_author(status),
        indicators=indicators,
        lights_by_year=[_year_light(goal, year, data) for year in _years(data)],
        course=_course(goal, indicators, data) if data.kind is Kind.MIDTERM else None,
    )
    if goal_data.unsigned:
        content["unsigned"] = goal_data.unsigned
    return content


def _course(goal: Goal, indicators: list[IndicatorContent], data: ReportData) -> CourseContent:
    years = [
        evaluation.YearOfGoal(row.year, _light(status.light) if status else None, status)
        for row in data.rounds
        for status in [data.status(goal, row.year)]
    ]
    return evaluation.course(years, indicators, data.catalogue.period_from)


def _gap(status: GoalStatus | None, data: ReportData) -> str:
    if data.round is None:
        return _("Der er ikke gennemført en statusrunde for %(year)d.") % {"year": data.year}
    if status is None:
        return _("Der er ikke indsendt status på målet.")
    if status.state != State.APPROVED:
        return _("Status er indsendt, men ikke godkendt af %(body)s.") % {
            "body": data.catalogue.coordinator
        }
    return ""


def _texts(status: GoalStatus | None) -> list[TextContent]:
    if status is None:
        return []
    rows = [(name, str(label), getattr(status, name)) for name, label in TEXT_LABELS.items()]
    return [TextContent(name=name, label=label, text=text) for name, label, text in rows if text]


def _author(status: GoalStatus | None) -> str:
    return status.author_position or status.author_name if status else ""


def _year_light(goal: Goal, year: int, data: ReportData) -> YearLight:
    status = data.status(goal, year)
    return YearLight(year=year, light=_light(status.light) if status else None)


def _light(code: str) -> LightContent:
    if code not in Light.values:
        return LightContent(code="", word=_("Ingen status"))
    return LightContent(code=code, word=str(Light(code).label))


# --- figures -------------------------------------------------------------------------------------


def _indicator(known: IndicatorData, data: ReportData) -> IndicatorContent:
    indicator = known.indicator
    rows = [row for row in known.measurements if row.year <= data.measured_year]
    now = next((row for row in rows if row.year == data.measured_year), None)
    value = now.value if now else None
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
        is_met=None if value is None else indicator.is_met_by(value),
        points=_points(rows, data),
        revisions=[
            {
                "old_target": _number(row.old_target),
                "new_target": _number(row.new_target),
                "decision": row.decision,
                "date": timezone.localdate(row.decided_at).isoformat(),
            }
            for row in known.revisions
        ],
    )


def _points(rows: list[Measurement], data: ReportData) -> list[PointContent]:
    """A point for every measured year up to the report's; a year without a row is missing."""
    by_year = {row.year: row for row in rows}
    years = {row.measured_year for row in data.rounds} | set(by_year)
    return [_point(year, by_year.get(year)) for year in sorted(years)]


def _point(year: int, row: Measurement | None) -> PointContent:
    if row is None:
        return PointContent(
            year=year, value="", missing_reason=_("tallet er ikke indsendt"), source="", comment=""
        )
    return PointContent(
        year=year,
        value=_number(row.value),
        missing_reason=row.missing_reason,
        source=row.source,
        comment=row.comment,
    )


def _number(value: Decimal | None) -> str:
    """Decimal text without trailing zeros, so that equal numbers are equal text."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
