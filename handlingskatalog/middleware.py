"""What every answer of the application carries."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.defaults import page_not_found


class LoginMiddleware(LoginRequiredMiddleware):
    """Leads who is logged out to the login page; a part of a page gets 401 instead, so that no
    login page ever appears inside another (T4).
    """

    def handle_no_permission(  # type: ignore[override]  # the stubs know a redirect only
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401)
        return super().handle_no_permission(request, view_func)


class PrivatePagesMiddleware:
    """Keeps pages out of every cache: nothing can be read on the machine after logout (T6)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class PlainNotFoundMiddleware:
    """While DEBUG is on: the page that users get for 404, where Django would list every address.

    A demo meets people in Danish too, and what someone may not see looks like what is not there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.DEBUG:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        return page_not_found(request, Http404()) if response.status_code == 404 else response
