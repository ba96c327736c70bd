"""Ties the history of questions and conclusions to them by keys.

Before, an event belonged to a question or a conclusion if its `subject` was the same Danish
sentence. That sentence is put together here once more, from what the rows say today:

- a conclusion's has the report, and the action's number and title as the edition published them.
  The conclusion is the one on the action of that title, else of that number, since either may have
  changed. A report has one conclusion an action.
- a question's has the report and the action's number. If the action has one question, all events
  with the sentence are its own. If it has several, they are told apart by what an event holds:
  "ask" by the question's own words and day; "answer" by the answer that is stored. Everything else
  (earlier answers, refused and replaced texts) goes to the question whose answers it can be about:
  those that were asked before the event. If that is still more than one, the event is tied to each
  of them: a text is then found by its writers in one place too many, rather than lost to them.

Events are append-only, and are not touched: the ties are rows beside them.
"""

import re
from typing import Any

from django.db import migrations, models

QUESTION = ("ask", "answer", "refuse_answer", "replace_answer")
CONCLUSION = ("conclude", "refuse_conclusion", "replace_conclusion")
KINDS = {"status": "Statusredegørelse", "midterm": "Midtvejsevaluering"}
ACTION = re.compile(r"handling (\d+)\. (.*)", re.DOTALL)


def report_words(report: Any) -> str:
    return f"{report.catalogue.slug}, {KINDS[report.kind]} {report.year}"


def tie_questions(apps: Any) -> None:
    Event = apps.get_model("actions", "Event")
    groups: dict[str, list[Any]] = {}
    questions = apps.get_model("reports", "Question").objects.order_by("pk")
    for question in questions.select_related("report__catalogue", "action"):
        where, action = report_words(question.report), question.action
        # The second is how the demo says it.
        for what in (f"handling {action.number}", f"{action.number}. {action.title}"):
            groups.setdefault(f"{where}, {what}", []).append(question)
    for subject, group in groups.items():
        for event in Event.objects.filter(verb__in=QUESTION, subject=subject).order_by("pk"):
            for question in meant(event, group):
                question.events.add(event)


def meant(event: Any, group: list[Any]) -> list[Any]:
    """The questions that an event can be about."""
    if len(group) == 1:
        return group
    text = event.content.get("text", "")
    if event.verb == "ask":
        asked_for = (text, event.content.get("due"))
        same = [row for row in group if asked_for in ((row.text, str(row.due)), (row.text, None))]
        # Two members may have asked in the same words.
        return [row for row in same if row.asked_by_name == event.actor_name] or same
    asked = [row for row in group if row.asked_at <= event.at] or group
    if event.verb == "answer":
        same = [row for row in asked if row.answer == text]
        return same if len(same) == 1 else asked
    return asked


def tie_conclusions(apps: Any) -> None:
    Event = apps.get_model("actions", "Event")
    groups: dict[str, list[Any]] = {}
    rows = apps.get_model("reports", "Conclusion").objects.order_by("pk")
    for conclusion in rows.select_related("report__catalogue", "action"):
        groups.setdefault(f"{report_words(conclusion.report)}: temamøde, ", []).append(conclusion)
    for start, group in groups.items():
        for event in Event.objects.filter(verb__in=CONCLUSION, subject__startswith=start):
            match = ACTION.fullmatch(event.subject.removeprefix(start))
            same = [row for row in group if match and row.action.title == match[2]]
            if not same:
                same = [row for row in group if match and row.action.number == int(match[1])]
            for conclusion in same:
                conclusion.events.add(event)


def tie(apps: Any, schema_editor: Any) -> None:
    tie_questions(apps)
    tie_conclusions(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0008_revision_of_a_status"),
        ("reports", "0011_revisions"),
    ]

    operations = [
        migrations.AddField(
            model_name=model,
            name="events",
            field=models.ManyToManyField(related_name="+", to="actions.event"),
        )
        for model in ("question", "conclusion")
    ] + [migrations.RunPython(tie, migrations.RunPython.noop)]
