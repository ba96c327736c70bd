"""Whole report contents made in code: plausible invented texts, and everything that can go wrong.

`report()` has 11 actions with the extremes among them, `small_report()` 7 actions of another period
with several goals each, `report_without_round()` a year without a round, and `midterm()` is the
evaluation of the first and `final()` its end.
"""

from typing import Any, Final, cast

from actions.lights import LOOKS, Light
from actions.models import GoalStatus
from reports.content.final import closing
from reports.content.final.figures import verdict
from reports.content.midterm import evaluation
from reports.content.midterm.course import YearOfGoal, course
from reports.content.shape import (
    FORMAT,
    ActionContent,
    AttentionGoal,
    Change,
    ClosingContent,
    DecisionContent,
    Gap,
    GoalContent,
    GoesOnContent,
    IndicatorContent,
    LightContent,
    LightCount,
    OutcomeContent,
    PointContent,
    RecommendationContent,
    ReportContent,
    SourceContent,
    TextContent,
)
from reports.models import Passage

HOSTILE: Final = '<script>alert("x")</script> <img src=x onerror=alert(1)> & {{ title }} </section>'
HOSTILE_STYLE: Final = (
    "<style>@import url(http://example.test/a.css);</style>"
    '<div style="display:flex"><svg><image href="http://example.test/b.png"/></svg></div>'
)
#: Characters that IBM Plex lacks, and some that nobody sees.
FOREIGN: Final = (
    "Emoji \U0001f600, kinesisk 漢, trekant ▲, bindestreg \u2011, skjult \u200b\u202etegn"
)
NO_LIGHT: Final = LightContent(code="", word="Ingen status")
HAVNEBY: Final[dict[str, Any]] = {
    "municipality": "Havneby Kommune",
    "title": "Statusredegørelse 2026",
    "catalogue_title": "Handlingskatalog'24",
    "strategy": "Planstrategi'23",
    "vision": "Sammen om kysten – hele året",
    "period": "2024–2027",
    "year": 2026,
    "years": [2025, 2026],
}
METHOD: Final = [
    "Hver ansvarlig chef vurderer de mål, som chefen har ansvaret for, én gang om året. Der gives "
    "status på mål og aldrig på de enkelte indsatser.",
    "Måltallene giver et forslag til vurdering. Chefens faglige skøn afgør, og hvor skønnet er et "
    "andet end forslaget, står begrundelsen ved målet.",
    "Tal, der mangler, vises som manglende og tælles med i opgørelsen over, hvor fuldstændig "
    "redegørelsen er.",
]

PROGRESS: Final = (
    "Arbejdet er kommet godt fra start. Der er indgået aftaler med fire nye samarbejdspartnere, og "
    "de første forløb er gennemført i foråret. Deltagerne peger især på, at det er blevet lettere "
    "at finde den rigtige indgang, og at svarene kommer hurtigere end før.\n\nI efteråret er der "
    "holdt to opsamlingsmøder, hvor erfaringerne er samlet i en kort vejledning, som alle "
    "afdelinger nu bruger."
)
CAUSE: Final = (
    "To nøglemedarbejdere fratrådte i løbet af foråret, og opslagene måtte gentages, før de "
    "kunne besættes. Derfor begyndte anden del af forløbet tre måneder senere end planlagt."
)
CONSEQUENCE: Final = (
    "Halvdelen af de planlagte aktiviteter er flyttet til næste år. Målet kan stadig nås, "
    "men der er ikke længere luft i tidsplanen."
)
NEXT_STEP: Final = (
    "Der holdes et fælles møde med partnerne i januar, hvor aktiviteterne prioriteres, og hvor det "
    "aftales, hvem der overtager de opgaver, som ikke er begyndt."
)
WHY_NOT: Final = (
    "Undersøgelsen, der skal vise udviklingen, gennemføres først i efteråret, og der findes ingen "
    "ældre tal, som kan sammenlignes med målet."
)

TITLES: Final = (
    "Foreninger og frivillige som medspillere",
    "Teknologi, der giver frihed i hverdagen",
    "Grøn vækst i de mindre virksomheder og medarbejdere med de rette kompetencer",
    "Kysten hele året",
    "Plads til natur, klima og landbrug",
    "Færre og bedre kvadratmeter",
    "Landsbyer med liv",
    "En arbejdsplads, man anbefaler",
    "Broen fra skole til job",
    "Samme dør for familier, der har brug for hjælp",
    "Unge på tværs",
)
POSITIONS: Final = (
    "Kulturchefen",
    "Sundhedschefen",
    "Erhvervschefen",
    "Turismechefen",
    "Natur- og Klimachefen",
    "Ejendomschefen",
    "Landdistriktschefen",
    "HR-chefen",
    "Jobcenterchefen",
    "Familiechefen",
    "Ungechefen",
)
LIGHTS: Final = (
    Light.ON_TRACK,
    Light.AT_RISK,
    Light.ON_TRACK,
    Light.OFF_TRACK,
    Light.ON_TRACK,
    Light.ACHIEVED,
    None,
    Light.NOT_ASSESSABLE,
    Light.ON_TRACK,
    Light.AT_RISK,
    Light.ON_TRACK,
)
PREVIOUS: Final = (
    Light.AT_RISK,
    Light.ON_TRACK,
    Light.ON_TRACK,
    Light.AT_RISK,
    Light.ON_TRACK,
    Light.ON_TRACK,
    Light.ON_TRACK,
    Light.NOT_ASSESSABLE,
    Light.OFF_TRACK,
    Light.AT_RISK,
    Light.ON_TRACK,
)


def light(code: Light | None) -> LightContent:
    if code is None:
        return NO_LIGHT
    return LightContent(code=code.value, word=str(code.label))


def point(year: int, value: str, **overrides: Any) -> PointContent:
    reason = "" if value else "Leverandøren har ikke leveret årets opgørelse."
    source = "Kommunens egen registrering, udtræk i januar" if value else ""
    content = PointContent(
        year=year, value=value, missing_reason=reason, source=source, comment="", revised=""
    )
    return PointContent(**{**content, **overrides})  # type: ignore[typeddict-item]


def indicator(
    name: str, unit: str, target: str, points: list[PointContent], **overrides: Any
) -> IndicatorContent:
    value = points[-1]["value"] if points else ""
    content = IndicatorContent(
        name=name,
        unit=unit,
        target=target,
        comparison="at_least",
        comparison_word="mindst",
        by_year=None,
        yearly=True,
        timing="hvert år",
        baseline="",
        baseline_year=None,
        measures="level",
        kind="number",
        upper="",
        targets=[],
        every=1,
        decimals=None,
        tolerance="",
        is_met=float(value) >= float(target) if value else None,
        points=points,
        revisions=[],
    )
    return IndicatorContent(**{**content, **overrides})  # type: ignore[typeddict-item]


def texts(code: Light | None) -> list[TextContent]:
    named = [("progress", "Fremdrift siden sidste år", PROGRESS)]
    if code in {Light.AT_RISK, Light.OFF_TRACK}:
        named += [
            ("cause", "Årsag", CAUSE),
            ("consequence", "Konsekvens", CONSEQUENCE),
            ("next_step", "Næste skridt", NEXT_STEP),
        ]
    if code is Light.NOT_ASSESSABLE:
        named.append(("why_not_assessable", "Hvorfor målet ikke kan vurderes", WHY_NOT))
    return [TextContent(name=name, label=label, text=text) for name, label, text in named]


def goal(
    number: int,
    text: str,
    code: Light | None,
    previous: Light | None,
    years: list[int],
    **overrides: Any,
) -> GoalContent:
    *_earlier, last_year, this_year = [None, *years]
    lights = {last_year: previous, this_year: code}
    content = GoalContent(
        number=number,
        text=text,
        light=light(code),
        previous_light=light(previous) if previous else None,
        state="Godkendt" if code else "Ikke begyndt",
        approved=code is not None,
        gap="" if code else "Der er ikke givet status på målet i år.",
        texts=texts(code) if code else [],
        author="Kim Nordkyst, chef" if code else "",
        indicators=[],
        lights_by_year=[
            {"year": year, "light": light(lights.get(year)) if lights.get(year) else None}
            for year in years
        ],
        stopped="",
        course=None,
    )
    return GoalContent(**{**content, **overrides})  # type: ignore[typeddict-item]


def action(number: int, goals: list[GoalContent], **overrides: Any) -> ActionContent:
    title = TITLES[number - 1]
    content = ActionContent(
        number=number,
        code="",
        title=title,
        theme="",
        stopped="",
        origins=[],
        summary=(
            f"{title} handler om at gøre hverdagen enklere for borgere og virksomheder. Kommunen "
            "går foran, lægger viden frem og inviterer andre med, så kræfterne bruges, hvor de gør "
            "mest gavn."
        ),
        purpose="Strategien peger på, at flere skal være med, og at løsningerne skal kunne holde.",
        responsible=[{"position": POSITIONS[number - 1], "note": ""}],
        partners=[
            {"name": "Havneby Erhvervsråd", "contribution": "netværk og kontakt til virksomheder"},
            {"name": "Foreningen Fjord og Fritid", "contribution": "frivillige og lokaler"},
            {"name": "Region Midtkysten", "contribution": ""},
            {"name": "Kystskolen", "contribution": "forløb for de ældste klasser"},
        ],
        initiatives=[
            {
                "title": "Fælles plan og fordeling af opgaver",
                "milestones": ["2024: planen er aftalt", "2026: planen er fulgt op"],
            },
            {"title": "Afprøvning to steder i kommunen", "milestones": ["2025: første afprøvning"]},
            {"title": "Erfaringer samles og deles", "milestones": []},
        ],
        goals=goals,
        line="",
        head_recommendation=None,
        recommendation=None,
    )
    return ActionContent(**{**content, **overrides})  # type: ignore[typeddict-item]


def report() -> ReportContent:
    """11 actions in 2026, the third year of a four-year period, with all the extremes."""
    years = [2025, 2026]
    actions = [
        action(
            number, [goal(1, _goal_text(number), LIGHTS[number - 1], PREVIOUS[number - 1], years)]
        )
        for number in range(1, 12)
    ]
    _add_figures(actions)
    _add_extremes(actions, years)
    return assembled(actions, **HAVNEBY)


def small_report() -> ReportContent:
    """Another municipality: 7 actions, 2022-2025, two or three goals in each action."""
    years = [2023, 2024, 2025]
    cycle = [Light.ON_TRACK, Light.ACHIEVED, Light.AT_RISK]
    actions = [
        action(
            number,
            [
                goal(
                    each,
                    f"Mindst {number * 10 + each} familier deltager i tilbuddet, og de fleste "
                    "anbefaler det til andre.",
                    cycle[(number + each) % 3],
                    cycle[(number * each) % 3],
                    years,
                )
                for each in range(1, 3 + number % 2)
            ],
        )
        for number in range(1, 8)
    ]
    return assembled(
        actions,
        municipality="Sønderbakke Kommune",
        title="Statusredegørelse 2025",
        catalogue_title="Handleplan for lokalområderne",
        strategy="Udviklingsstrategi 2022",
        vision="Tæt på hinanden",
        period="2022–2025",
        year=2025,
        years=years,
    )


def decisions() -> list[DecisionContent]:
    """A decision, and its temamøde's conclusions."""
    return [
        {
            "date": "2025-05-14",
            "title": "Økonomiudvalget valgte handlinger til temamødet den 18. juni 2025",
            "wording": PROGRESS,
            "numbers": [1, 5, 8],
        },
        {
            "date": "2025-06-18",
            "title": "Temamødet den 18. juni 2025 konkluderede",
            "wording": f"Handling 1: {PROGRESS}\n\nHandling 5: {WHY_NOT}",
            "numbers": [1, 5],
        },
    ]


def midterm() -> ReportContent:
    """The same 11 actions evaluated, with every text; some actions lack a recommendation."""
    content = report()
    for one in content["actions"]:
        for each in one["goals"]:
            years = [
                YearOfGoal(row["year"], row["light"], GoalStatus(progress=PROGRESS, cause=WHY_NOT))
                for row in each["lights_by_year"]
            ]
            each["course"] = course(years, each["indicators"], 2024)
        number = one["number"]
        one["recommendation"] = recommendation(number % 4)
        one["head_recommendation"] = recommendation((number + 1) % 4)
    content["kind"], content["kind_word"] = "midterm", "Midtvejsevaluering"
    content["title"] = "Midtvejsevaluering 2026"
    content["editorial"] = {"foreword": PROGRESS, "resume": WHY_NOT, "conclusion": PROGRESS}
    content["evaluation"] = evaluation.evaluate(content["actions"], decisions())
    return content


def final() -> ReportContent:
    """The same 11 actions at the end of the period, with every verdict; three go on."""
    content = midterm()
    content["kind"], content["kind_word"] = "final", "Slutredegørelse"
    content["years"], content["previous_year"] = [2025, 2026, 2027, 2028], 2027
    content["title"], content["year"], content["measured_year"] = "Slutredegørelse 2028", 2028, 2027
    content["evaluation"] = None
    for one in content["actions"]:
        one["head_recommendation"], one["line"] = None, CAUSE if one["number"] == 2 else ""
        for each in one["goals"]:
            each["lights_by_year"] += [
                {"year": 2027, "light": each["previous_light"]},
                {"year": 2028, "light": each["light"] if each["light"]["code"] else None},
            ]
            years = [
                YearOfGoal(row["year"], row["light"], GoalStatus(progress=PROGRESS, cause=WHY_NOT))
                for row in each["lights_by_year"]
            ]
            each["course"] = course(years, each["indicators"], 2024)
            for row in each["indicators"]:
                last = "" if one["number"] == 2 else row["target"]
                row["points"] += [point(2026, row["target"]), point(2027, last)]
    closings = [_closing(one) for one in content["actions"]]
    outcomes = [outcome for closing in closings for outcome in closing["outcomes"]]
    verdicts = [figure["verdict"] for outcome in outcomes for figure in outcome["figures"]]
    content["final"] = {
        "goal_counts": closing.counts([row["verdict"] for row in outcomes], closing.OUTCOMES),
        "figure_counts": closing.counts(verdicts, closing.FIGURES),
        "closings": closings,
        "decisions": decisions(),
        "has_next": True,
    }
    return content


def _closing(one: ActionContent) -> ClosingContent:
    number = one["number"]
    goes_on: list[GoesOnContent] = [
        {"catalogue": "Handlingskatalog'28", "number": number + 1, "title": one["title"]}
    ]
    return ClosingContent(
        number=number,
        outcomes=[
            OutcomeContent(
                number=each["number"],
                verdict=closing.outcome_of(each),
                words=str(closing.OUTCOMES[closing.outcome_of(each)]),
                figures=[verdict(row, range(2024, 2028)) for row in each["indicators"]],
                steps=[{"year": 2026, "text": NEXT_STEP}] if number % 2 else [],
            )
            for each in one["goals"]
        ],
        goes_on=goes_on if number < 4 else [],
    )


def recommendation(number: int) -> RecommendationContent | None:
    choice = ["", "continue", "adjust", "close"][number]
    return evaluation.recommendation(
        Passage(
            choice=choice,
            reason=WHY_NOT if choice else "",
            author_name="Kim Nordkyst",
            author_position="chef",
        )
    )


def report_without_round() -> ReportContent:
    actions = report()["actions"]
    for one in actions:
        for each in one["goals"]:
            each["light"] = NO_LIGHT
            each["texts"], each["author"] = [], ""
            each["approved"] = False
            each["gap"] = "Der er ingen statusrunde i 2026."
            each["lights_by_year"] = [{"year": 2025, "light": each["previous_light"]}]
            each["lights_by_year"] += [{"year": 2026, "light": None}]
    return assembled(actions, **HAVNEBY, has_round=False, round_dates={})


def assembled(actions: list[ActionContent], **overrides: Any) -> ReportContent:
    goals = [each for one in actions for each in one["goals"]]
    figures = [each["points"][-1] for one in goals for each in one["indicators"] if each["points"]]
    content: dict[str, Any] = {
        "format": FORMAT,
        "kind": "status",
        "kind_word": "Statusredegørelse",
        "measured_year": overrides["year"] - 1,
        "bodies": {
            "overall_responsible": "Chefforum",
            "coordinator": "Udviklingsafdelingen",
            "steering_committee": "Økonomiudvalget",
            "council": "Byrådet",
        },
        "has_round": True,
        "round_dates": {"opens": "2026-01-12", "due": "2026-02-20", "closes": "2026-03-13"},
        "is_example": False,
        "as_of": "2026-03-10",
        "counts": _counts(actions),
        "previous_counts": _counts(actions, previous=True),
        "previous_year": overrides["year"] - 1,
        "progress": {
            "stopped": 0,
            "goals": len(goals),
            "with_status": sum(bool(each["light"]["code"]) for each in goals),
            "approved": sum(each["approved"] for each in goals),
            "figures": len(figures),
            "figures_missing": sum(not each["value"] for each in figures),
        },
        "changes": _changes(actions),
        "attention": _attention(actions),
        "gaps": _gaps(actions),
        "sources": _sources(actions),
        "method": METHOD,
        "actions": actions,
        "editorial": {"foreword": "", "resume": "", "conclusion": ""},
        **dict.fromkeys(("evaluation", "final")),
        **overrides,
    }
    return cast(ReportContent, content)


def _goal_text(number: int) -> str:
    return (
        f"Målet er, at {TITLES[number - 1].lower()} bliver en fast del af hverdagen, og at mindst "
        "to ud af tre deltagere oplever, at det gør en forskel."
    )


def _add_figures(actions: list[ActionContent]) -> None:
    actions[1]["goals"][0]["indicators"] = [
        indicator(
            "Borgere med hjælp over skærm", "borgere", "120", [point(2024, "64"), point(2025, "88")]
        ),
    ]
    actions[2]["goals"][0]["indicators"] = [
        indicator("Virksomhedsbesøg", "besøg", "100", [point(2024, "91"), point(2025, "117")]),
        indicator("Nye lærepladser", "pladser", "40", [point(2024, "38"), point(2025, "")]),
        indicator(
            "Andel af virksomheder med en klimaplan",
            "%",
            "33.3",
            [point(2024, "12.5"), point(2025, "19")],
            by_year=2027,
            yearly=False,
            timing="inden 2027",
            baseline="8.5",
            is_met=False,
        ),
        indicator(
            "Sygefravær",
            "%",
            "4.5",
            [point(2024, "5.1"), point(2025, "4.4", comment="Tallet er foreløbigt.")],
            comparison="at_most",
            comparison_word="højst",
            is_met=True,
        ),
        indicator(
            "Kurser med deltagere fra flere brancher",
            "kurser",
            "6",
            [point(2024, "0"), point(2025, "0")],
        ),
        indicator(
            "Investeringer i grøn omstilling hos de virksomheder, der har taget imod rådgivning",
            "kr.",
            "1400000",
            [point(2024, "850000"), point(2025, "1625000.5")],
        ),
    ]
    actions[4]["goals"][0]["indicators"] = [
        indicator(
            "Ny skov",
            "ha",
            "1000",
            [point(2024, "310"), point(2025, "455")],
            by_year=2030,
            yearly=False,
            timing="inden 2030",
            baseline="0",
            is_met=False,
            revisions=[
                {
                    "old_target": "800",
                    "new_target": "1000",
                    "decision": "Byrådets budgetforlig 2025",
                    "date": "2025-10-08",
                }
            ],
        ),
        indicator(
            "Vådområder",
            "ha",
            "500",
            [point(2024, ""), point(2025, "")],
            by_year=2030,
            yearly=False,
            timing="inden 2030",
        ),
    ]


def _add_extremes(actions: list[ActionContent], years: list[int]) -> None:
    """Very long, hostile, foreign and empty texts, several goals, and hardly anything at all."""
    actions[3]["goals"].append(
        goal(2, "Byens torv er fornyet.", Light.ACHIEVED, Light.ON_TRACK, years)
    )
    actions[3]["goals"].append(
        goal(3, "Der overnattes flere nætter uden for sommeren.", Light.ON_TRACK, None, years,
             approved=False, state="Indsendt",
             indicators=[indicator("Overnatninger oktober-marts", "nætter", "98000",
                                   [point(2023, "80500"), point(2024, ""), point(2025, "96250")])])
    )  # fmt: skip
    actions[5]["responsible"] = [
        {"position": "Ejendomschefen", "note": "samlet ansvarlig"},
        {"position": "Sekretariatschefen", "note": "ansvarlig for salg af ejendomme"},
    ]
    actions[5]["goals"][0]["texts"].append(
        TextContent(
            name="why_differs",
            label="Hvorfor vurderingen er en anden end tallenes",
            text="Tallet dækker kun de største bygninger.",
        )
    )
    actions[7]["goals"][0]["texts"][0]["text"] = f"{HOSTILE}\n\n{HOSTILE_STYLE}\n\n{FOREIGN}"
    actions[8]["goals"][0]["texts"][0]["text"] = "\n\n".join([PROGRESS] * 9)
    actions[9]["goals"][0]["texts"][1]["text"] = "x" * 600 + " https://example.test/" + "sti/" * 120
    bare = actions[10]
    bare["summary"] = bare["purpose"] = ""
    bare["partners"], bare["initiatives"] = [], []


def _counts(actions: list[ActionContent], *, previous: bool = False) -> list[LightCount]:
    goals = [each for one in actions for each in one["goals"]]
    shown = [each["previous_light"] if previous else each["light"] for each in goals]
    codes = [each["code"] if each else "" for each in shown]
    rows = [
        LightCount(
            light=light(code), meaning=str(LOOKS[code].meaning), goals=codes.count(code.value)
        )
        for code in Light
    ]
    meaning = "Der er ikke indsendt status på målet."
    return [*rows, LightCount(light=NO_LIGHT, meaning=meaning, goals=codes.count(""))]


def _changes(actions: list[ActionContent]) -> list[Change]:
    order = [Light.OFF_TRACK, Light.AT_RISK, Light.ON_TRACK, Light.ACHIEVED]
    rank = {code.value: number for number, code in enumerate(order)}
    changes = []
    for one in actions:
        for each in one["goals"]:
            before, after = each["previous_light"], each["light"]
            if before is None or not after["code"] or before["code"] == after["code"]:
                continue
            known = before["code"] in rank and after["code"] in rank
            better = known and rank[after["code"]] > rank[before["code"]]
            changes.append(
                Change(
                    action_number=one["number"],
                    action_title=one["title"],
                    goal_number=each["number"],
                    goal_text=each["text"],
                    before=before,
                    after=after,
                    direction="better" if better else "worse" if known else "other",
                )
            )
    return changes


def _attention(actions: list[ActionContent]) -> list[AttentionGoal]:
    worst = [Light.OFF_TRACK.value, Light.AT_RISK.value]
    goals = [
        AttentionGoal(
            action_number=one["number"],
            action_title=one["title"],
            goal_number=each["number"],
            goal_text=each["text"],
            light=each["light"],
            next_step=next((t["text"] for t in each["texts"] if t["name"] == "next_step"), ""),
        )
        for one in actions
        for each in one["goals"]
        if each["light"]["code"] in worst
    ]
    return sorted(goals, key=lambda each: worst.index(each["light"]["code"]))


def _gaps(actions: list[ActionContent]) -> list[Gap]:
    gaps = []
    for one in actions:
        for each in one["goals"]:
            if each["gap"]:
                gaps.append(
                    Gap(action_number=one["number"], goal_number=each["number"], what=each["gap"])
                )
            for figure in each["indicators"]:
                latest = figure["points"][-1]
                if not latest["value"]:
                    what = f"{figure['name']}, {latest['year']}: {latest['missing_reason']}"
                    gaps.append(
                        Gap(action_number=one["number"], goal_number=each["number"], what=what)
                    )
    return gaps


def _sources(actions: list[ActionContent]) -> list[SourceContent]:
    return [
        SourceContent(
            action_number=one["number"],
            indicator=figure["name"],
            year=value["year"],
            source=value["source"],
        )
        for one in actions
        for each in one["goals"]
        for figure in each["indicators"]
        for value in figure["points"]
        if value["source"]
    ]
