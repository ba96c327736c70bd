"""How accounts work here: an administrator makes them; nobody signs up."""

import logging
from time import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def prolong(request: HttpRequest) -> int:
    """Lets the session last its whole time from now; the seconds it lasts.

    Only login and the user's own word do this: reading a page writes nothing.
    """
    request.session["ends"] = int(time()) + settings.SESSION_COOKIE_AGE
    return settings.SESSION_COOKIE_AGE


def seconds_left(request: HttpRequest) -> int | None:
    """How long the session lasts yet; None where it was not begun by a login."""
    ends = request.session.get("ends")
    return None if ends is None else max(0, ends - int(time()))


logger = logging.getLogger(__name__)


class ClosedSignup(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Kontoen er lukket. Spørg din systemadministrator."),
        "email_password_mismatch": _("E-mail og adgangskode passer ikke sammen."),
        "username_password_mismatch": _("Brugernavn og adgangskode passer ikke sammen."),
        "enter_current_password": _("Det er ikke din nuværende adgangskode."),
        "invalid_password_reset": _("Linket er brugt eller for gammelt."),
        "rate_limited": _("Du har prøvet for mange gange. Vent lidt, og prøv igen."),
        "too_many_login_attempts": _("Du har prøvet for mange gange. Vent lidt, og prøv igen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords count by name and address together: whoever guesses at somebody's
        password from elsewhere is stopped, and does not keep that person out.
        """
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{self.get_client_ip(request)}"

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        prolong(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down is for the log, not for the page: whether an address is
        known must not show.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            logger.exception("The mail server could not be used.")

    def format_email_subject(self, subject: str) -> str:
        return f"Handlingskatalog: {subject}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")


class DanishLoginForm(LoginForm):
    """The login form with a label that says what to write; "forgot it" stands below the button."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Brugernavn eller e-mail")
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["password"].help_text = ""
