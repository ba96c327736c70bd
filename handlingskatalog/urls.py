"""Every address of the application; the short ones come before a catalogue's own."""

from django.urls import include, path, re_path

from handlingskatalog import views

urlpatterns = [
    path("", views.home, name="home"),
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
    path("was/", views.was, name="was"),
    path("konto/forlaeng/", views.prolong_session, name="prolong_session"),
    path("konto/", include("handlingskatalog.account_urls")),
    re_path(
        rf"^(?P<section>{'|'.join(views.SECTIONS)})/(?P<rest>(?:[\w.-]+/?)*)$",
        views.in_current_catalogue,
        name="in_current_catalogue",
    ),
    path("", include("reports.urls")),
    path("", include("actions.urls")),
]
