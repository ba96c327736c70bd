"""What is written by hand for a report: its fields, and the verbs that keep it.

There is no state between writing and report: what is saved stands in the draft. The coordinator
may always write, for a published edition is frozen; the responsible heads while their midterm is
being prepared. Saving has the rules of a status: see `actions.workflow.save_draft`.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from django.db import transaction
from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions import saves
from actions.access import Mandate, may_submit
from actions.danish import format_number
from actions.history import kept_already, record
from actions.merging import Difference
from actions.models import Event, RoundState
from actions.workflow import REFUSED, Verb
from actions.writing.refusals import Conflict, NotAllowed, Refused
from reports.content import ReportContent
from reports.models import Edition, Part, Passage, Recommendation, Report

type Texts = dict[str, str]

#: What each field is called; `choice` is no text.
LABELS: Final = {
    "foreword": gettext_lazy("Forord"),
    "summary": gettext_lazy("Resumé"),
    "conclusion": gettext_lazy("Konklusion"),
    "line": gettext_lazy("Redaktionel linje"),
    "choice": gettext_lazy("Anbefaling"),
    "reason": gettext_lazy("Begrundelse"),
}
#: Characters that fit the report's page, by field: more is allowed, and the writer is told.
SOFT_LIMITS: Final = {
    "foreword": 1800,
    "summary": 900,
    "conclusion": 1800,
    "line": 250,
    "reason": 500,
}
#: Characters a field may have in a published report; more is refused, never cut.
HARD_LIMITS: Final = {
    "foreword": 4000,
    "summary": 2500,
    "conclusion": 4000,
    "line": 600,
    "reason": 1500,
}


def may_write(passage: Passage, by: Mandate) -> bool:
    """The coordinator; of the heads' recommendation those who may submit for the action."""
    if passage.part != Part.HEAD:
        return by.is_coordinator
    return may_submit(by, positions_of(passage))


def positions_of(passage: Passage) -> list[int]:
    if passage.action is None:
        return []
    rows = passage.action.responsibilities.order_by("order")
    return list(rows.values_list("position", flat=True))


def why_closed(passage: Passage) -> str:
    """Why nobody may write on it now, in Danish; "" where it is open."""
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


@transaction.atomic
def save(
    *, passage: Passage, by: Mandate, texts: Texts, revision: int, names: Sequence[str] = ()
) -> Passage:
    """Keeps what is written, complete or not; raises Refused where it may not be.

    The same again changes nothing, whatever revision it comes from. `names` are the page's saves
    (`actions.saves`), this one first.
    """
    locked = _locked(passage)
    if not may_write(locked, by):
        raise NotAllowed(_("Du har ikke ret til at skrive her."))
    if saves.is_held(names, locked.saves):
        return locked
    if closed := why_closed(locked):
        raise Refused(closed)
    if locked.texts == texts:
        return locked
    _refuse_old(locked, revision, names)
    for name in locked.names:
        setattr(locked, name, texts[name])
    locked.revision += 1
    locked.saves = list(names)
    locked.saved_at = timezone.now()
    locked.author_name, locked.author_position = str(by.user), _position(locked, by)
    locked.is_example = False
    locked.save()
    _record(Verb.SAVE.value, locked, by, texts)
    return locked


@transaction.atomic
def keep_refused(*, passage: Passage, by: Mandate, texts: Texts, reason: str) -> Event:
    """Keeps a text that could not be saved as a version of its own, once."""
    locked = _locked(passage)
    earlier = kept_already(locked.events, {"texts": texts})
    return earlier or _record(REFUSED, locked, by, texts, comment=reason)


def differences(stored: Mapping[str, str], typed: Mapping[str, str]) -> list[Difference]:
    """The fields that two versions fill differently, as words for the reader."""
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


def too_long(content: ReportContent) -> str:
    """What is longer than a report has room for, in Danish; "" where all fits."""
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
        rows += [(where, "reason", each["reason"]) for each in given if each]
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


def _refuse_old(stored: Passage, revision: int, names: Sequence[str]) -> None:
    """Whether what is stored is what the page knows: its revision, or the page's own last save."""
    if stored.revision != revision and not saves.follows(names, stored.saves):
        raise Conflict(
            _("%(author)s har ændret teksten, siden du åbnede siden.")
            % {"author": stored.author_name or _("En anden")},
            stored,
        )


def _locked(passage: Passage) -> Passage:
    """The row under lock; the first write, or the first refusal, makes it.

    The report is locked before it, as publishing does: nothing is written behind an edition.
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
    if passage.part == Part.HEAD:
        return by.name_of(positions_of(passage))
    return passage.report.catalogue.coordinator


def _record(verb: str, passage: Passage, by: Mandate, texts: Texts, comment: str = "") -> Event:
    event = record(
        verb,
        actor=by.user,
        position=_position(passage, by),
        subject=f"{passage.report.catalogue}, {passage}",
        comment=comment,
        content={"texts": texts},
    )
    passage.events.add(event)
    return event


def _words(name: str, value: str) -> str:
    if name != "choice":
        return value
    return str(Recommendation(value).label) if value in Recommendation.values else ""
