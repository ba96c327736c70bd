"""How accounts work here: an administrator makes them; nobody signs up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


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
