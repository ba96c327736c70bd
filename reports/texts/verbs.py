"""What is written by hand for a report: its fields and limits, and the verbs that save it.

A passage has no state: what is saved stands in the report's draft at once. The coordinator may
always write, since a published edition is frozen; the responsible heads only while their midterm is
in preparation. Saving follows the rules of every text: see `actions.writing.drafts`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db.models import Exists, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.access import Mandate
from actions.danish import format_number
from actions.history.record import record
from actions.models import Event, RoundState
from actions.models.history import HistoryVerb
from actions.status.moves import KEPT, SAVED
from actions.writing import drafts
from actions.writing.merging import Difference, Side, merge_texts
from actions.writing.refusals import NotAllowed, Refused
from actions.writing.texts import Routes, Saved, Text
from reports.access import may_write, positions_of
from reports.content.shape import ReportContent
from reports.models import Edition, Part, Passage, Recommendation, Report

type Texts = dict[str, str]

#: What each field is called. All are texts but `choice`.
LABELS: Final = {
    "foreword": gettext_lazy("Forord"),
    "summary": gettext_lazy("Resumé"),
    "conclusion": gettext_lazy("Konklusion"),
    "line": gettext_lazy("Redaktionel linje"),
    "choice": gettext_lazy("Anbefaling"),
    "reason": gettext_lazy("Begrundelse"),
}
#: Characters that fit the report's page, by field. More is allowed, with a warning.
SOFT_LIMITS: Final = {
    "foreword": 1800,
    "summary": 900,
    "conclusion": 1800,
    "line": 250,
    "reason": 500,
}
#: Characters a field may have in a published report. More is refused, never cut.
HARD_LIMITS: Final = {
    "foreword": 4000,
    "summary": 2500,
    "conclusion": 4000,
    "line": 600,
    "reason": 1500,
}


def why_closed(passage: Passage) -> str:
    """Why nobody may write it now, in Danish; "" if it is open."""
    if passage.part != Part.HEAD:
        return ""
    catalogue, year = passage.report.catalogue, passage.report.year
    published = Edition.objects.of_report(passage.report)
    round_ = catalogue.rounds.filter(year=year).annotate(published=Exists(published)).first()
    if round_ is not None and round_.published:
        return _("Midtvejsevalueringen er udgivet. Tal med %(body)s, hvis noget skal rettes.") % {
            "body": catalogue.coordinator
        }
    if round_ is None or round_.state(timezone.localdate()) is RoundState.PLANNED:
        return _("Anbefalingen skrives, når statusrunden for %(year)d er åbnet.") % {"year": year}
    return ""


class PassageText(Text[Passage, Texts]):
    """A passage: every save goes into the history and the report's draft."""

    routes = Routes("passage", "autosave_passage", "compare_passage")

    def lock(self, row: Passage) -> Passage:
        return _locked(row)

    def check_may(self, row: Passage, by: Mandate) -> str:
        if not may_write(by, row):
            raise NotAllowed(_("Du har ikke ret til at skrive her."))
        return _position(row, by)

    def check_open(self, row: Passage) -> None:
        if closed := why_closed(row):
            raise Refused(closed)

    def says(self, row: Passage, content: Texts) -> bool:
        return row.texts == content

    def write(self, row: Passage, by: Mandate, content: Texts, position: str) -> None:
        for name in row.names:
            setattr(row, name, content[name])
        row.saved_at = timezone.now()
        row.author_name, row.author_position = str(by.user), position
        row.is_example = False
        row.save()
        _record(SAVED, row, by, content, position)

    def moved_on(self, row: Passage) -> str:
        return _("%(author)s har ændret teksten, siden du åbnede siden.") % {
            "author": row.author_name or _("En anden")
        }

    def as_json(self, content: Texts) -> dict[str, Any]:
        return {"texts": content}

    def events(self, row: Passage) -> QuerySet[Event]:
        return row.events.all() if row.pk else Event.objects.none()

    def record_refused(self, row: Passage, by: Mandate, content: Texts, reason: str) -> Event:
        return _record(KEPT, row, by, content, _position(row, by), comment=reason)

    def differences(self, row: Passage, archived: Mapping[str, Any]) -> list[Difference]:
        return differing_texts(row.texts, archived["texts"])

    def merged(
        self,
        row: Passage,
        archived: Mapping[str, Any],
        sides: Mapping[str, Side],
        own: Mapping[str, str],
    ) -> Texts:
        return merge_texts(row.texts, archived["texts"], sides, own)

    def saved(self, row: Passage) -> Saved:
        return Saved(row.saved_at, row.author_name)

    def address(self, row: Passage) -> tuple[object, ...]:
        return row.address

    def copy_key(self, row: Passage, by: Mandate) -> str:
        return row.copy_key(by.user.pk)


PASSAGE: Final = PassageText()


def save(
    *,
    passage: Passage,
    by: Mandate,
    texts: Texts,
    revision: int | None,
    names: Sequence[str] = (),
) -> Passage:
    """Saves a passage, complete or not. Raises as `actions.writing.drafts.save`."""
    return drafts.save(PASSAGE, passage, texts, by=by, revision=revision, names=names)


def keep_refused(*, passage: Passage, by: Mandate, texts: Texts, reason: str) -> Event:
    """Archives a refused passage: see `actions.writing.drafts.archive`."""
    return drafts.archive(PASSAGE, passage, texts, by=by, reason=reason)[1]


def differing_texts(stored: Mapping[str, str], typed: Mapping[str, str]) -> list[Difference]:
    """The fields in which two versions differ, in words for the reader."""
    return [
        Difference(
            name,
            str(LABELS[name]),
            _words(name, stored[name]),
            _words(name, typed.get(name, "")),
            is_text=name != "choice",
        )
        for name in stored
        if stored[name] != typed.get(name, "")
    ]


def overlong_texts(content: ReportContent) -> str:
    """Which texts are too long for a report, in Danish; "" if all fit."""
    editorial = content["editorial"]
    rows = [
        (str(LABELS["foreword"]), "foreword", editorial["foreword"]),
        (str(LABELS["summary"]), "summary", editorial["resume"]),
        (str(LABELS["conclusion"]), "conclusion", editorial["conclusion"]),
    ]
    for action in content["actions"]:
        where = _("Handling %(number)d") % {"number": action["number"]}
        rows.append((where, "line", action["line"]))
        given = (action["head_recommendation"], action["recommendation"])
        rows += [(where, "reason", row["reason"]) for row in given if row]
    return " ".join(
        _("%(where)s: teksten er på %(count)s tegn; der er plads til %(limit)s.")
        % {
            "where": where,
            "count": format_number(len(text)),
            "limit": format_number(HARD_LIMITS[name]),
        }
        for where, name, text in rows
        if len(text) > HARD_LIMITS[name]
    )


def _locked(passage: Passage) -> Passage:
    """The row under lock, made by the first save or refusal.

    The report is locked first, as publishing does, so that no edition misses a saved text.
    """
    report = passage.report
    kept, _made = Report.objects.get_or_create(
        catalogue=report.catalogue, kind=report.kind, year=report.year
    )
    Report.objects.select_for_update().get(pk=kept.pk)
    row, _made = Passage.objects.get_or_create(
        report=kept, part=passage.part, action=passage.action
    )
    locked = Passage.objects.select_for_update().get(pk=row.pk)
    locked.report, locked.action = kept, passage.action
    return locked


def _position(passage: Passage, by: Mandate) -> str:
    if passage.part == Part.HEAD and passage.action:
        return by.name_of(positions_of(passage.action))
    return passage.report.catalogue.coordinator


def _record(
    verb: HistoryVerb, passage: Passage, by: Mandate, texts: Texts, position: str, comment: str = ""
) -> Event:
    event = record(
        verb,
        actor=by.user,
        position=position,
        subject=f"{passage.report.catalogue}, {passage}",
        about=[passage.report.scope],
        comment=comment,
        content={"texts": texts},
    )
    passage.events.add(event)
    return event


def _words(name: str, value: str) -> str:
    if name != "choice":
        return value
    return str(Recommendation(value).label) if value in Recommendation.values else ""
