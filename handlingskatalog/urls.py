"""Every address of the application; short ones come before those in a catalogue."""

from django.urls import include, path, re_path

from handlingskatalog.views import (
    SECTIONS,
    accessibility,
    home,
    in_current_catalogue,
    prolong_session,
    was,
)

urlpatterns = [
    path("", home, name="home"),
    path("tilgaengelighed/", accessibility, name="accessibility"),
    path("was/", was, name="was"),
    path("konto/forlaeng/", prolong_session, name="prolong_session"),
    path("konto/", include("handlingskatalog.accounts.urls")),
    re_path(
        rf"^(?P<section>{'|'.join(SECTIONS)})/(?P<rest>(?:[\w.-]+/?)*)$",
        in_current_catalogue,
        name="in_current_catalogue",
    ),
    path("", include("reports.urls")),
    path("", include("actions.urls")),
]
