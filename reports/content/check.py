"""The check before publishing: what stands in the way of a report, and what is only noted.

The coordinator may publish all the same, but has to confirm it, and the edition keeps the list.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypedDict

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.lights import Light
from reports.content import missing
from reports.content.action import suggested_light
from reports.content.data import ReportData
from reports.content.midterm import evaluation
from reports.content.shape import ActionContent, GoalContent, ReportContent, unsigned_in
from reports.models import Kind, Report


class Hindrance(TypedDict):
    """A finding as an edition keeps it: without the link, which may change."""

    place: str
    what: str


@dataclass(frozen=True)
class Finding:
    """Something about one goal or action; `url` is the page to correct it on."""

    place: str
    what: str
    url: str


@dataclass(frozen=True)
class Group:
    """All findings of one kind, under one heading."""

    label: str | Promise
    findings: list[Finding]


@dataclass(frozen=True)
class Check:
    """`in_the_way` and `noted` hold no empty group."""

    in_the_way: list[Group]
    noted: list[Group]

    @property
    def hindrances(self) -> list[Hindrance]:
        return [
            Hindrance(place=finding.place, what=finding.what)
            for group in self.in_the_way
            for finding in group.findings
        ]


@dataclass(frozen=True)
class Line:
    """A goal of the report; `url` is its status page, which the content does not hold."""

    action: ActionContent
    goal: GoalContent
    measured_year: int
    url: str
    suggested: Light | None
    unprintable_in: Callable[[str], list[str]]

    def findings(self, *words: str) -> list[Finding]:
        place = f"{_('Handling')} {self.action['number']}, {_('mål')} {self.goal['number']}"
        return [Finding(place, what, self.url) for what in words]

    @property
    def is_handed_in(self) -> bool:
        return bool(self.goal["light"]["code"])


#: Each heading with the function that finds what stands under it.
type Kinds = tuple[tuple[str | Promise, Callable[[Line], list[Finding]]], ...]


def check_of(
    data: ReportData, content: ReportContent, unprintable_in: Callable[[str], list[str]]
) -> Check:
    """Checks a report's content against the data it was made of. No query.

    `unprintable_in` finds the characters of a text that paper cannot show.
    """
    lines = list(_lines(data, content, unprintable_in)) if data.round else []
    in_the_way = _groups(HINDRANCES, lines)
    if lacks := _without_recommendation(data, content):
        in_the_way.append(Group(_("Anbefaling mangler"), lacks))
    return Check(in_the_way, _groups(NOTES, lines))


def _without_recommendation(data: ReportData, content: ReportContent) -> list[Finding]:
    """Of a midterm: the actions that their heads or the coordinator recommend nothing for."""
    if data.kind is not Kind.MIDTERM:
        return []
    url = Report(catalogue=data.catalogue, kind=data.kind, year=data.year).editorial_url
    return [
        Finding(f"{_('Handling')} {gap['action_number']}", gap["what"], url)
        for action in content["actions"]
        for gap in evaluation.gaps(action, data.catalogue.coordinator)
    ]


def _groups(kinds: Kinds, lines: list[Line]) -> list[Group]:
    groups = [
        Group(label, [finding for line in lines for finding in find(line)]) for label, find in kinds
    ]
    return [group for group in groups if group.findings]


def _lines(
    data: ReportData, content: ReportContent, unprintable_in: Callable[[str], list[str]]
) -> Iterator[Line]:
    for action_data, action in zip(data.actions, content["actions"], strict=True):
        for goal_data, goal in zip(action_data.goals, action["goals"], strict=True):
            key = goal_data.goal.pk, data.year
            url = reverse("status", args=[data.catalogue.slug, data.year, goal_data.goal.pk])
            if later := data.later.get(key):
                url = later.get_absolute_url()
            suggested = suggested_light(goal_data, data)
            yield Line(action, goal, data.measured_year, url, suggested, unprintable_in)


# --- what is looked for --------------------------------------------------------------------------


def _without_status(line: Line) -> list[Finding]:
    """A stopped goal lacks none."""
    lacks = not line.is_handed_in and not line.goal["stopped"]
    return line.findings(line.goal["gap"]) if lacks else []


def _not_approved(line: Line) -> list[Finding]:
    waits = line.is_handed_in and not line.goal["approved"]
    return line.findings(line.goal["gap"]) if waits else []


def _without_signature(line: Line) -> list[Finding]:
    return line.findings(*unsigned_in(line.goal))


def _without_figure(line: Line) -> list[Finding]:
    """Only if the goal has a status: else the status itself is what is missing."""
    if not line.is_handed_in:
        return []
    return line.findings(*missing.missing_figures(line.goal, line.measured_year))


def _over_length(line: Line) -> list[Finding]:
    return line.findings(*missing.too_long(line.goal))


def _without_glyph(line: Line) -> list[Finding]:
    words = [
        _("%(label)s: %(signs)s kan ikke trykkes; i PDF'en står et spørgsmålstegn.")
        % {"label": text["label"], "signs": " ".join(signs)}
        for text in line.goal["texts"]
        if (signs := line.unprintable_in(text["text"]))
    ]
    return line.findings(*words)


def _not_assessable(line: Line) -> list[Finding]:
    if line.goal["light"]["code"] != Light.NOT_ASSESSABLE:
        return []
    return line.findings(_("Chefen har skrevet, hvorfor målet ikke kan vurderes."))


def _otherwise_than_figures(line: Line) -> list[Finding]:
    light = line.goal["light"]["code"]
    if not light or line.suggested in (None, light):
        return []
    words = {"light": line.goal["light"]["word"], "suggested": line.suggested.label}
    return line.findings(
        _("Chefen vurderer »%(light)s«, tallene foreslår »%(suggested)s«.") % words
    )


#: In the order of the page.
HINDRANCES: Final[Kinds] = (
    (gettext_lazy("Status mangler"), _without_status),
    (gettext_lazy("Ikke godkendt"), _not_approved),
    (gettext_lazy("Mangler tal"), _without_figure),
    (gettext_lazy("Tekster over længden"), _over_length),
    (gettext_lazy("Tegn, der ikke kan trykkes"), _without_glyph),
)
NOTES: Final[Kinds] = (
    (gettext_lazy("Mangler tiltrædelse"), _without_signature),
    (gettext_lazy("Kan ikke vurderes"), _not_assessable),
    (gettext_lazy("En anden vurdering end tallenes"), _otherwise_than_figures),
)
