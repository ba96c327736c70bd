"""The page of an indicator: what is known of each year, and a form to tell more."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actions.access import READERS, Mandate, allow
from actions.figures.forms import FigureForm
from actions.figures.page import FiguresPage, figures_page
from actions.figures.verbs import FigureFaults, tell_figures
from actions.models import Indicator
from actions.tools.answers import catalogue_crumbs, code_of, tell_and_redirect
from actions.writing.refusals import Conflict


@allow(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request: HttpRequest, mandate: Mandate, slug: str, pk: int) -> HttpResponse:
    """Shows the values. Who may tell of them does so here at any time, of any year that is over."""
    rows = Indicator.objects.select_related("goal__action__catalogue")
    indicator = get_object_or_404(rows, goal__action__catalogue__slug=slug, pk=pk)
    page, refused = figures_page(indicator, mandate), 422
    if request.method == "POST":
        if not page.may_tell:
            raise Http404
        form = FigureForm(request.POST, indicator=indicator)
        if form.is_valid():
            try:
                told = tell_figures(by=mandate, rows=[form.row()])
                words = _("Tallet er noteret.") if told else _("Det stod der allerede.")
                return tell_and_redirect(request, words, "indicator", slug, pk)
            except FigureFaults as faults:
                form.add_faults(faults)
            except Conflict as conflict:
                refused = 409
                form.see(conflict.row)
                form.add_error("year", str(conflict))
                page = figures_page(indicator, mandate)
    else:
        form = _form_for(page, request.GET.get("aar", ""))
    action = indicator.goal.action
    context = {
        "page": page,
        "form": form,
        "catalogue": action.catalogue,
        "crumbs": catalogue_crumbs(
            action.catalogue, (str(action), action.get_absolute_url()), (str(indicator), "")
        ),
    }
    return render(request, "figures/indicator.html", context, status=code_of(form, refused))


def _form_for(page: FiguresPage, asked: str) -> FigureForm:
    """The form for the year that was asked for, else for last year unless that is known."""
    if asked.isdecimal() and len(asked) == len("2025"):
        year: int | None = int(asked)
    else:
        last = timezone.localdate().year - 1
        year = None if page.known_in(last) else last
    initial = FigureForm.initial_of(year, page.known_in(year))
    return FigureForm(indicator=page.indicator, initial=initial)
