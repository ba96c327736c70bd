"""The writing core: a new kind of text costs one registration and one form."""

from typing import Any

import pytest
from django import forms
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from actions.access import Mandate
from actions.history.record import record
from actions.models import Event, User
from actions.models.history import VERBS, HistoryVerb
from actions.writing import drafts
from actions.writing.autosave import Desk, answer_autosave
from actions.writing.choice import choose
from actions.writing.drafted import DraftedText, give
from actions.writing.forms import DraftForm
from actions.writing.refusals import Conflict, NotAllowed
from actions.writing.texts import Routes
from reports.models import Conclusion
from tests.support import factory
from tests.support.cast import Cast
from tests.support.factory import mandate

pytestmark = pytest.mark.django_db


TOY_VERBS = [HistoryVerb(f"{code}_toy", code) for code in ("give", "refuse", "replace")]
GIVEN, REFUSED, REPLACED = TOY_VERBS
for toy in TOY_VERBS:
    del VERBS[toy.code]  # the application has no such verbs


class Toy(DraftedText[Conclusion]):
    """The registration: where its rows are, who writes them, what the history calls it."""

    routes = Routes("conclusion", "autosave_conclusion", "compare_conclusion")
    label = "Legetøj"
    refused, replaced = REFUSED, REPLACED

    def lock(self, row: Conclusion) -> Conclusion:
        return Conclusion.objects.select_for_update().get(pk=row.pk)

    def check_may(self, row: Conclusion, by: Mandate) -> str:
        return ""

    def record(
        self, verb: HistoryVerb, row: Conclusion, by: Mandate, content: str, comment: str = ""
    ) -> Event:
        return record(
            verb, actor=by.user, subject="Legetøj", comment=comment, content=self.as_json(content)
        )

    def address(self, row: Conclusion) -> list[object]:
        return ["by", 2025, 1]

    def copy_key(self, row: Conclusion, by: Mandate) -> str:
        return f"{by.user.pk}-legetoej-{row.pk}"


class ToyForm(DraftForm):
    """The form: its field."""

    text = forms.CharField(label="Legetøj")


TOY = Toy()
ONE, TWO, THREE = (f"{number}-{'0' * 8}" for number in range(3))


@pytest.fixture
def row(cast: Cast) -> Conclusion:
    report = factory.make_edition(cast.catalogue, cast.round.year).report
    return Conclusion.objects.create(report=report, action=cast.own_goal.action)


def post(user: User, **data: str) -> HttpRequest:
    request = RequestFactory().post("/", data)
    request.user = user
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def type_in(row: Conclusion, user: User, text: str, revision: int, *names: str) -> HttpResponse:
    request = post(user, text=text, revision=str(revision), saves=" ".join(names))
    return answer_autosave(TOY, row, ToyForm(request.POST, row=row), mandate(user))


def stored(row: Conclusion) -> Conclusion:
    return Conclusion.objects.get(pk=row.pk)


def test_a_toy_text_is_kept_while_somebody_types(cast: Cast, row: Conclusion) -> None:
    answer = type_in(row, cast.head, "Et udkast", 0, ONE)
    assert (answer.status_code, answer.headers["X-Revision"]) == (200, "1")
    assert "Kladde gemt kl." in answer.text
    assert (stored(row).draft, stored(row).given) == ("Et udkast", "")


def test_its_page_never_conflicts_with_itself(cast: Cast, row: Conclusion) -> None:
    type_in(row, cast.head, "Et", 0, ONE)
    assert type_in(row, cast.head, "Et udkast", 0, TWO, ONE).status_code == 200
    assert type_in(row, cast.head, "Et", 0, ONE).status_code == 200
    assert (stored(row).draft, stored(row).saves) == ("Et udkast", [TWO, ONE])


def test_a_page_opened_before_the_deploy_goes_on_and_is_refused_as_any_other(
    cast: Cast, row: Conclusion
) -> None:
    """The release before named the revision `version`."""

    def type_as_before(text: str, version: str) -> HttpResponse:
        request = post(cast.head, text=text, version=version, saves="")
        return answer_autosave(TOY, row, ToyForm(request.POST, row=row), mandate(cast.head))

    answer = type_as_before("Et", "0")
    assert (answer.status_code, answer.headers["X-Version"]) == (200, "1")
    assert type_as_before("Et udkast", "1").status_code == 200
    assert type_as_before("Et andet", "1").status_code == 409


def test_a_second_writer_is_refused_once_and_finds_both_texts(cast: Cast, row: Conclusion) -> None:
    type_in(row, cast.head, "Den førstes", 0, ONE)
    for _each in range(2):
        answer = type_in(row, cast.co_head, "Den andens", 0, TWO)
        assert answer.status_code == 409
    refused = row.events.get()
    assert (refused.verb, refused.content) == ("refuse_toy", {"text": "Den andens"})
    assert TOY.compare_url(row, refused) in answer.text
    assert stored(row).draft == "Den førstes"


def test_an_emptied_field_that_is_refused_archives_nothing(cast: Cast, row: Conclusion) -> None:
    type_in(row, cast.head, "Den førstes", 0, ONE)
    answer = type_in(row, cast.co_head, "", 0, TWO)
    assert (answer.status_code, row.events.count()) == (409, 0)
    assert "se begge tekster" not in answer.text


def test_a_save_id_opens_no_text_to_others(cast: Cast, row: Conclusion) -> None:
    type_in(row, cast.head, "Den førstes", 0, ONE)

    class Locked(Toy):
        def check_may(self, row: Conclusion, by: Mandate) -> str:
            raise NotAllowed("Du har ikke ret til det.")

    with pytest.raises(NotAllowed):
        drafts.save(Locked(), row, "", by=mandate(cast.outsider), revision=0, names=[ONE])


def test_only_what_was_refused_or_replaced_is_chosen_from(cast: Cast, row: Conclusion) -> None:
    given = TOY.note(GIVEN, row, mandate(cast.head), "Den gamle")
    with pytest.raises(Http404):
        choose(post(cast.head), TOY, stored(row), mandate(cast.head), given.pk, "Gemt.")


def test_what_the_history_holds_already_is_not_archived_again(cast: Cast, row: Conclusion) -> None:
    by = mandate(cast.head)
    given = TOY.note(GIVEN, row, by, "Den gamle")
    _stored, found = drafts.archive(TOY, row, "Den gamle", by=by, reason="For sent.")
    assert found == given


def test_its_writer_chooses_piece_by_piece(cast: Cast, row: Conclusion) -> None:
    type_in(row, cast.head, "Den førstes tekst", 0, ONE)
    type_in(row, cast.co_head, "Den andens tekst", 0, TWO)
    refused, by = row.events.get(), mandate(cast.co_head)
    page = choose(post(cast.co_head), TOY, stored(row), by, refused.pk, "Gemt.")
    assert isinstance(page, dict)
    assert [row.label for row in page["form"].differences] == ["Legetøj"]
    choice = {"revision": "1", "side-text": "own", "own-text": "Begges tekst"}
    done = choose(post(cast.co_head, **choice), TOY, stored(row), by, refused.pk, "Gemt.")
    assert isinstance(done, HttpResponse)
    assert stored(row).draft == "Begges tekst"
    replaced = row.events.get(verb="replace_toy")
    assert (replaced.content, replaced.comment) == ({"text": "Den førstes tekst"}, "Head")


def test_a_choice_on_top_of_a_third_text_is_archived_and_asked_again(
    cast: Cast, row: Conclusion
) -> None:
    type_in(row, cast.head, "Den førstes", 0, ONE)
    type_in(row, cast.co_head, "Den andens", 0, TWO)
    refused, by = row.events.get(), mandate(cast.co_head)
    type_in(row, cast.head, "En tredje", 1, THREE, ONE)
    choice = {"revision": "1", "side-text": "own", "own-text": "Begges"}
    page = choose(post(cast.co_head, **choice), TOY, stored(row), by, refused.pk, "Gemt.")
    assert isinstance(page, dict)
    assert page["code"] == 422
    assert stored(row).draft == "En tredje"
    assert row.events.filter(verb="refuse_toy", content={"text": "Begges"}).exists()


def test_it_is_given_to_others_and_refused_from_an_old_page(cast: Cast, row: Conclusion) -> None:
    def publish(locked: Conclusion, post: str) -> None:
        locked.text = "Færdig"
        locked.save()

    about: dict[str, Any] = {"by": mandate(cast.head), "names": [], "publish": publish}
    assert give(TOY, row, "Færdig", revision=0, **about).text == "Færdig"
    with pytest.raises(Conflict) as refusal:
        give(TOY, row, "Igen", revision=0, **about)
    assert refusal.value.row.text == "Færdig"


def test_the_page_knows_its_copy_in_the_browser(cast: Cast, row: Conclusion) -> None:
    type_in(row, cast.head, "Et udkast", 0, ONE)
    desk = Desk(TOY, stored(row), mandate(cast.head))
    assert desk.saved_copy == f"{cast.head.pk}-legetoej-{row.pk} {ONE}"
