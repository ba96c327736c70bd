"""VUF starts the next catalogue from actions of this one."""

from collections.abc import Collection, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from actions.access import Mandate, allow
from actions.catalogue.carry_over import CarriedOver
from actions.catalogue.carry_over import carry_over as carry_over_actions
from actions.catalogue.file import CatalogueRows
from actions.catalogue.forms.catalogue import NextCatalogueForm
from actions.catalogue.views.edit import faults_in, rows_or_404
from actions.models import Role
from actions.tools.answers import code_of, posted
from actions.writing.refusals import refusal_in


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def carry_over(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    """Begins with every action ticked that is not stopped; VUF unticks those that end."""
    return begin_next(request, mandate, rows_or_404(slug))


def begin_next(
    request: HttpRequest,
    mandate: Mandate,
    source: CatalogueRows,
    notes: Mapping[int, str] | None = None,
    chosen: Collection[int] | None = None,
) -> HttpResponse:
    """Shows the form, or makes the catalogue. `notes` are shown after actions, by number; `chosen`
    are the numbers to tick, None for all that go on.
    """
    going_on = [one.number for one in source.actions if one.stopped_on is None]
    ticked = [one for one in going_on if chosen is None or one in chosen]
    form = NextCatalogueForm(posted(request), source=source, chosen=ticked, notes=notes or {})
    if form.is_valid():
        with refusal_in(form, "slug"), faults_in(form):
            numbers = form.cleaned_data["actions"]
            done = carry_over_actions(
                source=source.slug, numbers=numbers, frame=form.rows(), by=mandate
            )
            _tell(request, done)
            return redirect("edit_catalogue", done.catalogue.slug)
    context = {
        "rows": source,
        "form": form,
        "recommended": notes is not None,
        "crumbs": [
            (source.title, reverse("catalogue", args=[source.slug])),
            (_("Næste katalog"), ""),
        ],
    }
    return render(request, "catalogue/carry_over.html", context, status=code_of(form))


def _tell(request: HttpRequest, done: CarriedOver) -> None:
    messages.success(request, _("%(title)s er oprettet.") % {"title": done.catalogue})
    if done.undated:
        words = ngettext(
            "%(count)d måltal havde et år før den nye periode og står nu uden år.",
            "%(count)d måltal havde et år før den nye periode og står nu uden år.",
            done.undated,
        )
        messages.warning(request, words % {"count": done.undated})
