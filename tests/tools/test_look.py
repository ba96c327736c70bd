"""The template tags that draw lights, states and form controls."""

import re
from datetime import date

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string

from actions.lights import LOOKS, Light
from actions.models import RoundState, State
from actions.templatetags import look


class Sample(forms.Form):
    text = forms.CharField(
        label="Fremdrift",
        help_text="Hvad er <sket>?",
        max_length=10,
        widget=forms.Textarea(attrs={"data-soft-limit": 5}),
    )
    day = forms.DateField(label="Dag")
    light = forms.ChoiceField(label="Vurdering", choices=Light.choices, widget=forms.RadioSelect)
    tell = forms.MultipleChoiceField(
        label="Besked", choices=[("a", "VUF")], widget=forms.CheckboxSelectMultiple
    )


def field_html(form: forms.Form, name: str) -> str:
    return render_to_string("components/field.html", {"field": form[name]})


@pytest.mark.parametrize("light", Light)
def test_the_style_sheet_has_the_colours_of_the_lights(light: Light) -> None:
    css = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text("utf-8")
    assert f"--{light}: {LOOKS[light].colour};" in css
    assert f"--{light}-tint: {LOOKS[light].tint};" in css


@pytest.mark.parametrize("light", Light)
def test_a_light_is_shape_and_word(light: Light) -> None:
    html = look.light(light)
    assert LOOKS[light].path in html
    assert str(light.label) in html


@pytest.mark.parametrize("nothing", ["", None, "purple"])
def test_no_light_is_said_in_words(nothing: str | None) -> None:
    html = look.light(nothing, compact=True)
    assert "Ingen vurdering" in html
    assert "sr-only" in html


def test_every_state_has_a_shape_in_the_sprite() -> None:
    sprite = (settings.BASE_DIR / "static" / "icons.svg").read_text("utf-8")
    for code in [*State.values, *RoundState.values]:
        assert f'id="{look.STATE_ICONS[code]}"' in sprite
        assert f"state--{code}" in look.state(code)


def test_every_icon_a_template_names_is_in_the_sprite() -> None:
    sprite = (settings.BASE_DIR / "static" / "icons.svg").read_text("utf-8")
    for template in (settings.BASE_DIR / "templates").rglob("*.html"):
        for name in re.findall(r'{% icon "([^"]+)"', template.read_text("utf-8")):
            assert f'id="{name}"' in sprite, f"{template.name}: {name}"


def test_a_field_never_cuts_a_text_but_advises_on_its_length() -> None:
    html = field_html(Sample(), "text")
    assert "maxlength=" not in html.replace("data-maxlength=", "")
    assert 'data-maxlength="5"' in html
    assert "Skriv gerne højst 5 tegn" in html


def test_a_control_names_its_hint_its_error_and_its_advice() -> None:
    html = field_html(Sample({}), "text")
    assert 'aria-describedby="id_text_helptext id_text_error id_text_limit"' in html
    assert 'aria-invalid="true"' in html
    for name in ("helptext", "error", "limit"):
        assert f'id="id_text_{name}"' in html


def test_a_hint_is_text_and_never_markup() -> None:
    assert "Hvad er &lt;sket&gt;?" in field_html(Sample(), "text")


def test_a_day_is_given_to_the_browser_in_its_own_format() -> None:
    html = field_html(Sample(initial={"day": date(2026, 3, 1)}), "day")
    assert 'type="date"' in html
    assert 'value="2026-03-01"' in html


def test_a_group_stands_in_a_fieldset_with_a_class_for_each_kind() -> None:
    lights = field_html(Sample({"light": "at_risk"}), "light")
    assert "<fieldset" in lights
    assert lights.count('class="form-radio"') == len(Light)
    assert lights.count("checked") == 1
    assert 'class="form-checkbox"' in field_html(Sample(), "tell")


def test_the_summary_links_to_what_can_take_the_focus() -> None:
    form = Sample({"text": "ja", "day": "i morgen"})
    html = render_to_string("components/error_summary.html", {"form": form})
    assert '<a href="#id_day">' in html
    assert '<a href="#id_light_0">' in html
    assert "#id_text" not in html


def test_there_is_no_summary_without_errors() -> None:
    assert not render_to_string("components/error_summary.html", {"form": Sample()}).strip()
