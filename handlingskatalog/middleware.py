"""What every answer of the application carries."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control


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
