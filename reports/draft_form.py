"""The form of a text that is a draft until it is given: see `reports.drafts`."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from actions import saves
from actions.forms.fields import plain
from actions.tools.revised import RevisedForm
from reports.models import Drafted


class DraftForm(RevisedForm):
    """A form with a `text`, which begins with what its writers go on with."""

    def __init__(self, data: QueryDict | None = None, *, row: Drafted) -> None:
        super().__init__(data, initial={"revision": row.revision, "text": row.written})

    @property
    def typed(self) -> str:
        """All that was typed, faulty or not, so that nothing is lost."""
        return plain(str(self.data.get("text", ""))).strip()

    @property
    def names(self) -> list[str]:
        """The page's saves, this one first."""
        return saves.parse(str(self.data.get("saves", "")))


@dataclass(frozen=True)
class DraftPage:
    """What `reports/_draft_form.html` shows beside the form: the row as it is stored, and where
    its draft goes. `copy_key` names the browser's own copy. With `refusal` nothing was saved.
    """

    row: Drafted
    autosave_url: str
    copy_key: str
    is_kept: bool = False
    refusal: str = ""

    @property
    def saved_copy(self) -> str:
        return saves.copy_that_is_saved(self.copy_key, self.row.saves)


def saved_response(request: HttpRequest, page: DraftPage) -> HttpResponse:
    """The note beside the button: the contract of `actions.views.status`."""
    code = 409 if page.refusal else 200
    response = render(request, "reports/_draft_form.html#saved", {"draft": page}, status=code)
    response.headers["X-Revision"] = str(page.row.revision)
    return response
