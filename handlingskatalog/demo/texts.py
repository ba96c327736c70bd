"""The demo's examples of what VUF and the heads write for the reports."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from actions.history.record import record
from actions.models import Action, Catalogue, User
from actions.status.moves import SAVED
from reports.models import Kind, Part, Passage, Report

type Texts = Mapping[str, str]


def write_texts(catalogue: Catalogue, examples: Mapping[str, Any]) -> None:
    """Writes one report's texts. Does nothing if the report has any text already."""
    report, _made = Report.objects.get_or_create(
        catalogue=catalogue, kind=examples["kind"], year=examples["year"]
    )
    if report.passages.exists():
        return
    opens = catalogue.rounds.get(year=report.year).opens
    noon = datetime.combine(opens + timedelta(days=examples["days"]), time(12))
    for part, action, texts in _passages(report, examples):
        _passage(Passage(report=report, part=part, action=action), texts, timezone.make_aware(noon))


def _passages(
    report: Report, examples: Mapping[str, Any]
) -> Iterator[tuple[Part, Action | None, Texts]]:
    names = ("foreword", "summary", "conclusion")
    yield Part.TEXTS, None, {name: examples[name] for name in names if name in examples}
    actions = {action.number: action for action in report.catalogue.actions.all()}
    if report.kind == Kind.STATUS:
        for number, line in examples["lines"].items():
            yield Part.LINE, actions[number], {"line": line}
        return
    for part, given in ((Part.HEAD, "heads"), (Part.FINAL, "recommendations")):
        for number, texts in examples[given].items():
            yield part, actions[number], texts


def _passage(passage: Passage, texts: Texts, at: datetime) -> None:
    """Saves the passage and records it, as its writer would have done."""
    writer, passage.author_position = _writer(passage)
    for name, text in texts.items():
        setattr(passage, name, text)
    passage.author_name, passage.saved_at = str(writer), at
    passage.revision, passage.is_example = 1, True
    passage.save()
    event = record(
        SAVED,
        actor=writer,
        position=passage.author_position,
        subject=f"{passage.report.catalogue}, {passage}",
        about=[passage.report.scope],
        content={"texts": passage.texts},
        at=at,
    )
    passage.events.add(event)


def _writer(passage: Passage) -> tuple[User, str]:
    if passage.part != Part.HEAD or passage.action is None:
        vuf = User.objects.get(username="vuf")
        return vuf, passage.report.catalogue.coordinator
    first = passage.action.responsibilities.select_related("position").order_by("order")[0]
    held = first.position.appointments.select_related("user").order_by("-starts")[0]
    return held.user, first.position.name
