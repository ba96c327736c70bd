"""F3: a worker killed while it makes a PDF. Real processes, the real queue, the real rendering."""

import hashlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connections
from django.tasks import TaskResultStatus
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

from reports.content.assemble import assemble
from reports.editions import tasks, verbs
from reports.editions.draft import pdf_now
from reports.models import Edition, Job, JobState, Publication, Rendering
from reports.rendering import jobs
from tests.servers.worker import start_worker, work
from tests.support.cast import Cast, assemble_cast
from tests.support.factory import hand_in, mandate, status_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PATIENCE = 60


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    cast = assemble_cast()
    hand_in(status_of(cast.round))
    yield cast
    connections.close_all()


@pytest.fixture
def wish(cast: Cast) -> Publication:
    proof = verbs.proof_of(cast.catalogue, cast.round.year)
    return tasks.ask_to_publish(
        verbs.report_of(cast.catalogue, proof.content),
        seal=proof.seal,
        changes="",
        confirmed=True,
        by=mandate(cast.coordinator),
    )


def kill_while_it_renders(job: Job) -> None:
    """Lets a worker take the job, and kills it and its renderer at work."""
    with start_worker() as worker:
        try:
            renderer = _renderer_of(worker)
        finally:
            worker.send_signal(signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.kill(renderer, signal.SIGKILL)
    job.refresh_from_db(fields=["state", "attempts"])
    assert (job.state, job.attempts) == (JobState.RUNNING, 1)


def _renderer_of(worker: subprocess.Popen[bytes]) -> int:
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children")
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for child in children.read_text().split():
            with suppress(FileNotFoundError):
                if "pdf_child" in Path(f"/proc/{child}/cmdline").read_text():
                    return int(child)
        time.sleep(0.005)
    raise AssertionError("the worker renders nothing")


def waiting() -> DBTaskResultQuerySet:
    """The waiting tasks, due or not; the queue's own `ready` means those that are due."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY)


def let_the_lease_run_out() -> None:
    """Makes the waiting tasks due and the dead worker's heartbeat old, as if time had passed."""
    now = timezone.now()
    waiting().update(run_after=now)
    for model in (Publication, Rendering):
        model._default_manager.update(beat_at=now - jobs.LEASE)


def address(cast: Cast, name: str, *more: int) -> str:
    return reverse(name, args=[cast.catalogue.slug, cast.round.year, *more])


def test_another_worker_publishes_what_a_killed_one_had_begun(
    cast: Cast, wish: Publication, client: Client
) -> None:
    client.force_login(cast.coordinator)
    kill_while_it_renders(wish)
    assert not Edition.objects.exists()
    assert client.get(address(cast, "edition_pdf", 1)).status_code == 404
    assert "dannes" in client.get(address(cast, "publication", wish.pk)).text
    work()
    assert not Edition.objects.exists(), "the killed worker may still be alive"
    let_the_lease_run_out()
    work()
    edition = Edition.objects.get()
    assert bytes(edition.pdf).endswith(b"%%EOF\n")
    assert hashlib.sha256(bytes(edition.pdf)).hexdigest() == edition.pdf_sha256
    assert client.get(address(cast, "edition_pdf", 1)).content == bytes(edition.pdf)
    assert not DBTaskResult.objects.running().exists()


def test_the_old_draft_is_served_whole_or_not_at_all(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    report = verbs.report_of(cast.catalogue, assemble(cast.catalogue, cast.round.year))
    old = pdf_now(report)
    hand_in(status_of(cast.round), progress="Nyt siden kladden.")
    client.get(address(cast, "draft_pdf"))
    job = Rendering.objects.get()
    kill_while_it_renders(job)
    assert bytes(Rendering.objects.get().pdf or b"") == old
    assert client.get(address(cast, "draft_pdf")).status_code == 302
    let_the_lease_run_out()
    work()
    answer = client.get(address(cast, "draft_pdf"))
    assert answer.content.endswith(b"%%EOF\n")
    assert answer.content != old


def test_without_an_understudy_nobody_takes_the_job_up(cast: Cast, wish: Publication) -> None:
    """The control: the queue alone leaves a killed worker's job running for ever."""
    kill_while_it_renders(wish)
    waiting().delete()
    let_the_lease_run_out()
    work()
    wish.refresh_from_db()
    assert wish.state == JobState.RUNNING
    assert DBTaskResult.objects.running().count() == 1
    assert not Edition.objects.exists()
