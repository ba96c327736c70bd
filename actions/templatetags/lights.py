"""A light's look by its code, for page and paper; what a PDF is made of knows no models."""

from django import template

from actions.lights import LOOKS, Light, Look

register = template.Library()


@register.filter
def light_look(code: str) -> Look | None:
    """The look of a light; None for the empty choice."""
    return LOOKS.get(Light(code)) if code in Light.values else None
