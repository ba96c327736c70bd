"""The part of an edition's web page that is frozen as HTML with the edition.

Templates change, a published page does not. Its frame (the way back, the PDF's button, a notice
about a newer edition) is rendered on each request.
"""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils import translation

from reports.content.check import Hindrance
from reports.content.shape import ReportContent
from reports.documents.pdf import LANGUAGE


def render_page(content: ReportContent, hindrances: Sequence[Hindrance]) -> str:
    """The changes and why, what was missing, and the whole report."""
    context = {"content": content, "hindrances": hindrances}
    with translation.override(LANGUAGE):
        return render_to_string("editions/_edition.html", context)
