"""The pages of an indicator, and of those that somebody delivers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.access import READERS, Mandate, allow, get_indicator
from actions.figures import supplying
from actions.figures.forms import ColumnForm, FigureForm, SupplierForm
from actions.figures.page import FiguresPage, figures_page, supplier_of
from actions.figures.supplied import supplied_by
from actions.figures.told import FigureFaults, told_words
from actions.figures.verbs import tell_figures
from actions.models import Indicator, Role
from actions.tools.answers import Crumbs, catalogue_crumbs, code_of, posted, tell_and_redirect
from actions.writing.refusals import Conflict, refusal_in


@allow(*READERS, Role.SUPPLIER)
@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request: HttpRequest, mandate: Mandate, slug: str, pk: int) -> HttpResponse:
    """Shows the values. Who may tell of them does so here at any time, of any year that is over."""
    indicator = get_indicator(mandate, slug, pk)
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
    context = {
        "page": page,
        "form": form,
        "catalogue": indicator.goal.action.catalogue,
        "is_reader": not mandate.roles.isdisjoint(READERS),
        "mandate": mandate,
        "crumbs": _crumbs(indicator, mandate),
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


@allow(*READERS, Role.SUPPLIER)
@require_http_methods(["GET", "HEAD", "POST"])
def paste_figures(request: HttpRequest, mandate: Mandate, slug: str, pk: int) -> HttpResponse:
    """Many years at once: first shown beside what is known, then kept if that is confirmed."""
    indicator = get_indicator(mandate, slug, pk)
    page, refused = figures_page(indicator, mandate), 422
    if not page.may_tell:
        raise Http404
    form = ColumnForm(posted(request), page=page)
    if form.is_valid() and "confirm" in request.POST:
        try:
            told = tell_figures(by=mandate, rows=form.rows())
            words = told_words(len(told)) if told else _("Tallene stod der allerede.")
            return tell_and_redirect(request, words, indicator)
        except FigureFaults as faults:
            form.add_faults(faults)
        except Conflict as conflict:
            refused = 409
            form.add_error("column", str(conflict))
            page = figures_page(indicator, mandate)
    context = {
        "page": page,
        "form": form,
        "preview": form.preview(page),
        "catalogue": indicator.goal.action.catalogue,
        "crumbs": _crumbs(indicator, mandate, _("Indsæt en kolonne")),
    }
    code = code_of(form, refused) if form.errors else 200
    return render(request, "figures/paste.html", context, status=code)


@allow(Role.SUPPLIER)
@require_safe
def supplied(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    context = {
        "catalogues": supplied_by(mandate, timezone.localdate()),
        "crumbs": [(_("Måltal, du leverer"), "")],
    }
    return render(request, "figures/supplied.html", context)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def supplier(request: HttpRequest, mandate: Mandate, slug: str, pk: int) -> HttpResponse:
    """Names who delivers the values, or shows who does."""
    indicator = get_indicator(mandate, slug, pk)
    form = SupplierForm(posted(request))
    if form.is_valid():
        with refusal_in(form):
            named = supplying.name_supplier(indicator=indicator, by=mandate, **form.cleaned_data)
            words = _("%(who)s leverer nu måltallet.") % {"who": named}
            return tell_and_redirect(request, words, indicator)
    context = {
        "indicator": indicator,
        "supplier": supplier_of(indicator),
        "form": form,
        "catalogue": indicator.goal.action.catalogue,
        "crumbs": _crumbs(indicator, mandate, _("Måltalsleverandør")),
    }
    return render(request, "figures/supplier.html", context, status=code_of(form))


@allow(Role.COORDINATOR)
@require_POST
def end_supplier(request: HttpRequest, mandate: Mandate, slug: str, pk: int) -> HttpResponse:
    indicator = get_indicator(mandate, slug, pk)
    supplying.end_supplier(indicator=indicator, by=mandate)
    return tell_and_redirect(request, _("Måltallet har ikke længere en leverandør."), indicator)


def _crumbs(indicator: Indicator, mandate: Mandate, title: str = "") -> Crumbs:
    """Over the action; for a supplier, who does not open it, over the list of their own. `title` is
    that of a page under the indicator's own.
    """
    crumbs: Crumbs = [(str(indicator), indicator.get_absolute_url() if title else "")]
    crumbs += [(title, "")] if title else []
    if mandate.roles.isdisjoint(READERS):
        return [(_("Måltal, du leverer"), reverse("supplied")), *crumbs]
    action = indicator.goal.action
    return catalogue_crumbs(action.catalogue, (str(action), action.get_absolute_url()), *crumbs)
