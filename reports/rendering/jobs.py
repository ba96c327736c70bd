"""Background jobs: asked for once, done once, and taken over if a worker is killed.

A job is a row (`reports.models.Job`); a task in the queue only says that it is time to look at the
row. So a task too many does no harm, and a lost one is replaced: a worker that begins a job leaves
an understudy in the queue, a task that looks again after `LEASE` and takes over if the worker's
heartbeat has stopped.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.tasks import Task, TaskContext, TaskResultStatus
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

from reports.documents import pdf
from reports.models import Job, JobState

#: A worker without a heartbeat for this long counts as dead.
LEASE: Final = timedelta(seconds=30)
#: Seconds between two heartbeats.
BEAT: Final = 5.0
MOST_ATTEMPTS: Final = 3

BOOKKEEPING: Final = ("state", "asked", "due_at", "beat_at", "attempts", "fault")

type LookAt = Task[..., None]
type Context = TaskContext[..., None]


def enqueue(job: Job, task: LookAt, *, after: timedelta = timedelta(0)) -> None:
    """Puts the job in the queue; a waiting one is moved forward, not doubled. Needs a locked row.

    A running job is looked at again when it is done.
    """
    due = timezone.now() + after
    job.asked += 1
    if not job.is_unfinished:
        job.attempts, job.fault = 0, ""
    waits = job.state == JobState.QUEUED and job.due_at is not None and job.due_at <= due
    if job.state != JobState.RUNNING and not waits:
        job.state, job.due_at = JobState.QUEUED, due
        _look(task, job, due)
        _look(task, job, due + LEASE)
    job.save(update_fields=BOOKKEEPING)


def work[J: Job](
    model: type[J],
    pk: int,
    *,
    task: LookAt,
    context: Context,
    make: Callable[[J], dict[str, Any]],
    refusals: tuple[type[Exception], ...],
) -> None:
    """Does the job if it is due. `make` returns the fields of the result.

    A refusal that `make` raises is kept as the job's fault; any other exception leaves the job to
    the understudy.
    """
    job = _start(model, pk, task, context)
    if job is None:
        return
    try:
        with _heartbeat(job):
            result = make(job)
    except refusals as refusal:
        _finish(job, task, {"state": JobState.FAILED, "fault": str(refusal)})
    else:
        _finish(job, task, {"state": JobState.DONE, "fault": "", **result})
    pdf.make_ready()


def enqueue_once(task: LookAt, *args: int, after: timedelta) -> None:
    """Puts a task in the queue, unless one with the same arguments waits there already."""
    waiting = _rows_of(task, args).filter(status=TaskResultStatus.READY)
    if not waiting.exists():
        task.using(run_after=timezone.now() + after).enqueue(*args)


@contextmanager
def understudied(task: LookAt, context: Context, *args: int, attempt: int) -> Iterator[None]:
    """Leaves a task in the queue that repeats the work if this worker is killed during it."""
    _forget_abandoned(task, (*args, attempt - 1), context)
    if attempt == MOST_ATTEMPTS:
        yield
        return
    understudy = task.using(run_after=timezone.now() + LEASE).enqueue(*args, attempt + 1)
    try:
        yield
    finally:
        rows = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
        rows.filter(pk=understudy.id).delete()


def _start[J: Job](model: type[J], pk: int, task: LookAt, context: Context) -> J | None:
    """Takes the job for this worker; None if there is nothing to do."""
    now = timezone.now()
    with transaction.atomic():
        job = _locked(model, pk)
        if job is None or not job.is_unfinished:
            return None
        if (due := _next_look(job)) > now:
            if job.state == JobState.RUNNING:
                _look(task, job, due)
            return None
        _forget_abandoned(task, (pk,), context)
        if job.attempts >= MOST_ATTEMPTS:
            job.state, job.fault = JobState.FAILED, _("Arbejdet blev afbrudt tre gange.")
            job.save(update_fields=BOOKKEEPING)
            return None
        job.state, job.beat_at = JobState.RUNNING, now
        job.attempts += 1
        job.save(update_fields=BOOKKEEPING)
        _look(task, job, now + LEASE)
    return job


def _finish(job: Job, task: LookAt, result: dict[str, Any]) -> None:
    """Writes result and state together; a job that was asked for meanwhile is queued again."""
    with transaction.atomic():
        kept = _locked(type(job), job.pk)
        if kept is None or kept.state != JobState.RUNNING or kept.attempts != job.attempts:
            return  # another worker has taken over
        for name, value in result.items():
            setattr(kept, name, value)
        kept.save(update_fields=[*BOOKKEEPING, *result])
        if kept.asked != job.asked:
            enqueue(kept, task)


def _locked[J: Job](model: type[J], pk: int) -> J | None:
    rows = model._default_manager.select_for_update()
    has_pdf = any(field.name == "pdf" for field in model._meta.fields)
    return (rows.defer("pdf") if has_pdf else rows).filter(pk=pk).first()


def _next_look(job: Job) -> datetime:
    """When a waiting job is due, or when a running one counts as dead."""
    if job.state == JobState.RUNNING:
        assert job.beat_at is not None
        return job.beat_at + LEASE
    assert job.due_at is not None
    return job.due_at


def _look(task: LookAt, job: Job, at: datetime) -> None:
    task.using(run_after=at).enqueue(job.pk)


def _forget_abandoned(task: LookAt, args: tuple[int, ...], context: Context) -> None:
    """Marks a killed worker's task as failed: it would stand as running for ever."""
    rows = _rows_of(task, args).filter(status=TaskResultStatus.RUNNING)
    rows.exclude(pk=context.task_result.id).update(
        status=TaskResultStatus.FAILED, finished_at=timezone.now()
    )


def _rows_of(task: LookAt, args: tuple[int, ...]) -> DBTaskResultQuerySet:
    return DBTaskResult.objects.filter(
        task_path=task.module_path, args_kwargs={"args": [*args], "kwargs": {}}
    )


@contextmanager
def _heartbeat(job: Job) -> Iterator[None]:
    """Writes a heartbeat every BEAT seconds while the block runs."""
    done = threading.Event()

    def beat() -> None:
        try:
            while not done.wait(BEAT):
                mine = type(job)._default_manager.filter(pk=job.pk, attempts=job.attempts)
                mine.filter(state=JobState.RUNNING).update(beat_at=timezone.now())
        finally:
            connection.close()

    heart = threading.Thread(target=beat, daemon=True)
    heart.start()
    try:
        yield
    finally:
        done.set()
        heart.join()
