"""Forms of what somebody else may save meanwhile."""

from django import forms


class VersionedForm(forms.Form):
    """`version` is the optimistic lock's token: what the page was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def refuse(self, refusal: Exception, version: int) -> None:
        """Says why nothing was saved; what is sent again is meant for the `version` shown now."""
        self.add_error(None, str(refusal))
        self.data = dict(self.data.items()) | {"version": version}
