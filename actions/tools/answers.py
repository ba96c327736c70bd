"""What views share: a form's data, a page's status code, a redirect with a message, crumbs."""

from typing import Protocol

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from actions.models import Catalogue, GoalStatus, Round

#: The words and the address of a breadcrumb; the page itself has the address "".
type Crumb = tuple[str, str]
type Crumbs = list[Crumb]


class Addressed(Protocol):
    def get_absolute_url(self) -> str: ...


def posted(request: HttpRequest) -> QueryDict | None:
    """The data to bind a form to: what was posted, even if empty; None for a GET."""
    return request.POST if request.method == "POST" else None


def code_of(form: BaseForm, refused: int = 422) -> int:
    """The status code of a page with a form: 200 for a GET, else `refused`.

    422 means that the form is not valid, 409 that somebody else was faster.
    """
    return refused if form.is_bound else 200


def tell_and_redirect(
    request: HttpRequest, words: str, to: str | Addressed, *args: str | int
) -> HttpResponse:
    messages.success(request, words)
    return redirect(to, *args)


def catalogue_crumbs(catalogue: Catalogue, *more: Crumb) -> Crumbs:
    return [(catalogue.title, catalogue.get_absolute_url()), *more]


def round_crumbs(round_: Round, title: str) -> Crumbs:
    return catalogue_crumbs(round_.catalogue, (str(round_), round_.get_absolute_url()), (title, ""))


def status_crumbs(status: GoalStatus, *more: Crumb) -> Crumbs:
    return [
        (str(status.round), status.round.get_absolute_url()),
        (str(status.goal.action), status.get_absolute_url()),
        *more,
    ]
