"""The coordinator's reminder, and the log of what was sent."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from actions.access import Mandate, allow, get_round
from actions.mail import letters, notices, outbox
from actions.mail.forms import ReminderForm
from actions.mail.lacking import Lacking, lacking
from actions.mail.outbox import NotReady, Outcome
from actions.mail.unmanned import unmanned
from actions.models import Mail, Notice, Role, Round, RoundState
from actions.tools.answers import code_of, posted, round_crumbs
from actions.writing.refusals import Refused

MAILS_ON_A_PAGE = 50


@allow(Role.COORDINATOR)
@require_safe
def mail_log(request: HttpRequest, mandate: Mandate) -> HttpResponse:
    rows = Mail.objects.prefetch_related("notices").defer("body")
    context = {
        "page": Paginator(rows, MAILS_ON_A_PAGE).get_page(request.GET.get("side")),
        "untold": Notice.objects.filter(mail=None).count(),
        "crumbs": [(_("Post"), "")],
    }
    return render(request, "mail/mail_log.html", context)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest, mandate: Mandate, slug: str, year: int) -> HttpResponse:
    """Shows who gets the reminder, and the text; then sends it to those who are ticked."""
    round_, today = get_round(slug, year), timezone.localdate()
    is_open = round_.state(today) is RoundState.OPEN
    already = notices.reminded_on(today)
    people = lacking(round_, today) if is_open else []
    free = [row for row in people if row.user.pk not in already and _can_get_mail(row)]
    form = ReminderForm(posted(request), people=[(str(row.user.pk), _words(row)) for row in free])
    if form.is_valid():
        return _remind(request, round_, form.chosen(), mandate)
    context = {
        "catalogue": round_.catalogue,
        "round": round_,
        "is_open": is_open,
        "form": form if free else None,
        "reminded": [row for row in people if row.user.pk in already],
        "unreachable": [row for row in people if not _can_get_mail(row)],
        "unmanned": unmanned(round_, today) if is_open else [],
        "letters": _letters(request, free, round_),
        "crumbs": round_crumbs(round_, _("Send en påmindelse")),
    }
    return render(request, "mail/remind.html", context, status=code_of(form))


def _remind(request: HttpRequest, round_: Round, to: list[int], by: Mandate) -> HttpResponse:
    try:
        outcome = outbox.remind(round_=round_, to=to, by=by)
    except (Refused, NotReady) as refusal:
        messages.error(request, str(refusal))
    else:
        _tell(request, outcome)
    return redirect(round_)


def _tell(request: HttpRequest, outcome: Outcome) -> None:
    if outcome.sent:
        words = ngettext(
            "Påmindelsen er sendt til %(count)d person.",
            "Påmindelsen er sendt til %(count)d personer.",
            outcome.sent,
        )
        messages.success(request, words % {"count": outcome.sent})
    if outcome.waiting:
        words = ngettext(
            "Mailserveren tager ikke imod lige nu. %(count)d påmindelse ligger klar og bliver "
            "sendt ved næste daglige udsendelse. Du behøver ikke gøre mere.",
            "Mailserveren tager ikke imod lige nu. %(count)d påmindelser ligger klar og bliver "
            "sendt ved næste daglige udsendelse. Du behøver ikke gøre mere.",
            outcome.waiting,
        )
        messages.warning(request, words % {"count": outcome.waiting})
    if outcome.given_up:
        messages.error(request, _("Nogle mails kunne ikke sendes. Se hvorfor under Post."))


def _can_get_mail(row: Lacking) -> bool:
    return row.user.is_active and bool(row.user.email)


def _words(row: Lacking) -> str:
    """The label of a person's checkbox: name, posts, and how much of each is missing."""
    posts = [post for post in row.positions if post != str(row.user)]
    counts = {
        ngettext("%(count)d mål mangler", "%(count)d mål mangler", len(row.statuses)): row.statuses,
        ngettext(
            "%(count)d måltal mangler", "%(count)d måltal mangler", len(row.indicators)
        ): row.indicators,
        ngettext(
            "%(count)d anden tekst mangler", "%(count)d andre tekster mangler", len(row.wanted)
        ): row.wanted,
    }
    lacks = ", ".join(words % {"count": len(rows)} for words, rows in counts.items() if rows)
    return " – ".join(filter(None, [str(row.user), ", ".join(posts), lacks]))


def _letters(
    request: HttpRequest, people: list[Lacking], round_: Round
) -> list[tuple[Lacking, letters.Letter]]:
    site = settings.SITE_URL or request.build_absolute_uri("/").rstrip("/")
    today = timezone.localdate()
    return [(row, letters.reminder_for(row, round_, today=today, site=site)) for row in people]
