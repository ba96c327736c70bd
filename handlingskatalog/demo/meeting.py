"""The demo's temamøde on the report of 2025: an invented programme and its conclusions."""

from datetime import time
from typing import Any

from django.db import transaction

from handlingskatalog.demo.examples import examples_in
from handlingskatalog.demo.people import coordinator
from reports.meeting import verbs
from reports.meeting.page import get_meeting
from reports.models import Edition, Kind


@transaction.atomic
def hold_theme_meeting(slug: str) -> None:
    """Adds a programme and conclusions to the report's decision, if it has no conclusions."""
    example = examples_in("meeting")
    edition = Edition.objects.latest_of(slug, example["year"], Kind.STATUS)
    if edition is None:
        return
    if not edition.report.conclusions.exists():
        _hold(slug, example)


def _hold(slug: str, example: dict[str, Any]) -> None:
    page, by = get_meeting(slug, example["year"]), coordinator()
    written = example["programme"]
    programme = verbs.Programme(
        starts_at=time.fromisoformat(written["starts_at"]),
        place=written["place"],
        welcome=written["welcome"],
        lines=verbs.proposal(page),
    )
    if page.meeting is None:
        verbs.save_programme(report=page.report, programme=programme, revision=0, by=by)
    for row in example["actions"]:
        chosen = page.chosen_with(row["number"])
        if chosen is not None:
            verbs.save_conclusion(
                chosen=chosen, report=page.report, text=row["conclusion"], revision=0, by=by
            )
