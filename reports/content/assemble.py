"""Assembles a report's content, the same for preview, draft, PDF and edition.

`assemble` reads the database in six queries (`reports.content.queries`) and returns plain data
(`reports.content.shape`), so nothing downstream queries again. A report shows what heads have
handed in: submitted texts are marked as not approved, drafts and returned texts count as missing.
"""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from actions.lights import LOOKS, NEEDS_EXPLANATION, Light, direction
from actions.lights import order as attention_order
from actions.models import Catalogue, Round
from actions.status.suggestion import RULES
from reports.content import missing
from reports.content.action import action_content, light_content
from reports.content.data import ReportData
from reports.content.final import closing
from reports.content.midterm import evaluation
from reports.content.midterm.decisions import decision_contents
from reports.content.queries import read_report
from reports.content.shape import (
    FORMAT,
    ActionContent,
    AttentionGoal,
    Change,
    EditorialContent,
    EvaluationContent,
    FinalContent,
    GoalContent,
    LightCount,
    NoSuchReport,
    ProgressContent,
    ReportContent,
    SourceContent,
)
from reports.models import Kind, Part


def assemble(catalogue: Catalogue, year: int, kind: Kind = Kind.STATUS) -> ReportContent:
    """The content of a report. Raises NoSuchReport if the catalogue has none of the year."""
    return content_of(data_of(catalogue, year, kind))


def data_of(catalogue: Catalogue, year: int, kind: Kind = Kind.STATUS) -> ReportData:
    """What a report is made of. Raises NoSuchReport if the catalogue has none of the year."""
    check_year(catalogue, year, kind)
    return read_report(catalogue, year, kind)


def check_year(catalogue: Catalogue, year: int, kind: Kind) -> None:
    """Raises NoSuchReport if the catalogue can have no report of this kind for the year."""
    if kind is Kind.MIDTERM and catalogue.midterm_year is None:
        raise NoSuchReport(_("Kataloget har ingen midtvejsevaluering."))
    if kind is Kind.MIDTERM and year != catalogue.midterm_year:
        raise NoSuchReport(
            _("Midtvejsevalueringen hører til %(midterm)d, ikke %(year)d.")
            % {"midterm": catalogue.midterm_year, "year": year}
        )
    if kind is Kind.FINAL and year != catalogue.final_year:
        raise NoSuchReport(
            _("Slutredegørelsen hører til %(final)d, året efter perioden, ikke %(year)d.")
            % {"final": catalogue.final_year, "year": year}
        )
    if year not in catalogue.report_years:
        raise NoSuchReport(
            _("%(year)d ligger uden for katalogets periode %(period)s.")
            % {"year": year, "period": catalogue.period}
        )


def content_of(data: ReportData) -> ReportContent:
    actions = [action_content(action, data) for action in data.actions]
    content = _report(data, actions)
    if too_long := missing.too_long_in(actions):
        content["too_long"] = too_long
    return content


# --- the whole -----------------------------------------------------------------------------------


def _report(data: ReportData, actions: list[ActionContent]) -> ReportContent:
    kind, catalogue, previous = data.kind, data.catalogue, data.previous
    lights = [goal["light"]["code"] for goal in _in_force(actions)]
    before = [(goal["previous_light"] or light_content(""))["code"] for goal in _goals(actions)]
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
        bodies=_bodies(catalogue),
        has_round=data.round is not None,
        round_dates=_round_dates(data.round),
        is_example=data.is_example,
        as_of=_as_of(data),
        years=data.years,
        counts=_counts(lights),
        previous_counts=_counts(before) if previous else [],
        previous_year=previous.year if previous else None,
        progress=_progress(actions, data.measured_year),
        changes=_changes(actions),
        attention=_attention(actions),
        gaps=missing.gaps_in(actions, data.measured_year, catalogue.coordinator, kind),
        sources=_sources(actions),
        method=_method(catalogue) + _more_method(kind),
        actions=actions,
        editorial=_editorial(data),
        evaluation=_evaluation(data, actions),
        final=_final(data, actions),
    )


def _bodies(catalogue: Catalogue) -> dict[str, str]:
    names = ("overall_responsible", "coordinator", "steering_committee", "council")
    return {name: getattr(catalogue, name) for name in names}


def _evaluation(data: ReportData, actions: list[ActionContent]) -> EvaluationContent | None:
    if data.kind is not Kind.MIDTERM:
        return None
    decided = decision_contents(data.decided, data.catalogue.steering_committee)
    return evaluation.evaluate(actions, decided)


def _final(data: ReportData, actions: list[ActionContent]) -> FinalContent | None:
    if data.kind is not Kind.FINAL:
        return None
    decided = decision_contents(data.decided, data.catalogue.steering_committee)
    return closing.close(data, actions, decided)


def _more_method(kind: Kind) -> list[str]:
    if kind is Kind.FINAL:
        return closing.ending_method()
    return evaluation.method() if kind is Kind.MIDTERM else []


def _editorial(data: ReportData) -> EditorialContent:
    written = data.passage(Part.TEXTS)
    if written is None:
        return EditorialContent(foreword="", resume="", conclusion="")
    return EditorialContent(
        foreword=written.foreword, resume=written.summary, conclusion=written.conclusion
    )


def _goals(actions: Iterable[ActionContent]) -> list[GoalContent]:
    return [goal for action in actions for goal in action["goals"]]


def _in_force(actions: Iterable[ActionContent]) -> list[GoalContent]:
    """The goals that are counted: stopped ones are counted apart."""
    return [goal for goal in _goals(actions) if not goal["stopped"]]


def _round_dates(round_: Round | None) -> dict[str, str]:
    if round_ is None:
        return {}
    names = ("opens", "due", "closes")
    return {name: getattr(round_, name).isoformat() for name in names}


def _as_of(data: ReportData) -> str:
    """The day of the latest change that shows; else the round's first day, or the period's."""
    days = [timezone.localdate(row.saved_at) for row in data.written if row.saved_at]
    days += [row.decided_on for row in data.decided]
    if days:
        return max(days).isoformat()
    opens = data.round.opens if data.round else date(data.catalogue.period_from, 1, 1)
    return opens.isoformat()


def _counts(codes: list[str]) -> list[LightCount]:
    """The number of goals by light, worst first; those without an assessment last."""
    rows = [
        LightCount(
            light=light_content(light), meaning=str(LOOKS[light].meaning), goals=codes.count(light)
        )
        for light in Light
    ]
    without = LightCount(
        light=light_content(""),
        meaning=_("Der er ikke indsendt status på målet."),
        goals=codes.count(""),
    )
    return [*rows, without]


def _progress(actions: list[ActionContent], measured_year: int) -> ProgressContent:
    goals = _in_force(actions)
    figures = [
        next((point for point in indicator["points"] if point["year"] == measured_year), None)
        for goal in goals
        for indicator in goal["indicators"]
    ]
    due = [point for point in figures if point is None or not point.get("between")]
    return ProgressContent(
        goals=len(goals),
        stopped=len(_goals(actions)) - len(goals),
        with_status=sum(bool(goal["light"]["code"]) for goal in goals),
        approved=sum(goal["approved"] for goal in goals),
        figures=len(due),
        figures_missing=sum(point is None or not point["value"] for point in due),
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
            direction=direction(goal["previous_light"]["code"], goal["light"]["code"]),
        )
        for action in actions
        for goal in action["goals"]
        if goal["previous_light"]
        and not goal["stopped"]
        and goal["light"]["code"]
        and goal["previous_light"]["code"] != goal["light"]["code"]
    ]


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
        if goal["light"]["code"] in NEEDS_EXPLANATION and not goal["stopped"]
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
            "en bedre og begrunder det, står begrundelsen ved målet."
        ),
    ]
    return about + [str(rule) for rule in RULES]
