"""Økonomiudvalget before the temamøde: comparing the actions, asking, pointing, deciding."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.access import Mandate, allow, get_catalogue
from actions.models import Role
from actions.tools.answers import code_of, posted, tell_and_redirect
from actions.writing.refusals import Conflict, Refused, refusal_in
from reports.access import SELECTORS, get_latest_edition, may_ask, may_point, may_record_decision
from reports.committee import questions
from reports.committee import selection as committee_selection
from reports.committee.criteria import CRITERIA
from reports.committee.forms import AskForm, DecideForm, PointForm
from reports.committee.page import committee_page, get_published_action
from reports.documents.responses import crumbs
from reports.models import Edition, Kind


@allow(*SELECTORS)
@require_safe
def latest(request: HttpRequest, mandate: Mandate, slug: str) -> HttpResponse:
    """Redirects to the page of the latest statusredegørelse; to the reports if there is none."""
    catalogue = get_catalogue(slug)
    rows = Edition.objects.of_catalogue(catalogue).filter(report__kind=Kind.STATUS)
    year = rows.newest_first().values_list("report__year", flat=True).first()
    return redirect("selection", slug, year) if year else redirect("reports", slug)


@allow(*SELECTORS)
@require_safe
def selection(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """The actions side by side; the query string holds the sorting and the compared actions."""
    edition, ticked = get_latest_edition(slug, year), request.GET.getlist("handling")
    page = committee_page(edition, sorter=request.GET.get("sorter", ""), ticked=ticked)
    context = {
        "catalogue": edition.report.catalogue,
        "page": page,
        "criteria": CRITERIA,
        "wrong_number": bool(ticked) and not page.compared,
        "may_decide": may_record_decision(mandate),
        "crumbs": _crumbs(edition),
    }
    return render(request, "committee/selection.html", context)


@allow(*SELECTORS)
@require_safe
def action(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    """One action with the committee's questions and pointers."""
    return _action_page(request, mandate, get_latest_edition(slug, year), number)


@allow(Role.COMMITTEE)
@require_POST
def ask(request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int) -> HttpResponse:
    edition = get_latest_edition(slug, year)
    published, form = get_published_action(edition, number), AskForm(request.POST)
    if form.is_valid():
        with refusal_in(form, "due"):
            questions.ask(report=edition.report, action=published, by=mandate, **form.cleaned_data)
            return tell_and_redirect(
                request,
                _("Spørgsmålet er sendt til de ansvarlige chefer."),
                "selection_action",
                slug,
                year,
                number,
            )
    return _action_page(request, mandate, edition, number, ask_form=form)


@allow(Role.COMMITTEE)
@require_POST
def point(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    edition = get_latest_edition(slug, year)
    published, form = get_published_action(edition, number), PointForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            committee_selection.point(
                report=edition.report, action=published, by=mandate, **form.cleaned_data
            )
            return tell_and_redirect(
                request, _("Du peger på handlingen."), "selection_action", slug, year, number
            )
    return _action_page(request, mandate, edition, number, point_form=form)


@allow(Role.COMMITTEE)
@require_POST
def withdraw_pointer(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, number: int
) -> HttpResponse:
    edition = get_latest_edition(slug, year)
    published = get_published_action(edition, number)
    committee_selection.withdraw_pointer(report=edition.report, action=published, by=mandate)
    messages.success(request, _("Du peger ikke længere på handlingen."))
    return redirect("selection_action", slug, year, number)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """Records the committee's decision. Refused: 422, or 409 if another was recorded first."""
    edition = get_latest_edition(slug, year)
    page, code = committee_page(edition), 422
    form = DecideForm(posted(request), page=page)
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            committee_selection.record_selection(
                edition=edition, decision=form.decided(), revision=revision, by=mandate
            )
        except Conflict as refusal:
            form = DecideForm(request.POST, page=committee_page(edition))
            form.refuse(refusal, form.number)
            code = 409
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Beslutningen er noteret, og cheferne får besked."))
            return redirect("selection", slug, year)
    context = {
        "catalogue": edition.report.catalogue,
        "page": form.page,
        "form": form,
        "stale": code == 409,
        "crumbs": _crumbs(edition, _("Beslutning")),
    }
    return render(request, "committee/decide.html", context, status=code_of(form, code))


def _action_page(
    request: HttpRequest,
    mandate: Mandate,
    edition: Edition,
    number: int,
    *,
    ask_form: AskForm | None = None,
    point_form: PointForm | None = None,
) -> HttpResponse:
    """An action's page; answers 422 with what was typed if a form is refused."""
    row = committee_page(edition).row(number)
    if row is None:
        raise Http404
    refused = ask_form or point_form
    context = {
        "catalogue": edition.report.catalogue,
        "edition": edition,
        "row": row,
        "refused": refused,
        "ask_form": (ask_form or AskForm()) if may_ask(mandate) else None,
        "point_form": (point_form or PointForm()) if may_point(mandate) else None,
        "own_pointer": next((p for p in row.pointers if p.member_id == mandate.user.pk), None),
        "crumbs": _crumbs(edition, _("Handling %(number)d") % {"number": number}),
    }
    return render(
        request, "committee/selection_action.html", context, status=422 if refused else 200
    )


def _crumbs(edition: Edition, title: str = "") -> list[tuple[str, str]]:
    report = edition.report
    here = _("Udvælgelse %(year)d") % {"year": report.year}
    trail = crumbs(report.catalogue, here)
    if not title:
        return trail
    url = reverse("selection", args=[report.catalogue.slug, report.year])
    return [*trail[:-1], (here, url), (title, "")]
