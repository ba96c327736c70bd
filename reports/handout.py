"""The temamøde's handouts as PDF: one or two pages for each chosen action, PDF/UA as the report."""

import hashlib
from collections.abc import Sequence
from typing import Final

from django.template.loader import render_to_string
from django.utils import translation

from reports.meeting import Chosen, MeetingPage
from reports.models import HandoutPdf
from reports.pdf import LANGUAGE, TEMPLATE_VERSION, html_to_pdf

#: The number under which all handouts in one are kept; actions begin with 1.
ALL: Final = 0


def handout_html(page: MeetingPage, chosen: Sequence[Chosen]) -> str:
    with translation.override(LANGUAGE):
        context = {"page": page, "content": page.content, "chosen": chosen}
        return render_to_string("reports/pdf/handout.html", context)


def handout_pdf(page: MeetingPage, only: Chosen | None = None) -> bytes:
    """The handout of one action, or all of them; what has not changed is not rendered again."""
    html = handout_html(page, [only] if only else page.chosen)
    key = hashlib.sha256(f"{TEMPLATE_VERSION}:{html}".encode()).hexdigest()
    report, number = page.report, only.number if only else ALL
    kept = HandoutPdf.objects.filter(report=report, number=number, key=key).first()
    if kept is None:
        rendered = {"key": key, "pdf": html_to_pdf(html)}
        kept, _made = HandoutPdf.objects.update_or_create(
            report=report, number=number, defaults=rendered
        )
    return bytes(kept.pdf)
