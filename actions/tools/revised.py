"""Forms of what somebody else may save meanwhile."""

from django import forms


class RevisedForm(forms.Form):
    """`revision` is the optimistic lock's token: what the page was made from."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def refuse(self, refusal: Exception, revision: int) -> None:
        """Says why nothing was saved; what is sent again is meant for the `revision` shown now."""
        self.add_error(None, str(refusal))
        self.data = dict(self.data.items()) | {"revision": revision}
