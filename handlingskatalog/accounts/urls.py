"""The addresses of login and password. allauth's other views (signup, e-mail) have none here.

allauth itself marks its public views with `login_not_required`.
"""

from allauth.account import views
from django.urls import path, re_path
from django.views.generic import RedirectView

from handlingskatalog.accounts.forms import DanishLoginForm

urlpatterns = [
    path(
        "log-ind/",
        views.LoginView.as_view(form_class=DanishLoginForm),
        name="account_login",
    ),
    path("log-ud/", views.logout, name="account_logout"),
    path("lukket/", views.account_inactive, name="account_inactive"),
    path("adgangskode/", views.password_change, name="account_change_password"),
    # allauth sends a user without a password here: they get one by e-mail, like everybody else.
    path(
        "adgangskode/ny/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path("glemt/", views.password_reset, name="account_reset_password"),
    path("glemt/sendt/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "glemt/faerdig/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^glemt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
