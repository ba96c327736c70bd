"""The project's routes, and an empty view that everything is compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("tom/", empty), path("", include("handlingskatalog.urls"))]
handler404 = "django.views.defaults.page_not_found"
