"""What holds for every answer: the login, no caching, and one page for 404."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.defaults import page_not_found


class LoginMiddleware(LoginRequiredMiddleware):
    """Redirects a user who is logged out to the login page. An htmx request gets 401 instead, so
    that the login page never appears inside another page (T4).
    """

    def handle_no_permission(  # type: ignore[override]  # the stubs allow a redirect only
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401)
        return super().handle_no_permission(request, view_func)


class PrivatePagesMiddleware:
    """Keeps pages out of every cache, so that nobody can read them after the logout (T6)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class PlainNotFoundMiddleware:
    """In DEBUG: shows the users' own 404 page instead of Django's list of every address.

    The demo speaks Danish too, and a page you may not see looks like one that does not exist.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.DEBUG:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        return page_not_found(request, Http404()) if response.status_code == 404 else response
