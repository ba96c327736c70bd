"""The pages: each fetches through access, binds a form, calls one verb, renders or redirects."""

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the posted data, even where it is empty; None for a page visit."""
    return request.POST if request.method == "POST" else None
