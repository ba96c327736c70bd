"""How things look on a page: lights, states, icons, form controls and Danish figures.

Presentation only. The lights' words, colours and shapes come from `actions.lights`. Only here do
form controls get the design system's classes: `{% control field %}` renders a field's widget with
its class and its descriptions, so that a form class knows no CSS.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from django import template
from django.forms import BoundField, DateInput, Form, Widget
from django.forms.boundfield import BoundWidget
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from actions import danish
from actions.lights import LOOKS, Light
from actions.models import RoundState, State

register = template.Library()

#: The shape that distinguishes states without their colours.
STATE_ICONS: Final[dict[str, str]] = {
    State.NOT_STARTED: "circle",
    State.DRAFT: "edit",
    State.SUBMITTED: "send",
    State.RETURNED: "reply",
    State.APPROVED: "success",
    RoundState.PLANNED: "calendar",
    RoundState.OPEN: "edit",
    RoundState.CLOSED: "lock",
}

#: Django's message levels as the design system's alerts: its variant and what is read aloud.
ALERTS: Final = {
    "success": ("success", _("Udført")),
    "warning": ("warning", _("Advarsel")),
    "error": ("error", _("Fejl")),
}


# A matrix shows hundreds of these few pictures, so each is rendered once and cached.


@register.simple_tag
@lru_cache(maxsize=64)
def light(code: str | None, *, compact: bool = False) -> SafeString:
    """A light as shape and word on a pill; `compact` leaves the word to screen readers."""
    known = Light(code) if code in Light.values else None
    context = {
        "code": known or "none",
        "word": known.label if known else _("Ingen vurdering"),
        "look": LOOKS[known] if known else None,
        "compact": compact,
    }
    return render_to_string("components/light.html", context)


@register.simple_tag
@lru_cache(maxsize=64)
def state(code: str) -> SafeString:
    """The state of a status or a round, as shape and word."""
    choices = State if code in State.values else RoundState
    context = {"code": code, "word": choices(code).label, "icon_name": STATE_ICONS[code]}
    return render_to_string("components/state.html", context)


@register.simple_tag
@lru_cache(maxsize=64)
def icon(name: str, css: str = "") -> SafeString:
    """A symbol of `static/icons.svg`; decoration only, so say in words what it means."""
    return render_to_string("components/icon.html", {"name": name, "css": css})


@register.filter
def paragraph(words: SafeString, css: str) -> str:
    """The content of a layout's block as a paragraph; nothing if the block is empty."""
    text = mark_safe(words.strip())
    return render_to_string("components/paragraph.html", {"text": text, "css": css}) if text else ""


@register.filter
def alert_variant(level_tag: str) -> str:
    return ALERTS.get(level_tag, ("info", ""))[0]


@register.filter
def alert_word(level_tag: str) -> str:
    return str(ALERTS.get(level_tag, ("", _("Information")))[1])


# Forms


def _css(widget: Widget) -> str:
    """The design system's class for a widget."""
    kind = getattr(widget, "input_type", "")
    return f"form-{kind}" if kind in {"checkbox", "radio", "select"} else "form-input"


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of what describes a field: its hint, its errors and its counter."""
    ids = {
        "helptext": field.help_text,
        "error": field.errors,
        "limit": soft_limit(field),
    }
    own = field.field.widget.attrs.get("aria-describedby", "")
    return " ".join([*(f"{field.auto_id}_{name}" for name, has in ids.items() if has), own]).strip()


@register.filter
def soft_limit(field: BoundField) -> str:
    """The advised length of a text, in characters; it never stops anybody typing."""
    return str(field.field.widget.attrs.get("data-soft-limit", ""))


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """A field's widget, ready for the page.

    Never with `maxlength`, which silently cuts a pasted text, nor with a placeholder, which is gone
    when it is needed. Dates use the browser's own picker, which needs ISO.
    """
    widget = field.field.widget
    attrs: dict[str, Any] = {
        "class": f"{_css(widget)} {widget.attrs.get('class', '')}".strip(),
        "maxlength": False,
        "placeholder": False,
    }
    if ids := described_by(field):
        attrs["aria-describedby"] = ids
    if isinstance(widget, DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    return field.as_widget(attrs=attrs)


@register.filter
def choice(option: BoundWidget) -> SafeString:
    """One radio button or checkbox of a group."""
    option.data["attrs"]["class"] = _css(option.parent_widget)
    # The group has it; ARIA does not allow it on a single radio button.
    option.data["attrs"].pop("aria-invalid", None)
    return SafeString(option.tag())


@register.filter
def anchor(field: BoundField) -> str:
    """The id to jump to for a field: its control, or the first of its group."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def faulty_fields(form: Form) -> list[BoundField]:
    return [field for field in form if field.errors]


# Danish


@register.filter
def danish_date(day: date | None) -> str:
    return "" if day is None else danish.format_date(day)


@register.filter
def danish_time(moment: datetime | None) -> str:
    return "" if moment is None else danish.format_time(moment)
