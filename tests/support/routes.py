"""Every address of the application, found from the URL configuration."""

from collections.abc import Iterator, Sequence

from django.urls import URLPattern, URLResolver, get_resolver


def route_names() -> set[str]:
    """The names of all routes; a route without a name is an error in itself."""
    return {str(pattern.name) for pattern in _patterns(get_resolver().url_patterns)}


def _patterns(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            assert pattern.name, f"{pattern} has no name"
            yield pattern
