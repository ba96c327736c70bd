"""VUF starts the next catalogue from what goes on of this one."""

from collections.abc import Collection, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from actions.access import Mandate, allow
from actions.carry_over import CarriedOver
from actions.carry_over import carry_over as verb
from actions.catalogue_edit import Broken
from actions.catalogue_file import CatalogueFileError, CatalogueRows
from actions.forms.catalogue import NextCatalogueForm
from actions.models import Role
from actions.views import posted
from actions.views.catalogue_edit import refuse_fields, rows_or_404
from actions.writing.refusals import Refused


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def carry_over(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    """All actions are ticked; VUF unticks what ends."""
    return begin_next(request, mandate, rows_or_404(slug))


def begin_next(
    request: HttpRequest,
    mandate: Mandate,
    source: CatalogueRows,
    notes: Mapping[int, str] | None = None,
    chosen: Collection[int] | None = None,
) -> HttpResponse:
    """The page and its answer; `notes` stand behind the actions of these numbers, and `chosen` are
    ticked, all where it is None.
    """
    ticked = [one.number for one in source.actions if chosen is None or one.number in chosen]
    form = NextCatalogueForm(posted(request), source=source, chosen=ticked, notes=notes or {})
    if form.is_valid():
        try:
            numbers = form.cleaned_data["actions"]
            done = verb(source=source.slug, numbers=numbers, frame=form.rows(), by=mandate)
            _tell(request, done)
            return redirect("edit_catalogue", done.catalogue.slug)
        except (Broken, CatalogueFileError) as refusal:
            refuse_fields(form, refusal)
        except Refused as refusal:
            form.add_error("slug", str(refusal))
    context = {
        "rows": source,
        "form": form,
        "recommended": notes is not None,
        "crumbs": [
            (source.title, reverse("catalogue", args=[source.slug])),
            (_("Næste katalog"), ""),
        ],
    }
    code = 422 if form.is_bound else 200
    return render(request, "actions/carry_over.html", context, status=code)


def _tell(request: HttpRequest, done: CarriedOver) -> None:
    messages.success(request, _("%(title)s er oprettet.") % {"title": done.catalogue})
    if done.undated:
        words = ngettext(
            "%(count)d måltal havde et år før den nye periode og står nu uden år.",
            "%(count)d måltal havde et år før den nye periode og står nu uden år.",
            done.undated,
        )
        messages.warning(request, words % {"count": done.undated})
