"""The addresses of login and password. What allauth has besides (signup, e-mail) has none here.

allauth marks the public ones of its views with `login_not_required` itself.
"""

from allauth.account import views
from django.urls import path, re_path
from django.views.generic import RedirectView

from handlingskatalog.accounts import DanishLoginForm

urlpatterns = [
    path(
        "log-ind/",
        views.LoginView.as_view(form_class=DanishLoginForm),
        name="account_login",
    ),
    path("log-ud/", views.logout, name="account_logout"),
    path("lukket/", views.account_inactive, name="account_inactive"),
    path("adgangskode/", views.password_change, name="account_change_password"),
    # Where allauth sends somebody without a password: they get one by e-mail like everybody else.
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
