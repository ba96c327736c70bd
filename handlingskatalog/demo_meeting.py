"""The demo's temamøde: an invented decision on the report of 2025 and what the meeting came to."""

from datetime import datetime, time
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from handlingskatalog.demo import FIXTURES, coordinator
from reports import meeting
from reports.access import get_meeting
from reports.models import Edition, Kind, SelectedAction, Selection


@transaction.atomic
def hold_theme_meeting(slug: str) -> None:
    """Adds decision, programme and conclusions where the report of the year has no decision."""
    example = yaml.safe_load((FIXTURES / "demo-meeting.yaml").read_text(encoding="utf-8"))
    edition = Edition.objects.latest_of(slug, example["year"], Kind.STATUS)
    if edition is None:
        return
    if not edition.report.selections.exists():
        _decide(edition, example)
    if not edition.report.conclusions.exists():
        _hold(slug, example)


def _decide(edition: Edition, example: dict[str, Any]) -> None:
    noon = datetime.combine(example["decided_on"], time(12))
    selection = Selection.objects.create(
        report=edition.report,
        number=1,
        edition=edition,
        decided_on=example["decided_on"],
        decision=example["decision"],
        theme_meeting_on=example["theme_meeting_on"],
        recorded_at=timezone.make_aware(noon),
        recorded_by_name=str(coordinator().user),
    )
    actions = {row.number: row for row in edition.report.catalogue.actions.all()}
    SelectedAction.objects.bulk_create(
        SelectedAction(
            selection=selection, action=actions[row["number"]], order=order, reason=row["reason"]
        )
        for order, row in enumerate(example["actions"], 1)
    )


def _hold(slug: str, example: dict[str, Any]) -> None:
    page, by = get_meeting(slug, example["year"]), coordinator()
    written = example["programme"]
    programme = meeting.Programme(
        starts_at=time.fromisoformat(written["starts_at"]),
        place=written["place"],
        welcome=written["welcome"],
        lines=meeting.proposal(page),
    )
    if page.meeting is None:
        meeting.save_programme(report=page.report, programme=programme, version=0, by=by)
    for row in example["actions"]:
        chosen = page.chosen_with(row["number"])
        if chosen is not None:
            meeting.save_conclusion(
                chosen=chosen, report=page.report, text=row["conclusion"], version=0, by=by
            )
