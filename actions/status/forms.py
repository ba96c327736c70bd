"""The form a head fills in for one goal, and those the coordinator answers with."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.lights import Light
from actions.models import GoalStatus, Indicator, Measurement, Round
from actions.models.status import HARD_LIMIT, HARD_LIMIT_SHORT, SOFT_LIMITS, TEXT_LABELS
from actions.status.entry import Entry, Figure
from actions.tools.fields import LongTextField, value_field
from actions.tools.revised import RevisionInput
from actions.writing.forms import WritingForm
from actions.writing.refusals import Conflict


class ReviewForm(forms.Form):
    """The revision that was read, so that nobody approves or signs a newer text."""

    revision = forms.IntegerField(widget=RevisionInput, min_value=0)


class ReturnForm(ReviewForm):
    comment = LongTextField(
        label=gettext_lazy("Hvad skal ændres?"),
        help_text=gettext_lazy("Chefen ser kommentaren øverst på målet."),
        error_messages={"required": gettext_lazy("Skriv, hvad chefen skal ændre.")},
        hard=HARD_LIMIT,
    )


class UnlockForm(ReviewForm):
    reason = LongTextField(
        label=gettext_lazy("Hvad skal rettes, og hvorfor?"),
        help_text=gettext_lazy(
            "Chefen får det at vide med det samme og kan rette målets status, selv om runden er "
            "lukket. Målet låses igen, når du har godkendt rettelsen. Udgivne rapporter ændres "
            "ikke; lav en rettelse bagefter."
        ),
        error_messages={"required": gettext_lazy("Skriv, hvad der skal rettes, og hvorfor.")},
        hard=HARD_LIMIT,
    )


class CorrectionForm(ReviewForm):
    """What was handed in, without its light and what is empty: there is no slip of the pen in it.

    The value of an indicator comes with the key of the measurement that was seen.
    """

    def __init__(
        self, data: Any = None, *, status: GoalStatus, known: Sequence[Measurement]
    ) -> None:
        self.names = [name for name in TEXT_LABELS if getattr(status, name)]
        self.known = known
        texts = {name: getattr(status, name) for name in self.names}
        values = {f"value-{row.indicator_id}": row.value for row in known}
        seen = {f"seen-{row.indicator_id}": row.pk for row in known}
        super().__init__(data, initial={"revision": status.revision} | texts | values | seen)
        for name in self.names:
            self.fields[name] = LongTextField(
                label=TEXT_LABELS[name],
                hard=HARD_LIMIT,
                error_messages={"required": _("En tekst kan ikke slettes her. Send den tilbage.")},
            )
        for row in known:
            self._add_value(row, status.round)
        self.fields["reason"] = LongTextField(
            label=_("Hvad har du rettet, og hvorfor?"),
            help_text=_("Alle, der kan læse status, ser det her."),
            error_messages={"required": _("Skriv, hvad du har rettet, og hvorfor.")},
            hard=HARD_LIMIT_SHORT,
            rows=2,
        )

    def _add_value(self, row: Measurement, round_: Round) -> None:
        key, indicator = row.indicator_id, row.indicator
        field = value_field(
            indicator.meaning,
            name=indicator.name,
            year=round_.measured_year,
            period_from=round_.catalogue.period_from,
        )
        field.required = True
        field.error_messages["required"] = _("Et tal kan ikke slettes her. Send status tilbage.")
        self.fields[f"value-{key}"] = field
        self.fields[f"seen-{key}"] = forms.IntegerField(widget=RevisionInput)

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.names}

    @property
    def figures(self) -> list[tuple[Measurement, Decimal]]:
        """What is known, with what was typed. Raises Conflict if it is not what was seen."""
        data = self.cleaned_data
        if any(data[f"seen-{row.indicator_id}"] != row.pk for row in self.known):
            raise Conflict(_("Et af tallene er ændret imens. Læs status igen."))
        return [(row, data[f"value-{row.indicator_id}"]) for row in self.known]


HELP = {
    "progress": gettext_lazy("Hvad er der sket, og hvad har det betydet for målet?"),
    "why_unchanged": gettext_lazy(
        "Én sætning. Kræves kun, når teksten er den samme som sidste år."
    ),
    "cause": gettext_lazy("Hvorfor er målet ikke på sporet? Kræves ved rød og gul."),
    "consequence": gettext_lazy(
        "Hvad betyder det for borgere, økonomi eller tid? Kræves ved rød og gul."
    ),
    "next_step": gettext_lazy(
        "Hvad gør I nu, og hvornår? Kræves ved rød og gul. Du ser teksten igen næste år."
    ),
    "why_not_assessable": gettext_lazy("Kræves ved grå."),
    "why_differs": gettext_lazy("Én sætning. Kræves kun, når de er forskellige."),
}


class FigureFields(NamedTuple):
    """An indicator with the four fields of its figure."""

    indicator: Indicator
    value: BoundField
    missing_reason: BoundField
    source: BoundField
    comment: BoundField


class StatusForm(WritingForm[Entry]):
    """Light, texts and figures of one status. Gaps are allowed here: `actions.status.entry.lacks`
    says what a submit needs, and `add_lacks` puts it at the fields.
    """

    light = forms.ChoiceField(
        label=gettext_lazy("Din vurdering"),
        choices=Light,
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Din faglige vurdering afgør lyset; tallene foreslår kun."),
    )

    def __init__(
        self, *args: Any, indicators: list[Indicator], round_: Round, **kwargs: Any
    ) -> None:
        self.indicators, self.round = indicators, round_
        super().__init__(*args, **kwargs)
        for name, label in TEXT_LABELS.items():
            self.fields[name] = LongTextField(
                label=label,
                help_text=HELP[name],
                required=False,
                soft=SOFT_LIMITS[name],
                hard=HARD_LIMIT,
                rows=6 if name == "progress" else 3,
            )
        for indicator in indicators:
            self._add_figure(indicator)
        # The error summary lists the fields in the order of the page: figures first.
        figures = [name for name in self.fields if "-" in name]
        self.order_fields([*figures, "light", "why_differs"])

    @classmethod
    def of(cls, status: GoalStatus, entry: Entry, indicators: list[Indicator]) -> "StatusForm":
        """The form filled with what is stored."""
        initial: dict[str, Any] = {"revision": status.revision, "light": entry.light, **entry.texts}
        for figure in entry.figures:
            initial |= {
                f"value-{figure.indicator}": figure.value,
                f"missing-{figure.indicator}": figure.missing_reason,
                f"source-{figure.indicator}": figure.source,
                f"comment-{figure.indicator}": figure.comment,
            }
        initial |= entry.unparsed
        return cls(initial=initial, indicators=indicators, round_=status.round)

    @property
    def figures(self) -> list[FigureFields]:
        names = ("value", "missing", "source", "comment")
        return [
            FigureFields(indicator, *(self[f"{name}-{indicator.pk}"] for name in names))
            for indicator in self.indicators
        ]

    def content(self) -> Entry:
        """All that was typed, after `is_valid()`; faulty fields too: a draft loses nothing."""
        data = {name: self.typed(name) for name in self.fields}
        values = {name for name in data if name.startswith("value-")}
        return Entry(
            light=data["light"] if data["light"] in Light.values else "",
            texts={name: data[name] for name in GoalStatus.TEXTS},
            figures=tuple(
                Figure(
                    indicator=indicator.pk,
                    value=self.cleaned_data.get(f"value-{indicator.pk}"),
                    missing_reason=data[f"missing-{indicator.pk}"],
                    source=data[f"source-{indicator.pk}"],
                    comment=data[f"comment-{indicator.pk}"],
                )
                for indicator in self.indicators
            ),
            unparsed={name: data[name] for name in values & self.errors.keys() if data[name]},
        )

    def add_lacks(self, lacks: dict[str, str]) -> None:
        for name, message in lacks.items():
            self.add_error(name, message)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for indicator in self.indicators:
            value, reason = data.get(f"value-{indicator.pk}"), data.get(f"missing-{indicator.pk}")
            if value is not None and reason:
                self.add_error(
                    f"missing-{indicator.pk}",
                    _("Der er skrevet et tal. Slet tallet eller grunden til, at det mangler."),
                )
        return data

    def _add_figure(self, indicator: Indicator) -> None:
        def short(label: str, help_text: str = "") -> LongTextField:
            return LongTextField(
                label=label, help_text=help_text, required=False, hard=HARD_LIMIT_SHORT, rows=2
            )

        self.fields[f"value-{indicator.pk}"] = value_field(
            indicator.meaning,
            name=indicator.name,
            year=self.round.measured_year,
            period_from=self.round.catalogue.period_from,
        )
        self.fields[f"missing-{indicator.pk}"] = short(
            _("Tallet mangler, fordi"), _("Udfyldes kun, når du ikke har et tal.")
        )
        self.fields[f"source-{indicator.pk}"] = short(_("Kilde"))
        self.fields[f"comment-{indicator.pk}"] = short(_("Bemærkning til tallet"))
