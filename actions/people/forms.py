"""The forms with which posts are filled and users are given their roles."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import GRANTABLE, Administration, Position, User
from actions.tools.fields import DayField


class DelegationForm(forms.Form):
    """Which deputy writes for one of the head's posts, and in which period."""

    position = forms.ModelChoiceField(
        label=gettext_lazy("For stillingen"),
        queryset=Position.objects.none(),
        empty_label=gettext_lazy("Vælg en stilling"),
    )
    deputy = forms.ModelChoiceField(
        label=gettext_lazy("Hvem skal kunne skrive?"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Vælg en bruger"),
    )
    may_submit = forms.BooleanField(
        label=gettext_lazy("Må også indsende og tiltræde"),
        help_text=gettext_lazy("Uden dette kan stedfortræderen kun gemme kladder."),
        required=False,
    )
    starts = DayField(label=gettext_lazy("Fra og med"))
    ends = DayField(
        label=gettext_lazy("Til og med"),
        help_text=gettext_lazy("Lad feltet stå tomt, hvis det gælder indtil videre."),
        required=False,
    )

    def __init__(
        self, *args: Any, held: Iterable[int], head: User, today: date, **kwargs: Any
    ) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        posts = Position.objects.filter(pk__in=list(held))
        _choose_from(self.fields["position"], posts)
        _choose_from(self.fields["deputy"], User.objects.filter(is_active=True).exclude(pk=head.pk))
        if len(posts) == 1:
            self.fields["position"].initial = posts[0]

    def clean_starts(self) -> date:
        starts: date = self.cleaned_data["starts"]
        if starts < self.today:
            raise ValidationError(_("Første dag er gået. Vælg en dag fra i dag og frem."))
        return starts

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("Sidste dag ligger før den første. Vælg en senere dag."))
        return data


def _choose_from(field: forms.Field, rows: Any) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


class PositionForm(forms.Form):
    """The administration of a post; a new name makes a new administration."""

    administration = forms.CharField(
        label=gettext_lazy("Forvaltning"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Skriv navnet. Lad feltet stå tomt, hvis stillingen ingen har."),
        # The page lists the names in use, so that one is not spelled in two ways.
        widget=forms.TextInput(attrs={"list": "administrations"}),
    )


class RenameForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Stillingens navn"),
        max_length=200,
        help_text=gettext_lazy(
            "Det nye navn gælder alle kataloger. Udgivne rapporter og historikken beholder det "
            "gamle. Eksportér kataloget igen, før du retter det i en fil."
        ),
    )


class TakeOverForm(forms.Form):
    """Which post takes over."""

    into = forms.ModelChoiceField(
        label=gettext_lazy("Hvilken stilling tager over?"),
        queryset=Position.objects.none(),
        empty_label=gettext_lazy("Vælg en stilling"),
        help_text=gettext_lazy(
            "Fra i dag svarer den for alle handlinger, måltal og mål, der endnu mangler status. "
            "Den, der har stillingen nu, fratræder i går. Udgivne rapporter, lukkede runder og "
            "historikken beholder navnet."
        ),
    )

    def __init__(self, *args: Any, position: Position, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Position.objects.filter(merged_into__isnull=True).exclude(pk=position.pk)
        _choose_from(self.fields["into"], others)


class AppointmentForm(forms.Form):
    user = forms.ModelChoiceField(
        label=gettext_lazy("Hvem tiltræder?"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Vælg en bruger"),
    )
    starts = DayField(
        label=gettext_lazy("Fra og med"),
        help_text=gettext_lazy("Den nuværende chef fratræder dagen før."),
    )

    def __init__(self, *args: Any, position: Position, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        users = self.fields["user"]
        assert isinstance(users, forms.ModelChoiceField)
        users.queryset = User.objects.filter(is_active=True)


class EndAppointmentForm(forms.Form):
    ends = DayField(label=gettext_lazy("Sidste dag i stillingen"))

    def __init__(self, *args: Any, starts: date, **kwargs: Any) -> None:
        self.starts = starts
        super().__init__(*args, **kwargs)

    def clean_ends(self) -> date:
        ends: date = self.cleaned_data["ends"]
        if ends < self.starts:
            raise ValidationError(_("Sidste dag ligger før den første. Vælg en senere dag."))
        return ends


class UserForm(forms.ModelForm):  # type: ignore[type-arg]
    """A user with roles. The password is set for a new user, and if one is typed."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roller"),
        choices=[(role.value, role.label) for role in GRANTABLE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Ansvarlige chefer får deres adgang af stillingen, ikke her."),
    )
    administration = forms.ModelChoiceField(
        label=gettext_lazy("Forvaltning, som projektgruppens medlem repræsenterer"),
        queryset=Administration.objects.all(),
        required=False,
        empty_label=gettext_lazy("Ingen"),
    )
    password = forms.CharField(
        label=gettext_lazy("Adgangskode"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "is_active")
        labels = {
            "username": gettext_lazy("Brugernavn"),
            "first_name": gettext_lazy("Fornavn"),
            "last_name": gettext_lazy("Efternavn"),
            "email": gettext_lazy("E-mail"),
            "is_active": gettext_lazy("Brugeren må logge ind"),
        }
        help_texts = {"username": "", "is_active": ""}

    field_order = (
        "username",
        "first_name",
        "last_name",
        "email",
        "password",
        "roles",
        "administration",
        "is_active",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        password = self.fields["password"]
        if self.instance.pk:
            grants = list(self.instance.role_grants.all())
            self.fields["roles"].initial = [grant.role for grant in grants]
            self.fields["administration"].initial = next(
                (grant.administration_id for grant in grants if grant.administration_id), None
            )
            password.help_text = _("Lad feltet stå tomt for at beholde den nuværende.")
        else:
            password.required = True
            password.help_text = _("Mindst 8 tegn. Brugeren kan selv skifte den.")

    def _post_clean(self) -> None:
        """Checks the password last: the validators compare it with the user's names."""
        super()._post_clean()  # type: ignore[misc]  # not in the stubs
        if password := self.cleaned_data.get("password"):
            try:
                validate_password(password, self.instance)
            except ValidationError as error:
                self.add_error("password", error)

    def user(self) -> User:
        """The user as filled in, not yet saved."""
        user: User = self.instance
        if password := self.cleaned_data["password"]:
            user.set_password(password)
        return user
