"""VUF starts the next catalogue from what goes on of this one."""

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
from actions.workflow import IllegalTransition


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def carry_over(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    """`?handling=3&handling=5` ticks these; without, all are ticked."""
    source = rows_or_404(slug)
    form = NextCatalogueForm(posted(request), source=source, chosen=_chosen(request, source))
    if form.is_valid():
        try:
            chosen = form.cleaned_data["actions"]
            done = verb(source=slug, numbers=chosen, frame=form.rows(), by=mandate)
            _tell(request, done)
            return redirect("edit_catalogue", done.catalogue.slug)
        except IllegalTransition as refusal:
            form.add_error("slug", str(refusal))
        except (Broken, CatalogueFileError) as refusal:
            refuse_fields(form, refusal)
    context = {
        "rows": source,
        "form": form,
        "crumbs": [
            (source.title, reverse("catalogue", args=[slug])),
            (_("Næste katalog"), ""),
        ],
    }
    code = 422 if form.is_bound else 200
    return render(request, "actions/carry_over.html", context, status=code)


def _chosen(request: HttpRequest, source: CatalogueRows) -> list[int]:
    asked = request.GET.getlist("handling")
    numbers = [action.number for action in source.actions]
    return [number for number in numbers if not asked or str(number) in asked]


def _tell(request: HttpRequest, done: CarriedOver) -> None:
    messages.success(request, _("%(title)s er oprettet.") % {"title": done.catalogue})
    if done.undated:
        words = ngettext(
            "%(count)d måltal havde et år før den nye periode og står nu uden år.",
            "%(count)d måltal havde et år før den nye periode og står nu uden år.",
            done.undated,
        )
        messages.warning(request, words % {"count": done.undated})
