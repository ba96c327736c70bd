"""Forms with an optimistic lock."""

from django import forms


class RevisedForm(forms.Form):
    """`revision` is the lock's token: the revision that the page was made from."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def refuse(self, refusal: Exception, revision: int) -> None:
        """Says why nothing was saved; sent again, the form carries the `revision` shown now."""
        self.add_error(None, str(refusal))
        self.data = dict(self.data.items()) | {"revision": revision}
