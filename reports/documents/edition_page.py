"""The web page of an edition: its part that is frozen as HTML with the rest.

Templates change; what was published does not. The page's frame (the way back, the PDF's button,
a word about a newer edition) is made when it is asked for.
"""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils import translation

from reports.content.check import Hindrance
from reports.content.shape import ReportContent
from reports.documents.pdf import LANGUAGE


def render_page(content: ReportContent, hindrances: Sequence[Hindrance]) -> str:
    """What is changed and why, what was missing, and the whole report."""
    context = {"content": content, "hindrances": hindrances}
    with translation.override(LANGUAGE):
        return render_to_string("editions/_edition.html", context)
