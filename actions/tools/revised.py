"""Forms with an optimistic lock."""

from collections.abc import Mapping
from typing import Any

from django import forms


class RevisionInput(forms.HiddenInput):
    """Reads `version` too: so a page that was opened before the deploy of this release names it."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        return data.get(name, data.get("version"))


class RevisedForm(forms.Form):
    """`revision` is the lock's token: the revision that the page was made from."""

    revision = forms.IntegerField(widget=RevisionInput, required=False)

    def refuse(self, refusal: Exception | str, revision: int) -> None:
        """Says why nothing was saved; sent again, the form carries the `revision` shown now."""
        self.add_error(None, str(refusal))
        self.data = dict(self.data.items()) | {"revision": revision}
