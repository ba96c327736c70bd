"""How allauth works here: an administrator makes the accounts, and nobody signs up."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from handlingskatalog.accounts.sessions import prolong

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
        """Counts wrong passwords by user name and address together: somebody who guesses from
        another address is stopped without locking the user out.
        """
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{self.get_client_ip(request)}"

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        prolong(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Logs a mail server that is down instead of failing: the page must not show whether an
        address is known.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            logger.exception("The mail server could not be used.")

    def format_email_subject(self, subject: str) -> str:
        return f"Handlingskatalog: {subject}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")
