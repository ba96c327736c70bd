"""What others say to a status: a co-head's signature, and comments with their answers."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from actions.access import (
    READERS,
    WRITERS,
    Mandate,
    allow,
    get_commentable_status,
    get_readable_status,
    get_resolvable_thread,
    get_signable_status,
    get_thread,
)
from actions.dialogue import verbs
from actions.dialogue.forms import CommentForm, SignForm
from actions.models import Comment, GoalStatus
from actions.status.views.write import status_page
from actions.writing.refusals import Refused


@allow(*WRITERS)
@require_POST
def sign(request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int) -> HttpResponse:
    status = get_signable_status(mandate, slug, year, goal)
    form = SignForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Siden er for gammel. Læs status igen, og tiltræd så."))
        return redirect(status)
    try:
        verbs.sign(status=status, by=mandate, text_version=form.cleaned_data["text_version"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Du har tiltrådt status."))
    return redirect(status)


@allow(*READERS)
@require_POST
def comment(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int
) -> HttpResponse:
    status = get_commentable_status(mandate, slug, year, goal)
    return _comment(request, mandate, status, CommentForm(request.POST))


@allow(*READERS)
@require_POST
def answer(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int, thread: int
) -> HttpResponse:
    status = get_commentable_status(mandate, slug, year, goal)
    first = get_thread(status, thread)
    return _comment(request, mandate, status, CommentForm(request.POST, thread=first))


@allow(*READERS)
@require_POST
def resolve(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int, thread: int
) -> HttpResponse:
    status = get_readable_status(mandate, slug, year, goal)
    first = get_resolvable_thread(mandate, status, thread)
    return _settle(request, mandate, first, verbs.resolve)


@allow(*READERS)
@require_POST
def reopen(
    request: HttpRequest, mandate: Mandate, slug: str, year: int, goal: int, thread: int
) -> HttpResponse:
    status = get_readable_status(mandate, slug, year, goal)
    first = get_resolvable_thread(mandate, status, thread)
    return _settle(request, mandate, first, verbs.reopen_comment)


def _comment(
    request: HttpRequest, mandate: Mandate, status: GoalStatus, form: CommentForm
) -> HttpResponse:
    """Stores the comment. If it is refused, the page comes back with all that was typed."""
    if not form.is_valid():
        return status_page(request, mandate, status, form, code=422)
    try:
        made = verbs.comment(
            status=status, by=mandate, text=form.cleaned_data["text"], thread=form.thread
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return status_page(request, mandate, status, form, code=409)
    messages.success(request, _("Kommentaren er sendt."))
    _tell_of_unknown(request, made)
    return _to_thread(status, form.thread or made)


def _tell_of_unknown(request: HttpRequest, made: Comment) -> None:
    """Warns of names after "@" that no reader of the status has."""
    unknown = verbs.unknown_mentions(made.text, made.status)
    if unknown:
        names = ", ".join(f"@{name}" for name in unknown)
        messages.warning(
            request,
            _("%(names)s får ingen besked: ingen, der kan læse målet, hedder sådan.")
            % {"names": names},
        )


def _settle(
    request: HttpRequest, mandate: Mandate, first: Comment, verb: Callable[..., Comment]
) -> HttpResponse:
    try:
        verb(thread=first, by=mandate)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _to_thread(first.status, first)


def _to_thread(status: GoalStatus, first: Comment) -> HttpResponse:
    return redirect(f"{status.get_absolute_url()}#kommentar-{first.pk}")
