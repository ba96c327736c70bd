"""The queue names a task by its module's path: what waits outlives a move of the module."""

import sys
from importlib import import_module

import pytest
from django.apps import apps
from django.tasks import Task
from django_tasks_db.models import DBTaskResult

from reports.editions import draft, verbs
from reports.editions import tasks as editions_tasks
from reports.models import JobState, Kind, Publication, Rendering
from reports.rendering import tasks as rendering_tasks
from reports.rendering.papers import PaperWish
from tests.servers.worker import work
from tests.support.cast import Cast
from tests.support.factory import hand_in, mandate, status_of

pytestmark = pytest.mark.django_db

migration = import_module("reports.migrations.0013_tasks_that_wait_have_moved")


@pytest.fixture(autouse=True)
def printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for the rendering, whose thread would not see this test's transaction."""
    for module in (draft, verbs):
        monkeypatch.setattr(module, "render_pdf", lambda *_content, edition: b"%PDF-1.7")


@pytest.fixture
def wish(cast: Cast) -> Publication:
    hand_in(status_of(cast.round))
    proof = verbs.proof_of(cast.catalogue, cast.round.year)
    report = verbs.report_of(cast.catalogue, proof.content)
    by = mandate(cast.coordinator)
    return editions_tasks.ask_to_publish(report, seal=proof.seal, changes="", confirmed=True, by=by)


@pytest.fixture
def paper(wish: Publication) -> Rendering:
    """The draft of the report that is about to be published."""
    report = wish.report
    rendering_tasks.ask_for(PaperWish(report.catalogue, report.year, Kind(report.kind)))
    return Rendering.objects.get()


def paths(status: str = "READY") -> set[str]:
    return set(DBTaskResult.objects.filter(status=status).values_list("task_path", flat=True))


def name_as_before() -> None:
    """Names all tasks in the queue as the release before the move did."""
    for old, new in migration.MOVED.items():
        assert DBTaskResult.objects.filter(task_path=new).update(task_path=old)


def test_what_waited_in_the_queue_is_done_after_the_move(
    wish: Publication, paper: Rendering
) -> None:
    name_as_before()
    assert paths() == set(migration.MOVED)
    migration.forwards(apps, None)
    work()
    for job in (wish, paper):
        job.refresh_from_db()
        assert (job.state, job.fault) == (JobState.DONE, "")
    assert wish.edition is not None
    assert bytes(paper.pdf or b"") == b"%PDF-1.7"


def test_who_takes_over_from_a_worker_of_before_finds_its_task(wish: Publication) -> None:
    killed = DBTaskResult.objects.order_by("run_after").first()
    assert killed is not None
    killed.claim("a worker that is killed")
    DBTaskResult.objects.update(task_path="reports.tasks.publish_edition")
    DBTaskResult.objects.update(run_after=wish.asked_at)
    migration.forwards(apps, None)
    work()
    assert not DBTaskResult.objects.running().exists()


def test_what_has_ended_keeps_the_name_it_ran_by(wish: Publication, paper: Rendering) -> None:
    name_as_before()
    DBTaskResult.objects.update(status="SUCCESSFUL")
    migration.forwards(apps, None)
    assert paths("SUCCESSFUL") == set(migration.MOVED)


def test_the_way_back_names_them_as_before(wish: Publication, paper: Rendering) -> None:
    migration.backwards(apps, None)
    assert paths() == set(migration.MOVED)


def test_a_task_that_moves_takes_those_that_wait_with_it() -> None:
    """If you move or rename one, write a migration like 0013 and its new path here."""
    modules = [module for name, module in sys.modules.items() if name.startswith("reports.")]
    tasks = [value for module in modules for value in vars(module).values()]
    assert {task.module_path for task in tasks if isinstance(task, Task)} == {
        "reports.editions.tasks.publish_edition",
        "reports.rendering.tasks.look_over",
        "reports.rendering.tasks.render",
    }
